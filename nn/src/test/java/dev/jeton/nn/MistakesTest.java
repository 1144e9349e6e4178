package dev.jeton.nn;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jeton.torch.Convolution;
import dev.jeton.torch.Scope;
import dev.jeton.torch.ShapeException;
import dev.jeton.torch.Tensor;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What layers say to shapes and sizes that cannot be. */
class MistakesTest {
    static Stream<Arguments> wrongInputs() {
        Tensor picture = Tensor.zeros(2, 3, 4, 4);
        Tensor tokens = Tensor.zeros(2, 5, 6);
        return Stream.of(
                wrong(() -> Linear.of(7, 5).forward(tokens), "linear"),
                wrong(() -> Conv2d.of(4, 6, 3).forward(picture), "conv2d"),
                wrong(() -> ConvTranspose1d.of(4, 6, 3).forward(tokens), "convTranspose1d"),
                wrong(() -> LayerNorm.of(5).forward(tokens), "layerNorm"),
                wrong(() -> GroupNorm.of(2, 4).forward(picture), "groupNorm"),
                wrong(() -> BatchNorm2d.of(3).forward(tokens), "BatchNorm2d(3)"),
                wrong(() -> BatchNorm2d.of(4).forward(picture), "BatchNorm2d(4)"),
                wrong(() -> BatchNorm1d.of(4).forward(picture), "BatchNorm1d(4)"),
                wrong(() -> MultiHeadAttention.of(8, 2).forward(tokens), "[B, T, 8], got [2, 5, 6]"),
                wrong(() -> Lstm.of(7, 4).forward(tokens).outputs(), "[B, T, 7], got [2, 5, 6]"),
                wrong(() -> Gru.of(6, 4).forward(tokens, Tensor.zeros(2, 4)).outputs(), "must have shape [1, 2, 4]"),
                wrong(() -> Gru.of(6, 4).forward(tokens, null, new long[] {5}).outputs(), "2 sequences, 1 lengths"),
                wrong(
                        () -> Gru.of(6, 4)
                                .forward(tokens, null, new long[] {5, 6})
                                .outputs(),
                        "from 1 to 5, got 6"),
                wrong(() -> Init.xavierNormal(1).make(3), "two dimensions"));
    }

    private static Arguments wrong(Supplier<Tensor> computation, String message) {
        return Arguments.of(message, computation);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongInputs")
    void shapesAreNamed(String message, Supplier<Tensor> computation) {
        try (var _ = Scope.open()) {
            assertThatThrownBy(computation::get)
                    .isInstanceOf(ShapeException.class)
                    .hasMessageContaining(message);
        }
    }

    static Stream<Arguments> wrongSizes() {
        return Stream.of(
                size(() -> Conv2d.of(4, 6, 3, Convolution.defaults().withGroups(3)), "multiples of the 3 groups"),
                size(() -> GroupNorm.of(5, 12), "12 channels"),
                size(() -> MultiHeadAttention.of(10, 3), "3 equal heads"),
                size(() -> TransformerEncoderLayer.of(TransformerConfig.of(10, 3, 4)), "multiple of the heads"),
                size(() -> Dropout.of(1), "[0, 1), got 1.0"),
                size(() -> Lstm.of(RecurrentConfig.of(3, 0)), "must be positive"),
                size(() -> Dropout.of(Double.NaN), "got NaN"));
    }

    private static Arguments size(Supplier<Layer> made, String message) {
        return Arguments.of(message, made);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongSizes")
    void sizesAreChecked(String message, Supplier<Layer> made) {
        assertThatThrownBy(made::get)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
