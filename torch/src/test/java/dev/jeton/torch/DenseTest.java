package dev.jeton.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Loops in Java beside libtorch's kernels. */
class DenseTest {
    private static final Operator ARGMIN = Operator.of("argmin");
    private static final Operator ARGMAX = Operator.of("argmax");

    // ---- relu
    // --------------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "BFLOAT16", "FLOAT16", "FLOAT64"})
    void relusGradientIsTheGivenOneWhereTheResultIsPositive(DType dtype) {
        for (Shape shape :
                List.of(Shape.of(), Shape.of(1), Shape.of(0, 3), Shape.of(7), Shape.of(2, 3, 5, 3), Shape.of(40_001))) {
            try (var _ = Scope.open()) {
                Generator generator = Generator.of(3);
                Tensor x = generator.randn(shape.sizes()).to(dtype);
                Tensor g = generator.randn(shape.sizes()).to(dtype);
                Tensor expected = x.gt(0).where(g, g.zerosLike());
                assertEqual(gradient(x, g), expected);
                assertEqual(gradient(GradientCheck.strided(x), g), expected);
                assertEqual(gradient(x, GradientCheck.strided(g)), expected);
                if (shape.rank() == 4) {
                    assertEqual(gradient(x.channelsLast(), g.channelsLast()), expected);
                    assertEqual(gradient(x.channelsLast(), g), expected);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT16", "BFLOAT16"})
    void relusGradientKeepsWhatIsNotFinite(DType dtype) {
        try (var _ = Scope.open()) {
            double nan = Double.NaN;
            double infinite = Double.POSITIVE_INFINITY;
            Tensor x = Tensor.of(-1, -0.0, 0, 2, nan, 1e-4, infinite).to(dtype);
            Tensor g = Tensor.of(infinite, nan, infinite, nan, 3, 4, -5).to(dtype);
            assertThat(gradient(x, g).to(DType.FLOAT64).toDoubles())
                    .containsExactly(0, 0, 0, nan, 3, g.to(DType.FLOAT64).toDoubles()[5], -5);
        }
    }

    private static Tensor gradient(Tensor x, Tensor g) {
        Tensor leaf = x.detach().requiresGrad();
        leaf.relu().backward(g, Graph.FREE);
        return leaf.grad();
    }

    // ---- places
    // ------------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 511, 40_000})
    void placesAreTheFirstOfTheExtremes(long length) {
        try (var _ = Scope.open()) {
            long rows = Math.max(3, 50_000 / length);
            Tensor x = Generator.of(4).randint(0, 300, Shape.of(rows, length)).to(DType.FLOAT32); // with many ties
            assertThat(Dense.ranks(x, 1)).isTrue();
            assertEqual(
                    x.argmin(-1),
                    ARGMIN.call().tensor(x).someInteger(1).flag(false).one());
            assertEqual(
                    x.argmax(1),
                    ARGMAX.call().tensor(x).someInteger(1).flag(false).one());
            Tensor cube = x.reshape(Shape.of(1, rows, length));
            assertEqual(cube.argmin(2), x.argmin(1).reshape(Shape.of(1, rows)));
        }
    }

    @Test
    void placesOfWhatIsNotANumber() {
        try (var _ = Scope.open()) {
            Tensor x = Tensor.zeros(4, 8192);
            x.narrow(0, 0, 1).narrow(1, 77, 2).fillInPlace(Double.NaN);
            x.narrow(0, 1, 1).fillInPlace(Double.POSITIVE_INFINITY);
            x.narrow(0, 2, 1).fillInPlace(-0.0);
            x.narrow(0, 3, 1).narrow(1, 8191, 1).fillInPlace(-1);
            assertThat(x.argmin(-1).toLongs()).containsExactly(77, 0, 0, 8191);
        }
    }

    // ---- memory
    // ------------------------------------------------------------------------------------------------------

    @Test
    void knowsGaps() {
        Shape shape = Shape.of(2, 3, 1, 4);
        assertThat(Dense.haveNoGaps(shape, new long[] {12, 4, 4, 1})).isTrue();
        assertThat(Dense.haveNoGaps(shape, new long[] {1, 2, 77, 6})).isTrue();
        assertThat(Dense.haveNoGaps(shape, new long[] {24, 4, 4, 1})).isFalse();
        assertThat(Dense.haveNoGaps(shape, new long[] {0, 4, 4, 1})).isFalse();
        assertThat(Dense.haveNoGaps(Shape.of(2, 2, 2), new long[] {1, 1, 5})).isFalse(); // as far, but places twice
        assertThat(Dense.haveNoGaps(Shape.of(), new long[0])).isTrue();
    }

    @Test
    void unbindsGradientLiesAsTheWholeDid() {
        try (var _ = Scope.open()) {
            Tensor x = Generator.of(1).randn(2, 3, 4, 5).requiresGrad();
            Tensor heads = x.permute(2, 0, 3, 1); // [4, 2, 5, 3]
            List<Tensor> weights = IntStream.range(0, 4)
                    .mapToObj(i -> Generator.of(2 + i).randn(2, 5, 3))
                    .toList();
            List<Tensor> parts = heads.unbind(0);
            Tensor sum = parts.get(0).mul(weights.get(0)).sum();
            sum = sum.add(parts.get(1).mul(weights.get(1)).sum()); // nobody uses part 2
            sum = sum.add(parts.get(3).mul(weights.get(3)).sum());
            List<Tensor> found = Gradients.of(sum, List.of(heads, x), Graph.FREE);

            Tensor expected = Tensor.stack(
                    List.of(weights.get(0), weights.get(1), weights.get(2).zerosLike(), weights.get(3)), 0);
            assertEqual(found.get(0), expected);
            assertThat(found.get(0).strides()).containsExactly(heads.strides());
            assertEqual(found.get(1), expected.permute(1, 3, 0, 2));
            assertThat(found.get(1).isContiguous()).isTrue();
        }
    }

    @Test
    void memoryThatIsNotFilledYetIsNotSearchedForNaN() {
        try (var _ = Scope.open()) {
            for (int i = 0; i < 100; i++) { // freed memory full of NaN comes back
                Tensor.full(Shape.of(3, 10_000), Double.NaN, DType.BFLOAT16, Device.CPU)
                        .close();
                try (var _ = FiniteChecks.on()) {
                    Tensor x = Tensor.ones(3, 10_000).to(DType.BFLOAT16).requiresGrad();
                    Tensor sum = x.unbind(0).get(1).sum().add(x.relu().mul(x).sum());
                    assertThat(Gradients.of(sum, x).to(DType.FLOAT32).sum().item())
                            .isEqualTo(70_000);
                }
            }
        }
    }

    private static void assertEqual(Tensor actual, Tensor expected) {
        assertThat(actual.dtype()).isEqualTo(expected.dtype());
        assertThat(actual.shape()).isEqualTo(expected.shape());
        assertThat(numbers(actual)).isEqualTo(numbers(expected));
    }

    /** With one zero: the gradient by libtorch's kernels has two. */
    private static double[] numbers(Tensor x) {
        return Arrays.stream(x.to(DType.FLOAT64).toDoubles()).map(v -> v + 0.0).toArray();
    }
}
