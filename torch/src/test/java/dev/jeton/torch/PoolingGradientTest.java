package dev.jeton.torch;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pooling, upsampling, and what trades places for channels. */
class PoolingGradientTest {
    static Stream<GradientRow> rows() {
        Window overlapping = Window.of(3, 2).withStride(2, 1).withPadding(1);
        return Stream.of(
                GradientRow.of("maxPool2d", x -> x[0].maxPool2d(2))
                        .aten(x -> max(x[0], Window.of(2), 2))
                        .on(Domain.APART)
                        .shapes(Shape.of(2, 2, 4, 5)),
                GradientRow.of("maxPool2d overlapping", x -> x[0].maxPool2d(overlapping.roundedUp()))
                        .aten(x -> max(x[0], overlapping.roundedUp(), 2))
                        .on(Domain.APART)
                        .shapes(Shape.of(1, 2, 4, 5)),
                GradientRow.of(
                                "maxPool1d",
                                x -> x[0].maxPool1d(Window.of(3).withStride(1).withPadding(1)))
                        .on(Domain.APART)
                        .shapes(Shape.of(2, 2, 5)),
                GradientRow.of("avgPool2d", x -> x[0].avgPool2d(2))
                        .aten(x -> average(x[0], Window.of(2)))
                        .shapes(Shape.of(2, 2, 4, 5)),
                GradientRow.of("avgPool2d overlapping", x -> x[0].avgPool2d(overlapping.roundedUp()))
                        .aten(x -> average(x[0], overlapping.roundedUp()))
                        .shapes(Shape.of(1, 2, 4, 5)),
                GradientRow.of("avgPool2d of elements only", x -> x[0].avgPool2d(overlapping.withoutCountingPadding()))
                        .aten(x -> average(x[0], overlapping.withoutCountingPadding()))
                        .shapes(Shape.of(1, 2, 4, 5)),
                GradientRow.of("avgPool1d", x -> x[0].avgPool1d(Window.of(2))).shapes(Shape.of(2, 2, 5)),
                GradientRow.of("adaptiveAvgPool2d", x -> x[0].adaptiveAvgPool2d(2, 3))
                        .aten(x -> Operator.of("_adaptive_avg_pool2d")
                                .call()
                                .tensor(x[0])
                                .integers(2, 3)
                                .one())
                        .shapes(Shape.of(2, 2, 5, 4)),
                GradientRow.of("adaptiveAvgPool2d to one", x -> x[0].adaptiveAvgPool2d(1, 1))
                        .shapes(Shape.of(2, 2, 3, 4)),
                upsample(Interpolation.NEAREST, "upsample_nearest2d"),
                upsample(Interpolation.LINEAR, "upsample_bilinear2d"),
                upsample(Interpolation.LINEAR_ALIGNED, "upsample_bilinear2d"),
                upsample(Interpolation.CUBIC, "upsample_bicubic2d"),
                upsample(Interpolation.CUBIC_ALIGNED, "upsample_bicubic2d"),
                GradientRow.of("upsample2d by 2.5", x -> x[0].upsample2d(2.5, Interpolation.LINEAR))
                        .aten(x -> Operator.of("upsample_bilinear2d")
                                .call()
                                .tensor(x[0])
                                .integers(5, 7)
                                .flag(false)
                                .someReal(2.5)
                                .someReal(2.5)
                                .one())
                        .shapes(Shape.of(1, 2, 2, 3)),
                GradientRow.of("upsampleNearest1d", x -> x[0].upsampleNearest1d(5))
                        .aten(x -> Operator.of("upsample_nearest1d")
                                .call()
                                .tensor(x[0])
                                .integers(5)
                                .none()
                                .one())
                        .shapes(Shape.of(2, 2, 3)),
                GradientRow.of("pixelShuffle", x -> x[0].pixelShuffle(2))
                        .aten(x -> Operator.of("pixel_shuffle")
                                .call()
                                .tensor(x[0])
                                .integer(2)
                                .one())
                        .shapes(Shape.of(2, 4, 2, 3)),
                GradientRow.of("pixelUnshuffle", x -> x[0].pixelUnshuffle(2))
                        .aten(x -> Operator.of("pixel_unshuffle")
                                .call()
                                .tensor(x[0])
                                .integer(2)
                                .one())
                        .shapes(Shape.of(2, 1, 4, 2)),
                GradientRow.of("unfold", x -> x[0].unfold(2, 3, PATCHES))
                        .aten(x -> Operator.of("im2col")
                                .call()
                                .tensor(x[0])
                                .integers(2, 3)
                                .integers(1, 1)
                                .integers(1, 0)
                                .integers(2, 1)
                                .one())
                        .shapes(Shape.of(2, 2, 3, 4)),
                GradientRow.of("fold", x -> x[0].fold(3, 4, 2, 3, PATCHES))
                        .aten(x -> Operator.of("col2im")
                                .call()
                                .tensor(x[0])
                                .integers(3, 4)
                                .integers(2, 3)
                                .integers(1, 1)
                                .integers(1, 0)
                                .integers(2, 1)
                                .one())
                        .shapes(Shape.of(2, 12, 4)));
    }

    private static final Convolution PATCHES =
            Convolution.defaults().withStride(2, 1).withPadding(1, 0);

    private static GradientRow upsample(Interpolation interpolation, String kernel) {
        return GradientRow.of("upsample2d " + interpolation, x -> x[0].upsample2d(4, 5, interpolation))
                .aten(x -> {
                    Call call = Operator.of(kernel).call().tensor(x[0]).integers(4, 5);
                    return (interpolation == Interpolation.NEAREST ? call : call.flag(interpolation.isAligned()))
                            .none()
                            .none()
                            .one();
                })
                .shapes(Shape.of(2, 2, 2, 3))
                .shapes(Shape.of(1, 1, 6, 2));
    }

    private static Tensor max(Tensor x, Window window, int dimensions) {
        return Operator.of("max_pool2d_with_indices")
                .call()
                .tensor(x)
                .integers(Window.spread("test", "size", window.size(), dimensions))
                .integers(Window.spread("test", "stride", window.stride(), dimensions))
                .integers(Window.spread("test", "padding", window.padding(), dimensions))
                .integers(1, 1)
                .flag(window.roundUp())
                .all(2)[0];
    }

    private static Tensor average(Tensor x, Window window) {
        return Operator.of("avg_pool2d")
                .call()
                .tensor(x)
                .integers(Window.spread("test", "size", window.size(), 2))
                .integers(Window.spread("test", "stride", window.stride(), 2))
                .integers(Window.spread("test", "padding", window.padding(), 2))
                .flag(window.roundUp())
                .flag(window.countPadding())
                .none()
                .one();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void derivatives(GradientRow row) {
        GradientCheck.check(row);
    }
}
