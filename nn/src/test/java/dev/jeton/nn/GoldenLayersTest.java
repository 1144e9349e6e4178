package dev.jeton.nn;

import dev.jeton.torch.Attention;
import dev.jeton.torch.Convolution;
import dev.jeton.torch.Interpolation;
import dev.jeton.torch.Padding;
import dev.jeton.torch.Scope;
import dev.jeton.torch.Tensor;
import dev.jeton.torch.Window;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Layers against PyTorch: results and gradients, float64. */
class GoldenLayersTest {
    static Stream<Arguments> unaryLayers() {
        Convolution stepped = Convolution.defaults().withStride(2).withPadding(1);
        return Stream.of(
                unary("linear", () -> Linear.of(7, 5)),
                unary("conv1d", () -> Conv1d.of(4, 6, 3, stepped.withGroups(2))),
                unary("conv2d", () -> Conv2d.of(4, 6, 3, stepped)),
                unary(
                        "conv2d_dilated_grouped",
                        () -> Conv2d.of(
                                4,
                                8,
                                3,
                                Convolution.defaults()
                                        .withPadding(2)
                                        .withDilation(2)
                                        .withGroups(4))),
                unary("conv_transpose1d", () -> ConvTranspose1d.of(4, 6, 4, stepped)),
                unary("conv_transpose2d", () -> ConvTranspose2d.of(4, 6, 4, stepped)),
                unary("conv_transpose2d_outpad", () -> ConvTranspose2d.of(4, 6, 3, stepped.withOutputPadding(1))),
                unary("layer_norm", () -> LayerNorm.of(12)),
                unary("rms_norm", () -> RmsNorm.of(12, 1e-6)),
                unary("group_norm", () -> GroupNorm.of(3, 12)),
                unary("instance_norm2d", () -> InstanceNorm.of(6)),
                unary("batch_norm2d_train", () -> BatchNorm2d.of(6)),
                unary("batch_norm2d_eval", () -> evaluating(BatchNorm2d.of(6))),
                unary("act_relu", Activation::relu),
                unary("act_leaky_relu", () -> Activation.leakyRelu(0.2)),
                unary("act_elu", () -> Activation.elu(1)),
                unary("act_selu", Activation::selu),
                unary("act_gelu", Activation::gelu),
                unary("act_gelu_tanh", Activation::geluTanh),
                unary("act_silu", Activation::silu),
                unary("act_mish", Activation::mish),
                unary("act_softplus", Activation::softplus),
                unary("act_hardswish", Activation::hardswish),
                unary("act_sigmoid", Activation::sigmoid),
                unary("act_tanh", Activation::tanh),
                unary("act_log_sigmoid", Activation::logSigmoid),
                unary("act_softmax", () -> Activation.softmax(-1)),
                unary("act_log_softmax", () -> Activation.logSoftmax(-1)),
                unary("act_glu", () -> Activation.glu(-1)),
                unary("act_logsumexp", () -> Activation.of("logSumExp", x -> x.logSumExp(false, -1))),
                unary(
                        "img_max_pool2d",
                        () -> Pool.max2d(Window.of(3).withStride(2).withPadding(1))),
                unary(
                        "img_avg_pool2d",
                        () -> Pool.average2d(Window.of(3).withStride(2).withPadding(1))),
                unary("img_adaptive_avg_pool2d", () -> Pool.averageTo(3, 2)),
                unary("img_upsample_nearest", () -> Upsample.by(2, Interpolation.NEAREST)),
                unary("img_upsample_bilinear", () -> Upsample.to(13, 17, Interpolation.LINEAR)),
                unary("img_upsample_bicubic", () -> Upsample.to(13, 17, Interpolation.CUBIC)),
                unary("img_pixel_shuffle", () -> Upsample.pixelShuffle(2)),
                unary("img_pad_reflect", () -> Activation.of("pad", x -> x.pad(Padding.REFLECT, 1, 2, 3, 1))),
                unary(
                        "img_unfold",
                        () -> Activation.of(
                                "unfold",
                                x -> x.unfold(3, 3, Convolution.defaults().withPadding(1)))),
                unary("transformer_encoder_post", () -> encoder(TransformerConfig.of(16, 4, 32))),
                unary(
                        "transformer_encoder_pre",
                        () -> encoder(
                                TransformerConfig.of(16, 4, 32).withPreNorm().withGelu())));
    }

    private static Arguments unary(String name, Supplier<Layer> layer) {
        return Arguments.of(name, layer);
    }

    private static Layer evaluating(Layer layer) {
        layer.eval();
        return layer;
    }

    private static Layer encoder(TransformerConfig config) {
        return TransformerEncoderLayer.of(config);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unaryLayers")
    void layersOfOneTensor(String name, Supplier<Layer> made) {
        try (var _ = Scope.open();
                Layer layer = made.get()) {
            GoldenCase golden = GoldenCase.read(name);
            golden.loaded(layer);
            Tensor x = golden.input("x");
            Tensor y =
                    layer instanceof UnaryLayer unary ? unary.forward(x) : ((TransformerEncoderLayer) layer).forward(x);
            golden.check(Map.of("y", y), layer.namedParameters());
        }
    }

    @Test
    void batchNormMovesItsStatistics() {
        try (var _ = Scope.open();
                var layer = BatchNorm2d.of(6)) {
            GoldenCase golden = GoldenCase.read("batch_norm2d_train");
            golden.loaded(layer);
            layer.forward(golden.input("x"));
            Map<String, Tensor> expected =
                    GoldenCase.read("batch_norm2d_train_running").tensors();
            expected.forEach(
                    (name, tensor) -> GoldenCase.close(name, layer.state().get(name), tensor));
        }
    }

    @Test
    void embeddings() {
        try (var _ = Scope.open();
                var layer = Embedding.withPadding(11, 6, 0)) {
            GoldenCase golden = GoldenCase.read("embedding");
            golden.loaded(layer);
            golden.check(Map.of("y", layer.forward(golden.input("ids"))), layer.namedParameters());
        }
    }

    @Test
    void attentionWithWeights() {
        try (var _ = Scope.open();
                var layer = MultiHeadAttention.of(16, 4)) {
            GoldenCase golden = GoldenCase.read("multihead_attention");
            golden.loaded(layer);
            var attended = layer.attend(golden.input("q"), golden.input("k"), golden.input("v"), Attention.full());
            golden.check(Map.of("y", attended.output(), "weights", attended.weights()), layer.namedParameters());
        }
    }

    @Test
    void bothWaysToAttendAgree() {
        try (var _ = Scope.open();
                var layer = MultiHeadAttention.of(16, 4)) {
            GoldenCase golden = GoldenCase.read("multihead_attention");
            golden.loaded(layer);
            Tensor q = golden.input("q");
            Tensor k = golden.input("k");
            Tensor mask = MultiHeadAttention.hidePadding(new long[] {7, 3}, 7);
            Attention how = Attention.masked(mask);
            GoldenCase.close(
                    "y", layer.forward(q, k, k, how), layer.attend(q, k, k, how).output());
            Tensor whole = layer.forward(q, Attention.causally());
            GoldenCase.close(
                    "self", whole, layer.attend(q, q, q, Attention.causally()).output());
        }
    }

    @Test
    void scaledDotProducts() {
        try (var _ = Scope.open()) {
            GoldenCase golden = GoldenCase.read("sdpa_causal");
            Tensor y = golden.input("q")
                    .scaledDotProductAttention(golden.input("k"), golden.input("v"), Attention.causally());
            golden.check(Map.of("y", y), Map.of());
        }
    }

    /** The whole transformer of PyTorch: an encoder and a decoder. */
    private static final class Transformer extends Layer {
        private final TransformerEncoder encoder =
                child("encoder", TransformerEncoder.of(TransformerConfig.of(16, 4, 32), 2));
        private final TransformerDecoder decoder =
                child("decoder", TransformerDecoder.of(TransformerConfig.of(16, 4, 32), 2));

        Tensor forward(Tensor source, Tensor target) {
            return decoder.forward(target, encoder.forward(source));
        }
    }

    @Test
    void encoderAndDecoder() {
        try (var _ = Scope.open();
                var layer = new Transformer()) {
            GoldenCase golden = GoldenCase.read("transformer");
            golden.loaded(layer);
            Tensor y = layer.forward(golden.input("src"), golden.input("tgt"));
            golden.check(Map.of("y", y), layer.namedParameters());
        }
    }
}
