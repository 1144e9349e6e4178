package dev.jeton.torch;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConvolutionsGradientTest {
    private static final Convolution PLAIN = Convolution.defaults();

    static Stream<GradientRow> rows() {
        return Stream.of(
                conv("conv1d", 1, false, PLAIN, Shape.of(2, 2, 5), Shape.of(3, 2, 3), Shape.of(3)),
                conv(
                        "conv1d strided",
                        1,
                        false,
                        PLAIN.withStride(2).withPadding(1).withGroups(2),
                        Shape.of(1, 4, 5),
                        Shape.of(2, 2, 3),
                        Shape.of(2)),
                conv("conv2d", 2, false, PLAIN, Shape.of(2, 2, 3, 4), Shape.of(2, 2, 2, 3), Shape.of(2)),
                conv(
                        "conv2d strided",
                        2,
                        false,
                        PLAIN.withStride(2, 1).withPadding(1, 2),
                        Shape.of(1, 2, 4, 3),
                        Shape.of(3, 2, 3, 2),
                        Shape.of(3)),
                conv(
                        "conv2d dilated in groups",
                        2,
                        false,
                        PLAIN.withDilation(2).withPadding(2).withGroups(2),
                        Shape.of(1, 2, 4, 3),
                        Shape.of(4, 1, 2, 2),
                        Shape.of(4)),
                conv("conv2d 1x1", 2, false, PLAIN, Shape.of(2, 3, 2, 2), Shape.of(2, 3, 1, 1), Shape.of(2)),
                conv(
                        "convTranspose1d",
                        1,
                        true,
                        PLAIN.withStride(2).withPadding(1),
                        Shape.of(2, 2, 3),
                        Shape.of(2, 2, 4),
                        Shape.of(2)),
                conv("convTranspose2d", 2, true, PLAIN, Shape.of(1, 2, 2, 3), Shape.of(2, 2, 2, 2), Shape.of(2)),
                conv(
                        "convTranspose2d output padding",
                        2,
                        true,
                        PLAIN.withStride(2).withPadding(1).withOutputPadding(1).withGroups(2),
                        Shape.of(1, 2, 2, 3),
                        Shape.of(2, 2, 3, 3),
                        Shape.of(4)),
                GradientRow.of("conv2d without bias", x -> x[0].conv2d(x[1], null, PLAIN.withPadding(1)))
                        .aten(x -> convolution(x[0], x[1], null, 2, false, PLAIN.withPadding(1)))
                        .shapes(Shape.of(1, 2, 3, 3), Shape.of(2, 2, 3, 3)));
    }

    private static GradientRow conv(
            String name, int dimensions, boolean transposed, Convolution options, Shape... shapes) {
        Formula jeton = x -> dimensions == 1
                ? transposed ? x[0].convTranspose1d(x[1], x[2], options) : x[0].conv1d(x[1], x[2], options)
                : transposed ? x[0].convTranspose2d(x[1], x[2], options) : x[0].conv2d(x[1], x[2], options);
        return GradientRow.of(name, jeton)
                .aten(x -> convolution(x[0], x[1], x[2], dimensions, transposed, options))
                .shapes(shapes);
    }

    private static Tensor convolution(
            Tensor x,
            Tensor weight,
            @org.jspecify.annotations.Nullable Tensor bias,
            int dimensions,
            boolean transposed,
            Convolution options) {
        return Operator.of("convolution")
                .call()
                .tensor(x)
                .tensor(weight)
                .tensorOrNone(bias)
                .integers(Window.spread("test", "stride", options.stride(), dimensions))
                .integers(Window.spread("test", "padding", options.padding(), dimensions))
                .integers(Window.spread("test", "dilation", options.dilation(), dimensions))
                .flag(transposed)
                .integers(Window.spread("test", "outputPadding", options.outputPadding(), dimensions))
                .integer(options.groups())
                .one();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void derivatives(GradientRow row) {
        GradientCheck.check(row);
    }
}
