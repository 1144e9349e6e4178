package dev.jeton.torch;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Attention and losses. */
class NeuralGradientTest {
    static Stream<GradientRow> rows() {
        Shape q = Shape.of(2, 2, 3, 2);
        Shape k = Shape.of(2, 2, 4, 2);
        return Stream.of(
                GradientRow.of("meanSquaredError", x -> x[0].meanSquaredError(x[1]))
                        .aten(x -> Operator.of("mse_loss")
                                .call()
                                .tensor(x[0])
                                .tensor(x[1])
                                .integer(1)
                                .one())
                        .shapes(Shape.of(2, 3), Shape.of(2, 3))
                        .shapes(Shape.of(), Shape.of())
                        .shapes(Shape.of(1, 4, 1), Shape.of(1, 4, 1)),
                GradientRow.of("attention", x -> x[0].scaledDotProductAttention(x[1], x[2], Attention.full()))
                        .aten(x -> attention(x[0], x[1], x[2], null, false))
                        .shapes(q, k, k)
                        .shapes(Shape.of(1, 1, 1, 3), Shape.of(1, 1, 2, 3), Shape.of(1, 1, 2, 3)),
                GradientRow.of(
                                "attention, other value size",
                                x -> x[0].scaledDotProductAttention(x[1], x[2], Attention.full()))
                        .aten(x -> attention(x[0], x[1], x[2], null, false))
                        .shapes(q, k, Shape.of(2, 2, 4, 3)),
                GradientRow.of(
                                "attention without heads",
                                x -> x[0].scaledDotProductAttention(x[1], x[2], Attention.causally()))
                        .shapes(Shape.of(2, 3, 2), Shape.of(2, 3, 2), Shape.of(2, 3, 2)),
                GradientRow.of(
                                "attention, causal",
                                x -> x[0].scaledDotProductAttention(x[1], x[2], Attention.causally()))
                        .aten(x -> attention(x[0], x[1], x[2], null, true))
                        .shapes(q, q, q)
                        .shapes(q, k, k),
                GradientRow.of(
                                "attention, scaled",
                                x -> x[0].scaledDotProductAttention(
                                        x[1], x[2], Attention.full().withScale(0.3)))
                        .shapes(q, k, k),
                GradientRow.of(
                                "attention, masked",
                                x -> x[0].scaledDotProductAttention(x[1], x[2], Attention.masked(mask())))
                        .aten(x -> attention(x[0], x[1], x[2], added(), false))
                        .shapes(q, k, k),
                GradientRow.of(
                                "attention, masked and causal",
                                x -> x[0].scaledDotProductAttention(
                                        x[1], x[2], new Attention(mask(), true, 0, java.util.OptionalDouble.empty())))
                        .shapes(q, k, k),
                GradientRow.of(
                                "attention with a learnt bias",
                                x -> x[0].scaledDotProductAttention(x[1], x[2], Attention.masked(x[3])))
                        .aten(x -> attention(x[0], x[1], x[2], x[3], false))
                        .shapes(q, k, k, Shape.of(2, 3, 4)),
                GradientRow.of(
                                "attention, shared heads",
                                x -> x[0].scaledDotProductAttention(x[1], x[2], Attention.full()))
                        .shapes(Shape.of(1, 4, 2, 2), Shape.of(1, 2, 3, 2), Shape.of(1, 2, 3, 2)),
                loss("crossEntropy", CrossEntropy.mean()),
                loss("crossEntropy, sum", CrossEntropy.mean().withReduction(LossReduction.SUM)),
                loss("crossEntropy, each", CrossEntropy.mean().withReduction(LossReduction.NONE)),
                loss("crossEntropy, smooth", CrossEntropy.mean().withLabelSmoothing(0.2)),
                GradientRow.of(
                                "crossEntropy, weighted",
                                x -> x[0].crossEntropy(
                                        targets(), CrossEntropy.mean().withWeights(weights())))
                        .aten(x -> crossEntropy(x[0], CrossEntropy.mean().withWeights(weights())))
                        .shapes(Shape.of(4, 3)),
                GradientRow.of(
                                "crossEntropy, weighted and smooth, each",
                                x -> x[0].crossEntropy(targets(), smoothAndWeighted()))
                        .aten(x -> crossEntropy(x[0], smoothAndWeighted()))
                        .shapes(Shape.of(4, 3)),
                GradientRow.of(
                                "crossEntropy of sequences",
                                x -> x[0].crossEntropy(targets().reshape(2, 2), CrossEntropy.mean()))
                        .shapes(Shape.of(2, 2, 3)));
    }

    /** Rows see some keys, one, all, and none. */
    private static Tensor mask() {
        return Tensor.of(new long[][] {{1, 0, 1, 1}, {0, 1, 0, 0}, {1, 1, 1, 1}})
                .to(DType.BOOL);
    }

    /** The same as what libtorch adds to the products. */
    private static Tensor added() {
        return Tensor.full(Shape.of(3, 4), 0, DType.FLOAT64, Device.CPU)
                .maskedFill(mask().not(), Double.NEGATIVE_INFINITY);
    }

    private static Tensor attention(Tensor q, Tensor k, Tensor v, @Nullable Tensor mask, boolean causal) {
        return Operator.of("_scaled_dot_product_attention_math")
                .call()
                .tensor(q)
                .tensor(k)
                .tensor(v)
                .tensorOrNone(mask)
                .real(0)
                .flag(causal)
                .none()
                .none()
                .flag(false)
                .all(2)[0];
    }

    private static Tensor targets() {
        return Tensor.of(2L, 0L, -100L, 1L);
    }

    private static Tensor weights() {
        return Tensor.of(0.5, 1.5, 0.8);
    }

    private static CrossEntropy smoothAndWeighted() {
        return new CrossEntropy(LossReduction.NONE, -100, 0.1, weights());
    }

    private static GradientRow loss(String name, CrossEntropy options) {
        return GradientRow.of(name, x -> x[0].crossEntropy(targets(), options))
                .aten(x -> crossEntropy(x[0], options))
                .shapes(Shape.of(4, 3));
    }

    private static Tensor crossEntropy(Tensor logits, CrossEntropy options) {
        return Operator.of("cross_entropy_loss")
                .call()
                .tensor(logits)
                .tensor(targets())
                .tensorOrNone(options.weights())
                .integer(options.reduction().code())
                .integer(options.ignoredTarget())
                .real(options.labelSmoothing())
                .one();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void derivatives(GradientRow row) {
        GradientCheck.check(row);
    }
}
