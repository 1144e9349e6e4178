package dev.jeton.torch;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NormalisationGradientTest {
    private static final double EPSILON = 1e-3;

    static Stream<GradientRow> rows() {
        Statistics batch = new Statistics.OfBatch();
        return Stream.of(
                GradientRow.of("layerNorm", x -> x[0].layerNorm(x[1].shape(), x[1], x[2], EPSILON))
                        .aten(x -> layer(x[0], x[1].shape(), x[1], x[2]))
                        .shapes(Shape.of(3, 4), Shape.of(4), Shape.of(4))
                        .shapes(Shape.of(2, 2, 3), Shape.of(2, 3), Shape.of(2, 3))
                        .shapes(Shape.of(4), Shape.of(4), Shape.of(4))
                        .shapes(Shape.of(0, 4), Shape.of(4), Shape.of(4)),
                GradientRow.of("layerNorm without bias", x -> x[0].layerNorm(x[1].shape(), x[1], null, EPSILON))
                        .aten(x -> layer(x[0], x[1].shape(), x[1], null))
                        .shapes(Shape.of(2, 3), Shape.of(3)),
                GradientRow.of("layerNorm alone", x -> x[0].layerNorm(Shape.of(3), null, null, EPSILON))
                        .aten(x -> layer(x[0], Shape.of(3), null, null))
                        .shapes(Shape.of(2, 3)),
                GradientRow.of("rmsNorm", x -> x[0].rmsNorm(x[1].shape(), x[1], EPSILON))
                        .aten(x -> Operator.of("rms_norm")
                                .call()
                                .tensor(x[0])
                                .integers(x[1].shape().raw())
                                .tensorOrNone(x[1])
                                .someReal(EPSILON)
                                .one())
                        .shapes(Shape.of(3, 4), Shape.of(4))
                        .shapes(Shape.of(2, 2, 3), Shape.of(2, 3))
                        .shapes(Shape.of(4), Shape.of(4)),
                GradientRow.of("rmsNorm alone", x -> x[0].rmsNorm(Shape.of(3), null, EPSILON))
                        .shapes(Shape.of(2, 3)),
                GradientRow.of("groupNorm", x -> x[0].groupNorm(2, x[1], x[2], EPSILON))
                        .aten(x -> Operator.of("group_norm")
                                .call()
                                .tensor(x[0])
                                .integer(2)
                                .tensorOrNone(x[1])
                                .tensorOrNone(x[2])
                                .real(EPSILON)
                                .flag(false)
                                .one())
                        .shapes(Shape.of(2, 4, 2, 3), Shape.of(4), Shape.of(4))
                        .shapes(Shape.of(2, 4), Shape.of(4), Shape.of(4)),
                GradientRow.of("groupNorm alone", x -> x[0].groupNorm(1, null, null, EPSILON))
                        .shapes(Shape.of(2, 4, 2)),
                GradientRow.of("instanceNorm", x -> x[0].instanceNorm(x[1], x[2], EPSILON))
                        .shapes(Shape.of(2, 2, 3, 2), Shape.of(2), Shape.of(2)),
                GradientRow.of("batchNorm of the batch", x -> x[0].batchNorm(batch, x[1], x[2], EPSILON))
                        .aten(x -> batch(x[0], x[1], x[2], null, null))
                        .shapes(Shape.of(3, 2, 2, 2), Shape.of(2), Shape.of(2))
                        .shapes(Shape.of(4, 3), Shape.of(3), Shape.of(3)),
                GradientRow.of("batchNorm tracked", x -> x[0].batchNorm(tracked(), x[1], x[2], EPSILON))
                        .aten(x -> batch(x[0], x[1], x[2], null, null))
                        .shapes(Shape.of(3, 2, 2), Shape.of(2), Shape.of(2)),
                GradientRow.of("batchNorm given", x -> x[0].batchNorm(given(), x[1], x[2], EPSILON))
                        .aten(x -> batch(x[0], x[1], x[2], mean(), variance()))
                        .shapes(Shape.of(3, 2, 2), Shape.of(2), Shape.of(2)),
                GradientRow.of("batchNorm alone", x -> x[0].batchNorm(batch, null, null, EPSILON))
                        .aten(x -> batch(x[0], null, null, null, null))
                        .shapes(Shape.of(3, 2, 2)));
    }

    private static Statistics tracked() {
        return new Statistics.Tracked(mean(), variance(), 0.1);
    }

    private static Statistics given() {
        return new Statistics.Given(mean(), variance());
    }

    private static Tensor mean() {
        return Tensor.of(0.3, -0.2);
    }

    private static Tensor variance() {
        return Tensor.of(0.7, 1.8);
    }

    private static Tensor layer(Tensor x, Shape normalized, @Nullable Tensor weight, @Nullable Tensor bias) {
        return Operator.of("native_layer_norm")
                .call()
                .tensor(x)
                .integers(normalized.raw())
                .tensorOrNone(weight)
                .tensorOrNone(bias)
                .real(EPSILON)
                .all(3)[0];
    }

    private static Tensor batch(
            Tensor x,
            @Nullable Tensor weight,
            @Nullable Tensor bias,
            @Nullable Tensor mean,
            @Nullable Tensor variance) {
        return Operator.of("native_batch_norm")
                .call()
                .tensor(x)
                .tensorOrNone(weight)
                .tensorOrNone(bias)
                .tensorOrNone(mean)
                .tensorOrNone(variance)
                .flag(mean == null)
                .real(0.1)
                .real(EPSILON)
                .all(3)[0];
    }

    @ParameterizedTest
    @MethodSource("rows")
    void derivatives(GradientRow row) {
        GradientCheck.check(row);
    }
}
