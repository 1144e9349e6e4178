package dev.jeton.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Values and gradients of layers' operators beside those that PyTorch's modules gave, in float64. */
class NeuralParityTest {
    private static final double TOLERANCE = 1e-11;
    private static final Convolution PLAIN = Convolution.defaults();
    private static final CrossEntropy MEAN = CrossEntropy.mean();

    /** The inputs and parameters of a case, by name. */
    private record Case(String name, Operation formula) {
        @Override
        public String toString() {
            return name;
        }
    }

    private interface Operation {
        Tensor of(Inputs in);
    }

    private record Inputs(Map<String, Tensor> tensors) {
        Tensor get(String name) {
            Tensor found = tensors.get(name);
            if (found == null) {
                throw new AssertionError("the case has no " + name);
            }
            return found;
        }

        Tensor x() {
            return get("input.x");
        }

        Tensor weight() {
            return get("param.weight");
        }

        Tensor bias() {
            return get("param.bias");
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case("linear", in -> in.x().linear(in.weight(), in.bias())),
                conv("conv1d", PLAIN.withStride(2).withPadding(1).withGroups(2)),
                conv("conv2d", PLAIN.withStride(2).withPadding(1)),
                conv(
                        "conv2d_dilated_grouped",
                        PLAIN.withPadding(2).withDilation(2).withGroups(4)),
                conv("conv_transpose1d", PLAIN.withStride(2).withPadding(1)),
                conv("conv_transpose2d", PLAIN.withStride(2).withPadding(1)),
                conv(
                        "conv_transpose2d_outpad",
                        PLAIN.withStride(2).withPadding(1).withOutputPadding(1)),
                new Case("layer_norm", in -> in.x().layerNorm(Shape.of(12), in.weight(), in.bias(), 1e-5)),
                new Case("group_norm", in -> in.x().groupNorm(3, in.weight(), in.bias(), 1e-5)),
                new Case("instance_norm2d", in -> in.x().instanceNorm(in.weight(), in.bias(), 1e-5)),
                new Case("rms_norm", in -> in.x().rmsNorm(Shape.of(12), in.weight(), 1e-6)),
                new Case(
                        "batch_norm2d_train",
                        in -> in.x().batchNorm(new Statistics.OfBatch(), in.weight(), in.bias(), 1e-5)),
                new Case(
                        "sdpa_causal",
                        in -> in.get("input.q")
                                .scaledDotProductAttention(in.get("input.k"), in.get("input.v"), Attention.causally())),
                new Case(
                        "img_max_pool2d",
                        in -> in.x().maxPool2d(Window.of(3).withStride(2).withPadding(1))),
                new Case(
                        "img_avg_pool2d",
                        in -> in.x().avgPool2d(Window.of(3).withStride(2).withPadding(1))),
                new Case("img_adaptive_avg_pool2d", in -> in.x().adaptiveAvgPool2d(3, 2)),
                new Case("img_upsample_nearest", in -> in.x().upsample2d(2, Interpolation.NEAREST)),
                new Case("img_upsample_bilinear", in -> in.x().upsample2d(13, 17, Interpolation.LINEAR)),
                new Case("img_upsample_bicubic", in -> in.x().upsample2d(13, 17, Interpolation.CUBIC)),
                new Case("img_pixel_shuffle", in -> in.x().pixelShuffle(2)),
                new Case("img_unfold", in -> in.x().unfold(3, 3, PLAIN.withPadding(1))),
                loss("loss_cross_entropy", MEAN),
                loss("loss_cross_entropy_sum", MEAN.withReduction(LossReduction.SUM)),
                loss("loss_cross_entropy_smooth", MEAN.withLabelSmoothing(0.1)),
                new Case(
                        "loss_cross_entropy_weighted",
                        in -> in.x()
                                .crossEntropy(
                                        in.get("targets"),
                                        MEAN.withWeights(Tensor.of(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0)))));
    }

    private static Case conv(String name, Convolution options) {
        return new Case(name, in -> switch (name.substring(0, name.indexOf('d') + 1)) {
            case "conv1d" -> in.x().conv1d(in.weight(), in.bias(), options);
            case "conv2d" -> in.x().conv2d(in.weight(), in.bias(), options);
            case "conv_transpose1d" -> in.x().convTranspose1d(in.weight(), in.bias(), options);
            case "conv_transpose2d" -> in.x().convTranspose2d(in.weight(), in.bias(), options);
            default -> throw new AssertionError(name);
        });
    }

    private static Case loss(String name, CrossEntropy options) {
        return new Case(name, in -> in.x().crossEntropy(in.get("targets"), options));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void valuesAndGradients(Case tried) {
        Golden golden = Golden.read("torch", tried.name + ".safetensors");
        try (var _ = Scope.open()) {
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            for (String name : golden.names()) {
                if (name.startsWith("input.") || name.startsWith("param.")) {
                    tensors.put(name, golden.tensor(name));
                }
            }
            tensors.forEach((name, tensor) -> {
                if (golden.has("grad." + name)) {
                    tensor.requiresGrad();
                }
            });
            if (tried.name.startsWith("loss_")) {
                tensors.put(
                        "targets",
                        Golden.read("torch", "loss_targets.safetensors").tensor("targets"));
            }

            Tensor y = tried.formula.of(new Inputs(tensors));
            golden.same("output.y", y, TOLERANCE);
            y.backward(golden.tensor("cotangent.y"), Graph.FREE);

            assertThat(tensors.values()).anyMatch(Tensor::hasGrad);
            tensors.forEach((name, tensor) -> {
                if (golden.has("grad." + name)) {
                    golden.same("grad." + name, tensor.grad(), TOLERANCE);
                }
            });
        }
    }

    @Test
    void batchNormMovesRunningStatistics() {
        Golden before = Golden.read("torch", "batch_norm2d_train.safetensors");
        Golden after = Golden.read("torch", "batch_norm2d_train_running.safetensors");
        try (var _ = Scope.open()) {
            Tensor mean = before.tensor("param.running_mean");
            Tensor variance = before.tensor("param.running_var");

            before.tensor("input.x").batchNorm(new Statistics.Tracked(mean, variance, 0.1), null, null, 1e-5);

            after.same("running_mean", mean, TOLERANCE);
            after.same("running_var", variance, TOLERANCE);
        }
    }

    /** The reference's parameters had been through the training case before, and gradients add up. */
    @Test
    void batchNormByGivenStatistics() {
        Golden golden = Golden.read("torch", "batch_norm2d_eval.safetensors");
        Golden before = Golden.read("torch", "batch_norm2d_train.safetensors");
        try (var _ = Scope.open()) {
            Tensor x = golden.tensor("input.x").requiresGrad();
            Tensor weight = golden.tensor("param.weight").requiresGrad();
            Tensor bias = golden.tensor("param.bias").requiresGrad();
            var given = new Statistics.Given(golden.tensor("param.running_mean"), golden.tensor("param.running_var"));

            Tensor y = x.batchNorm(given, weight, bias, 1e-5);
            golden.same("output.y", y, TOLERANCE);
            y.backward(golden.tensor("cotangent.y"), Graph.FREE);

            golden.same("grad.input.x", x.grad(), TOLERANCE);
            golden.same("grad.param.weight", weight.grad().add(before.tensor("grad.param.weight")), TOLERANCE);
            golden.same("grad.param.bias", bias.grad().add(before.tensor("grad.param.bias")), TOLERANCE);
        }
    }
}
