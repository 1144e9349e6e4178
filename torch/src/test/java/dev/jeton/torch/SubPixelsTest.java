package dev.jeton.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Transposed convolutions to few channels beside libtorch's own. */
class SubPixelsTest {
    private static final Operator CONVOLUTION = Operator.of("convolution");

    @ParameterizedTest(name = "{0} channels, kernel {1} × {2}, stride {3}, padding {4}, {5}, output padding {6}")
    @CsvSource({
        "3, 4, 4, 2, 1, 1, 0",
        "1, 3, 3, 2, 1, 1, 1",
        "1, 4, 4, 2, 0, 0, 0",
        "2, 3, 5, 2, 0, 2, 0",
        "4, 5, 4, 3, 2, 0, 1",
        "3, 7, 6, 3, 3, 2, 0",
    })
    void isTheTransposedConvolution(
            int channels, int height, int width, int stride, int paddingY, int paddingX, int outputPadding) {
        Convolution options = Convolution.defaults()
                .withStride(stride)
                .withPadding(paddingY, paddingX)
                .withOutputPadding(outputPadding);
        ConvolutionProduct product = ConvolutionProduct.of("convTranspose2d", 2, true, options);
        for (DType dtype : List.of(DType.FLOAT32, DType.BFLOAT16)) {
            try (var _ = Scope.open()) {
                Generator generator = Generator.of(5);
                Tensor x = generator.randn(2, 5, 4, 6).to(dtype);
                Tensor weight = generator.randn(5, channels, height, width).to(dtype);
                Tensor bias = generator.randn(channels).to(dtype);
                Tensor apart = GradientCheck.strided(x);
                assertThat(SubPixels.takes(x, weight, product)).isTrue();
                double tolerance = dtype == DType.FLOAT32 ? 1e-5 : 0.1; // sums of some 50 numbers near 1
                for (Tensor input : List.of(x, apart, x.channelsLast())) {
                    Tensor y = product.apply(input, weight, bias);
                    assertThat(y.isContiguous()).isTrue();
                    same(y, libtorch(x, weight, bias, options), tolerance);
                    same(product.apply(input, weight, null), libtorch(x, weight, null, options), tolerance);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 2, 1, 3", "2, 1, 0, 3", "5, 2, 0, 3", "1, 2, 0, 2", "1, 2, 0, 1"})
    void leavesOthersAlone(int channels, int stride, int dilated, int kernel) {
        Convolution options = Convolution.defaults().withStride(stride).withDilation(1 + dilated);
        ConvolutionProduct product = ConvolutionProduct.of("convTranspose2d", 2, true, options);
        try (var _ = Scope.open()) {
            Tensor x = Tensor.ones(1, 2, 3, 3);
            assertThat(SubPixels.takes(x, Tensor.ones(2, channels, 3, kernel), product))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({"float32, 1e-4", "bfloat16, 0.2"})
    void gradientsAreThoseOfDoubles(String type, double tolerance) {
        try (var _ = Scope.open()) {
            Generator generator = Generator.of(6);
            DType dtype = DType.valueOf(type.toUpperCase(java.util.Locale.ROOT));
            Convolution options = Convolution.defaults().withStride(2).withPadding(1);
            List<Tensor> operands =
                    List.of(generator.randn(2, 4, 3, 5), generator.randn(4, 3, 4, 4), generator.randn(3));
            Tensor g = generator.randn(2, 3, 6, 10);
            List<Tensor> rough = gradients(operands, g, dtype, options);
            List<Tensor> exact = gradients(operands, g, DType.FLOAT64, options);
            for (int i = 0; i < rough.size(); i++) {
                same(rough.get(i), exact.get(i), tolerance);
            }
        }
    }

    private static List<Tensor> gradients(List<Tensor> operands, Tensor g, DType dtype, Convolution options) {
        List<Tensor> leaves =
                operands.stream().map(x -> x.to(dtype).copy().requiresGrad()).toList();
        Tensor y = leaves.get(0).convTranspose2d(leaves.get(1), leaves.get(2), options);
        return Gradients.of(y.mul(g.to(dtype)).sum(), leaves, Graph.FREE);
    }

    private static Tensor libtorch(Tensor x, Tensor weight, @Nullable Tensor bias, Convolution options) {
        return CONVOLUTION
                .call()
                .tensor(x)
                .tensor(weight)
                .tensorOrNone(bias)
                .integers(Window.spread("test", "stride", options.stride(), 2))
                .integers(Window.spread("test", "padding", options.padding(), 2))
                .integers(1, 1)
                .flag(true)
                .integers(Window.spread("test", "outputPadding", options.outputPadding(), 2))
                .integer(1)
                .one();
    }

    private static void same(Tensor actual, Tensor expected, double tolerance) {
        assertThat(actual.shape()).isEqualTo(expected.shape());
        double difference = actual.to(DType.FLOAT64)
                .sub(expected.to(DType.FLOAT64))
                .abs()
                .max()
                .item();
        assertThat(difference).isCloseTo(0, within(tolerance));
    }
}
