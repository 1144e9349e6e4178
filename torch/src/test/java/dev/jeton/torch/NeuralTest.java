package dev.jeton.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What derivatives do not show: dropout, masks, precision, layouts, and mistakes. */
class NeuralTest {
    private static Tensor randn(long... sizes) {
        return Generator.of(7).randn(sizes);
    }

    // ---- losses
    // ------------------------------------------------------------------------------------------------------

    @Test
    void theMeanSquaredErrorIsTakenInSinglePrecision() {
        try (var _ = Scope.open()) {
            Tensor prediction =
                    randn(2, 3, 5, 5).to(DType.BFLOAT16).channelsLast().requiresGrad();
            Tensor target = Generator.of(8).randn(2, 3, 5, 5).requiresGrad();

            Tensor error = prediction.meanSquaredError(target);
            error.mul(3).backward();

            Tensor difference = prediction.detach().to(DType.FLOAT64).sub(target.detach());
            assertThat(error.dtype()).isEqualTo(DType.FLOAT32);
            assertThat(error.item())
                    .isCloseTo(difference.square().mean().item(), within(1e-5)); // rounding of single precision
            Tensor expected = difference.mul(6.0 / 150);
            assertThat(prediction.grad().dtype()).isEqualTo(DType.BFLOAT16);
            assertClose(prediction.grad(), expected, 1e-3); // of bfloat16
            assertClose(target.grad(), expected.neg(), 1e-6);
        }
    }

    private static void assertClose(Tensor actual, Tensor expected, double tolerance) {
        assertThat(actual.to(DType.FLOAT64).sub(expected).abs().max().item()).isLessThan(tolerance);
    }

    @Test
    void theMeanSquaredErrorOfUnlikeTensorsIsRefused() {
        assertThatThrownBy(() -> Tensor.ones(2, 3).meanSquaredError(Tensor.ones(3)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("[2, 3] and [3]");
        assertThatThrownBy(() -> Tensor.ones(2).meanSquaredError(Tensor.of(1L, 2L)))
                .isInstanceOf(DTypeException.class);
    }

    // ---- dropout
    // -----------------------------------------------------------------------------------------------------

    @Test
    void dropoutKeepsTheExpectation() {
        try (var _ = Scope.open()) {
            Generator.standard().seed(1);
            Tensor x = Tensor.ones(100_000).requiresGrad();
            Tensor y = x.dropout(0.3);

            float[] values = y.toFloats();
            assertThat(values).containsOnly(0f, (float) (1 / 0.7));
            long zeros = IntStream.range(0, values.length)
                    .filter(i -> values[i] == 0)
                    .count();
            assertThat(zeros / 1e5).isCloseTo(0.3, within(0.01));

            y.sum().backward();
            assertThat(x.grad().toFloats()).isEqualTo(values); // of ones, the gradient is the output
        }
    }

    @Test
    void dropoutIsDifferentiableTwice() {
        try (var _ = Scope.open()) {
            Tensor x = Tensor.of(1.0, 2, 3, 4, 5, 6, 7, 8).requiresGrad();
            Tensor y = x.square().dropout(0.5);
            Tensor g = Gradients.of(y.sum(), x, Graph.RECORD);
            Tensor second = Gradients.of(g.sum(), x);

            double[] output = y.toDoubles();
            double[] found = second.toDoubles();
            for (int i = 0; i < output.length; i++) {
                assertThat(found[i]).isEqualTo(output[i] == 0 ? 0 : 4.0);
            }
        }
    }

    @Test
    void dropoutByAGeneratorOfItsOwn() {
        try (var _ = Scope.open()) {
            byte[] before = Generator.standard().state();
            Tensor x = Tensor.ones(100, 100).requiresGrad();
            Tensor y = x.dropout(0.25, Generator.of(9));
            assertThat(y.toFloats()).containsOnly(0f, (float) (1 / 0.75));
            assertThat(y.mean().item()).isCloseTo(1, within(0.03)); // five standard deviations
            assertThat(x.dropout(0.25, Generator.of(9)).toFloats()).isEqualTo(y.toFloats());
            assertThat(Generator.standard().state()).isEqualTo(before);

            y.sum().backward();
            assertThat(x.grad().toFloats()).isEqualTo(y.toFloats());
            assertThat(x.dropout(1, Generator.of(9)).toFloats()).containsOnly(0f);
        }
    }

    @Test
    void dropoutOfNothingAndOfAll() {
        try (var _ = Scope.open()) {
            Tensor x = Tensor.of(1f, 2f);
            assertThat(x.dropout(0)).isSameAs(x);
            assertThat(x.dropout(1).toFloats()).containsExactly(0f, 0f);
        }
    }

    // ---- attention
    // ---------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void queriesThatSeeNothingGetZeros(boolean byProducts) {
        try (var _ = Scope.open()) {
            Tensor q = randn(1, 1, 2, 4).requiresGrad();
            Tensor k = randn(1, 1, 3, 4).requiresGrad();
            Tensor v = randn(1, 1, 3, byProducts ? 5 : 4).requiresGrad();
            Tensor mask = Tensor.of(new long[][] {{0, 0, 0}, {1, 0, 1}}).ne(0);
            Tensor y = q.scaledDotProductAttention(k, v, Attention.masked(mask));

            assertThat(y.select(2, 0).abs().sum().item()).isZero();
            assertThat(y.select(2, 1).abs().sum().item()).isPositive();
            y.sum().backward();
            assertThat(q.grad().select(2, 0).abs().sum().item()).isZero();
            for (Tensor x : new Tensor[] {q, k, v}) {
                assertThat(Double.isFinite(x.grad().sum().item())).isTrue();
            }
        }
    }

    @Test
    void infiniteMasksHideAsBooleanOnesDo() {
        try (var _ = Scope.open()) {
            Tensor q = randn(2, 2, 3, 4);
            Tensor mask = Tensor.ones(3, 3).tril(0).ne(0);
            Tensor added = Tensor.zeros(3, 3).maskedFill(mask.not(), Double.NEGATIVE_INFINITY);

            float[] expected =
                    q.scaledDotProductAttention(q, q, Attention.causally()).toFloats();

            close(q.scaledDotProductAttention(q, q, Attention.masked(mask)).toFloats(), expected, 1e-6);
            close(q.scaledDotProductAttention(q, q, Attention.masked(added)).toFloats(), expected, 1e-6);
        }
    }

    @Test
    void attentionInShortTypesIsNear() {
        try (var _ = Scope.open()) {
            Tensor[] exact = {
                randn(2, 2, 33, 16),
                randn(2, 2, 33, 16).mul(0.7),
                randn(2, 2, 33, 16).mul(0.5)
            };
            float[][] expected = attentionGradients(exact, DType.FLOAT32);
            float[][] found = attentionGradients(exact, DType.BFLOAT16);
            for (int i = 0; i < expected.length; i++) {
                close(found[i], expected[i], 0.03);
            }
        }
    }

    private static float[][] attentionGradients(Tensor[] exact, DType type) {
        Tensor[] x = Stream.of(exact).map(t -> t.copy().to(type).requiresGrad()).toArray(Tensor[]::new);
        Tensor y = x[0].scaledDotProductAttention(x[1], x[2], Attention.causally());
        assertThat(y.dtype()).isEqualTo(type);
        y.sum().backward();
        return new float[][] {
            y.toFloats(),
            x[0].grad().toFloats(),
            x[1].grad().toFloats(),
            x[2].grad().toFloats()
        };
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void attentionThatRecomputesIsTheKernels(boolean causal) {
        try (var _ = Scope.open()) {
            Tensor mask =
                    Tensor.of(new long[][] {{1, 0, 1}, {1, 1, 0}, {0, 1, 1}}).ne(0);
            Attention options = causal ? Attention.causally() : Attention.masked(mask);
            float[][] expected = null;
            for (int way = 0; way < 3; way++) {
                Tensor[] x = {
                    randn(2, 2, 3, 4).requiresGrad(), randn(2, 2, 3, 4).requiresGrad(), randn(2, 2, 3, 4)
                };
                AttentionMask asked = AttentionMask.of(options, x[0], x[1]);
                Tensor y = way == 0
                        ? x[0].scaledDotProductAttention(x[1], x[2], options)
                        : FusedAttention.recomputing(x[0], x[1], x[2], asked, 0.5, way == 1);
                y.square().sum().backward();
                float[][] found = {
                    y.toFloats(), x[0].grad().toFloats(), x[1].grad().toFloats()
                };
                expected = expected == null ? found : expected;
                for (int i = 0; i < found.length; i++) {
                    close(found[i], expected[i], 1e-5);
                }
            }
        }
    }

    @Test
    void attentionDropsWeights() {
        try (var _ = Scope.open()) {
            Tensor q = randn(1, 1, 4, 8);
            Tensor v = Tensor.ones(1, 1, 4, 8);
            Tensor y = q.scaledDotProductAttention(q, v, Attention.full().withDropout(1));
            assertThat(y.toFloats()).containsOnly(0f);
        }
    }

    // ---- layouts and precision
    // ---------------------------------------------------------------------------------------

    @Test
    void gradientsOfWeightsLieAsWeightsDo() {
        try (var _ = Scope.open()) {
            Tensor x = randn(6, 3);
            Tensor weight = randn(4, 3).requiresGrad();
            x.linear(weight, null).square().sum().backward();
            assertThat(weight.grad().strides()).containsExactly(3, 1);

            Tensor kernel = randn(4, 3, 2, 2).requiresGrad();
            randn(2, 3, 5, 5)
                    .conv2d(kernel, null, Convolution.defaults())
                    .square()
                    .sum()
                    .backward();
            assertThat(kernel.grad().isContiguous()).isTrue();
        }
    }

    @Test
    void mixedPrecisionKeepsNormsAndLossesWhole() {
        try (var _ = Scope.open();
                var _ = Autocast.to(DType.BFLOAT16)) {
            Tensor x = randn(4, 8);
            Tensor weight = randn(8, 8).requiresGrad();
            Tensor hidden = x.linear(weight, null);
            Tensor normal = hidden.layerNorm(Shape.of(8), Tensor.ones(8), null, 1e-5);
            Tensor loss = normal.linear(weight, null).crossEntropy(Tensor.of(1L, 2L, 3L, 4L), CrossEntropy.mean());
            loss.backward();

            assertThat(hidden.dtype()).isEqualTo(DType.BFLOAT16);
            assertThat(normal.dtype()).isEqualTo(DType.FLOAT32);
            assertThat(loss.dtype()).isEqualTo(DType.FLOAT32);
            assertThat(weight.grad().dtype()).isEqualTo(DType.FLOAT32);
        }
    }

    @Test
    void convolutionInFloat32IsThatInFloat64() {
        try (var _ = Scope.open()) {
            Tensor x = randn(3, 4, 9, 8);
            Tensor weight = randn(6, 4, 3, 3);
            Tensor bias = randn(6);
            float[][] expected = convolutionGradients(x, weight, bias, DType.FLOAT64);
            float[][] found = convolutionGradients(x, weight, bias, DType.FLOAT32);
            for (int i = 0; i < expected.length; i++) {
                close(found[i], expected[i], 1e-4);
            }
        }
    }

    /** By one native call for all three gradients in the pass, so that it too is tried in float32, where oneDNN serves. */
    private static float[][] convolutionGradients(Tensor x, Tensor weight, Tensor bias, DType type) {
        Tensor[] inputs = Stream.of(x, weight, bias)
                .map(t -> t.copy().to(type).requiresGrad())
                .toArray(Tensor[]::new);
        Tensor y = inputs[0].conv2d(
                inputs[1], inputs[2], Convolution.defaults().withStride(2).withPadding(1));
        y.square().sum().backward();
        return Stream.concat(Stream.of(y), Stream.of(inputs).map(Tensor::grad))
                .map(Tensor::toFloats)
                .toArray(float[][]::new);
    }

    private static void close(float[] found, float[] expected, double tolerance) {
        assertThat(found).hasSameSizeAs(expected);
        double scale = 0;
        for (float value : expected) {
            scale = Math.max(scale, Math.abs(value));
        }
        for (int i = 0; i < found.length; i++) {
            assertThat((double) found[i]).as("element %d", i).isCloseTo(expected[i], within(tolerance * (1 + scale)));
        }
    }

    // ---- mistakes
    // ----------------------------------------------------------------------------------------------------

    private interface Mistaken {
        Object make();
    }

    private static Arguments mistake(Class<? extends Exception> type, String message, Mistaken mistaken) {
        return Arguments.of(message, type, mistaken);
    }

    static Stream<Arguments> mistakes() {
        Convolution plain = Convolution.defaults();
        return Stream.of(
                mistake(
                        ShapeException.class,
                        "matmul: inner sizes must match: a [2, 8, 64] × b [32, 128]: 64 ≠ 32",
                        () -> Tensor.zeros(2, 8, 64).matmul(Tensor.zeros(32, 128))),
                mistake(
                        DTypeException.class,
                        "matmul: element types must be equal",
                        () -> Tensor.zeros(2, 2).matmul(Tensor.of(new double[][] {{1, 2}, {3, 4}}))),
                mistake(ShapeException.class, "matmul", () -> Tensor.scalar(1f).matmul(Tensor.zeros(2))),
                mistake(
                        ShapeException.class,
                        "linear: inner sizes",
                        () -> Tensor.zeros(2, 3).linear(Tensor.zeros(4, 2), null)),
                mistake(
                        ShapeException.class,
                        "linear: the bias must have shape [4]",
                        () -> Tensor.zeros(2, 3).linear(Tensor.zeros(4, 3), Tensor.zeros(3))),
                mistake(
                        IllegalArgumentException.class,
                        "einsum",
                        () -> Products.einsum("ij,jk->il", Tensor.zeros(2, 3), Tensor.zeros(3, 2))),
                mistake(
                        ShapeException.class,
                        "einsum: sizes of 'j'",
                        () -> Products.einsum("ij,jk->ik", Tensor.zeros(2, 3), Tensor.zeros(4, 2))),
                mistake(
                        ShapeException.class,
                        "conv2d: channels must match",
                        () -> Tensor.zeros(1, 3, 8, 8).conv2d(Tensor.zeros(4, 2, 3, 3), null, plain)),
                mistake(
                        ShapeException.class,
                        "conv2d: the kernel must not be longer than the padded input",
                        () -> Tensor.zeros(1, 3, 2, 8).conv2d(Tensor.zeros(4, 3, 3, 3), null, plain)),
                mistake(
                        ShapeException.class,
                        "conv2d: the input must have 4 dimensions [B, C, H, W]",
                        () -> Tensor.zeros(3, 8, 8).conv2d(Tensor.zeros(4, 3, 3, 3), null, plain)),
                mistake(
                        ShapeException.class,
                        "convTranspose2d: outputPadding must be less",
                        () -> Tensor.zeros(1, 3, 2, 2)
                                .convTranspose2d(Tensor.zeros(3, 4, 3, 3), null, plain.withOutputPadding(1))),
                mistake(IllegalArgumentException.class, "stride must be at least 1", () -> plain.withStride(0)),
                mistake(
                        ShapeException.class,
                        "maxPool2d: padding must be at most half",
                        () -> Tensor.zeros(1, 1, 4, 4).maxPool2d(Window.of(2).withPadding(2))),
                mistake(
                        ShapeException.class,
                        "avgPool2d: the window must not be longer",
                        () -> Tensor.zeros(1, 1, 4, 4).avgPool2d(5)),
                mistake(
                        ShapeException.class,
                        "pixelShuffle: channels must be divisible",
                        () -> Tensor.zeros(1, 3, 4, 4).pixelShuffle(2)),
                mistake(
                        ShapeException.class,
                        "fold: the input must be",
                        () -> Tensor.zeros(1, 12, 5).fold(3, 4, 2, 3, plain)),
                mistake(
                        ShapeException.class,
                        "layerNorm: the weight must have shape [4]",
                        () -> Tensor.zeros(2, 4).layerNorm(Shape.of(4), Tensor.zeros(3), null, 1e-5)),
                mistake(
                        ShapeException.class,
                        "layerNorm: the input's shape must end in [3]",
                        () -> Tensor.zeros(2, 4).layerNorm(Shape.of(3), null, null, 1e-5)),
                mistake(
                        ShapeException.class,
                        "groupNorm: channels must be divisible",
                        () -> Tensor.zeros(2, 4).groupNorm(3, null, null, 1e-5)),
                mistake(
                        ShapeException.class,
                        "batchNorm: a variance needs more than one element",
                        () -> Tensor.zeros(1, 4).batchNorm(new Statistics.OfBatch(), null, null, 1e-5)),
                mistake(
                        IllegalArgumentException.class,
                        "a bias goes only with a weight",
                        () -> Tensor.zeros(2, 4).layerNorm(Shape.of(4), null, Tensor.zeros(4), 1e-5)),
                mistake(
                        ShapeException.class,
                        "scaledDotProductAttention",
                        () -> Tensor.zeros(1, 2, 3, 4)
                                .scaledDotProductAttention(
                                        Tensor.zeros(1, 2, 3, 5), Tensor.zeros(1, 2, 3, 5), Attention.full())),
                mistake(
                        ShapeException.class,
                        "scaledDotProductAttention: the mask",
                        () -> Tensor.zeros(1, 2, 3, 4)
                                .scaledDotProductAttention(
                                        Tensor.zeros(1, 2, 3, 4),
                                        Tensor.zeros(1, 2, 3, 4),
                                        Attention.masked(Tensor.zeros(5, 1, 3, 3)))),
                mistake(
                        DTypeException.class,
                        "crossEntropy: indices must be int64",
                        () -> Tensor.zeros(2, 4).crossEntropy(Tensor.zeros(2), CrossEntropy.mean())),
                mistake(
                        ShapeException.class,
                        "crossEntropy: targets must have the logits' shape",
                        () -> Tensor.zeros(2, 4).crossEntropy(Tensor.of(1L, 2L, 3L), CrossEntropy.mean())),
                mistake(
                        IllegalArgumentException.class,
                        "dropout",
                        () -> Tensor.zeros(2).dropout(1.5)),
                mistake(DTypeException.class, "dropout", () -> Tensor.of(1L, 2L).dropout(0.5)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void mistakesAreNamed(String message, Class<? extends Exception> type, Mistaken mistaken) {
        try (var _ = Scope.open()) {
            ThrowingCallable call = mistaken::make;
            assertThatThrownBy(call).isInstanceOf(type).hasMessageContaining(message);
        }
    }
}
