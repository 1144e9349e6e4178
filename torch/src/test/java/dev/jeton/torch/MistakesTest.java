package dev.jeton.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What users get wrong is refused before native code: the operator, the rule, the shapes. */
class MistakesTest {
    private static Arguments wrong(Supplier<Object> mistake, String message) {
        return arguments(mistake, message);
    }

    private static Tensor x() {
        return Tensor.zeros(2, 3);
    }

    private static Tensor at(long... places) {
        return Tensor.of(places);
    }

    static Stream<Arguments> shapes() {
        return Stream.of(
                wrong(
                        () -> x().add(Tensor.zeros(2)),
                        "add: sizes must be equal or 1, from the last dimension on: [2, 3] and [2]: 3 ≠ 2 in dimension -1"),
                wrong(() -> x().div(Tensor.zeros(2)), "div: sizes must be equal or 1"),
                wrong(() -> x().gt(Tensor.zeros(2)), "gt: sizes must be equal or 1"),
                wrong(() -> x().pow(Tensor.zeros(2)), "pow: sizes must be equal or 1"),
                wrong(() -> x().sum(2), "sum: dimension 2 does not exist in shape [2, 3] of rank 2"),
                wrong(() -> x().mean(-3), "mean: dimension -3 does not exist"),
                wrong(() -> x().sum(0, -2), "sum: dimensions must differ: [0, -2] names dimension 0 of [2, 3] twice"),
                wrong(() -> x().softmax(2), "softmax: dimension 2 does not exist"),
                wrong(() -> Tensor.zeros(0, 2).max(), "amax: there must be an element to choose"),
                wrong(() -> Tensor.zeros(0, 2).argmax(0), "argmax: there must be an element to choose"),
                wrong(
                        () -> x().topK(4, 1),
                        "topK: k must be between 0 and the size of the dimension, 3 in [2, 3]: it is 4"),
                wrong(() -> x().sort(5, true), "sort: dimension 5 does not exist"),
                wrong(() -> x().reshape(4, 2), "reshape: the number of elements must stay: [2, 3] has 6, [4, 2] has 8"),
                wrong(() -> x().reshape(-1, 4), "reshape: [2, 3] with 6 elements cannot become [-1, 4]"),
                wrong(() -> x().flatten(1, 0), "flatten: dimension 1 must not come after 0 in [2, 3]"),
                wrong(
                        () -> x().squeeze(0),
                        "squeeze: the size of a dimension that goes away must be 1: dimension 0 of [2, 3]"),
                wrong(() -> x().unsqueeze(3), "unsqueeze: dimension 3 must be between -3 and 2 for [2, 3]"),
                wrong(() -> x().permute(0), "permute: all dimensions of [2, 3] must be named: [0]"),
                wrong(() -> x().permute(0, 0), "permute: each dimension of [2, 3] must be named once: [0, 0]"),
                wrong(() -> x().transpose(0, 2), "transpose: dimension 2 does not exist"),
                wrong(() -> Tensor.zeros(1, 2, 3).t(), "t: there must be two dimensions or fewer"),
                wrong(() -> x().expand(3, 3), "expand: "),
                wrong(() -> x().expand(3), "expand: there must be a size for each dimension of [2, 3]: [3]"),
                wrong(() -> x().repeat(2), "repeat: there must be a number for each dimension of [2, 3]: [2]"),
                wrong(() -> x().flip(2), "flip: dimension 2 does not exist"),
                wrong(() -> Tensor.zeros(3).tril(0), "tril: there must be two dimensions or more: [3]"),
                wrong(
                        () -> x().narrow(1, 2, 2),
                        "narrow: the part must lie within dimension 1 of [2, 3]: from 2, 2 long"),
                wrong(() -> x().slice(1, 0, 2, 0), "slice: the step must be positive, it is 0"),
                wrong(() -> x().select(1, 3), "select: place 3 must lie within dimension 1 of [2, 3]"),
                wrong(() -> x().split(0, 1), "split: the size of the parts must be positive"),
                wrong(
                        () -> x().split(new long[] {1, 1}, 1),
                        "split: the sizes must add up to that of dimension 1 of [2, 3]: [1, 1] to 2"),
                wrong(() -> x().chunk(0, 1), "chunk: the number of parts must be positive"),
                wrong(() -> x().glu(1), "glu: the dimension must have an even size: dimension 1 of [2, 3]"),
                wrong(() -> Tensor.cat(List.of(), 0), "cat: there must be a tensor"),
                wrong(
                        () -> Tensor.cat(List.of(x(), Tensor.zeros(2, 2)), 0),
                        "cat: sizes must be equal but in dimension 0: [2, 3] and [2, 2]"),
                wrong(
                        () -> Tensor.cat(List.of(x(), Tensor.zeros(2)), 0),
                        "cat: sizes must be equal but in dimension 0: [2, 3] and [2]"),
                wrong(
                        () -> Tensor.stack(List.of(x(), Tensor.zeros(2)), 0),
                        "stack: shapes must be equal: [2, 3] and [2]"),
                wrong(() -> x().pad(0, 1), "pad: there must be two amounts a dimension"),
                wrong(() -> x().pad(0, -2, -2), "pad: more must not be taken away than there is: [2, 3] by [-2, -2]"),
                wrong(
                        () -> x().pad(Padding.REFLECT, 3, 0),
                        "pad: there are not so many elements to repeat: [2, 3] by [3, 0]"),
                wrong(
                        () -> x().pad(Padding.REPLICATE, 1, 1, 1, 1),
                        "pad: REPLICATE takes amounts for the last one to three dimensions"),
                wrong(
                        () -> x().gather(1, at(0)),
                        "gather: the index must have as many dimensions, and no larger ones but 1: [2, 3] by [1]"),
                wrong(
                        () -> x().scatterAdd(1, Tensor.of(new long[][] {{0, 1}}), Tensor.zeros(1, 1)),
                        "scatterAdd: the source must be at least as large as the index: [1, 1] for [1, 2]"),
                wrong(
                        () -> x().indexSelect(1, Tensor.of(new long[][] {{0}})),
                        "indexSelect: the index must have one dimension: [1, 1]"),
                wrong(
                        () -> x().indexAdd(0, at(0, 1), Tensor.zeros(1, 3)),
                        "indexAdd: the source must have shape [2, 3], it has [1, 3]"),
                wrong(() -> x().index(at(0), at(0), at(0)), "index: there are indices for 3 dimensions of [2, 3]"),
                wrong(
                        () -> x().index(Tensor.of(true)),
                        "index: a mask must have the sizes of the dimensions it chooses from: [1] from dimension 0 of [2, 3]"),
                wrong(() -> Tensor.zeros(3).embedding(at(0)), "embedding: the table must have two dimensions: [3]"),
                wrong(() -> x().embedding(at(0), 2), "embedding: the padding index must be a row of [2, 3]: 2"),
                wrong(() -> at(0).oneHot(0), "oneHot: there must be a class, there are 0"),
                wrong(() -> x().bucketize(x(), true), "bucketize: boundaries must have one dimension: [2, 3]"),
                wrong(
                        () -> x().searchSorted(Tensor.zeros(3, 1), true),
                        "searchSorted: all dimensions but the last must be equal: [2, 3] and [3, 1]"));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void shapeMistakesAreNamed(Supplier<Object> mistake, String message) {
        long live = LibTorch.liveTensors();
        try (var _ = Scope.open()) {
            assertThatThrownBy(mistake::get).isInstanceOf(ShapeException.class).hasMessageStartingWith(message);
        }
        assertThat(LibTorch.liveTensors()).isEqualTo(live);
    }

    static Stream<Arguments> closed() {
        return Stream.of(
                wrong(() -> gone().add(x()), "add"),
                wrong(() -> gone().add(1), "add"),
                wrong(() -> x().mul(gone()), "mul"),
                wrong(() -> gone().exp(), ""),
                wrong(() -> gone().sum(), ""),
                wrong(() -> gone().reshape(6), ""),
                wrong(() -> gone().permute(1, 0), ""),
                wrong(() -> gone().select(0, 0), ""),
                wrong(() -> Tensor.cat(List.of(x(), gone()), 0), "cat"),
                wrong(() -> x().index(gone()), ""),
                wrong(() -> gone().addInPlace(1), "addInPlace"),
                wrong(() -> gone().softmax(0), ""));
    }

    private static Tensor gone() {
        Tensor gone = x();
        gone.shape();
        gone.dtype();
        gone.device();
        gone.close();
        return gone;
    }

    @ParameterizedTest
    @MethodSource("closed")
    void closedTensorsAreRefused(Supplier<Object> mistake, String message) {
        try (var _ = Scope.open()) {
            assertThatThrownBy(mistake::get)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith(message)
                    .hasMessageContaining("a tensor must not be used after it was closed");
        }
    }
}
