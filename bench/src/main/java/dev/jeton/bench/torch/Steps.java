package dev.jeton.bench.torch;

import dev.jeton.models.vq.Codebook;
import dev.jeton.models.vq.Quantization;
import dev.jeton.models.vq.VqVaeConfig;
import dev.jeton.models.vq.VqVaeModel;
import dev.jeton.nn.AdamW;
import dev.jeton.nn.Layer;
import dev.jeton.nn.Linear;
import dev.jeton.nn.Loss;
import dev.jeton.nn.Precision;
import dev.jeton.torch.Generator;
import dev.jeton.torch.Scope;
import dev.jeton.torch.Tensor;
import java.util.function.UnaryOperator;

/** The training steps that are measured: forward, backward, fused AdamW. */
final class Steps {
    /** As the script for PyTorch has it: a codebook trained by the loss, started small, no dead codes revived. */
    private static final VqVaeConfig CONFIG = VqVaeConfig.defaults()
            .withQuantization(
                    64,
                    Quantization.vector(512)
                            .withTraining(new Codebook.Learned(1))
                            .withStart(new Codebook.Random())
                            .withReviveBelow(0));

    private Steps() {}

    /** Returns the step of a case such as {@code mlp-bf16}. */
    static Runnable ofCase(String name) {
        String[] parts = name.split("-", 2);
        return of(parts[0], parts[1].equals("bf16") ? Precision.BF16_MIXED : Precision.FP32);
    }

    /**
     * Returns a step.
     *
     * @param name mlp, vqvae, block256 or block768
     */
    static Runnable of(String name, Precision precision) {
        return switch (name) {
            case "mlp" -> mlp(precision);
            case "vqvae" -> vqvae(precision);
            case "block256" -> block(256, 4, 16, 128, precision);
            case "block768" -> block(768, 12, 4, 512, precision);
            default -> throw new IllegalArgumentException("no step named " + name);
        };
    }

    private static Runnable mlp(Precision precision) {
        Mlp model = new Mlp();
        Tensor x = Generator.standard().rand(128, 784).persist();
        return step(model, precision, input -> Loss.mse(model.forward(input), input), x);
    }

    private static Runnable block(int width, int heads, int batch, int tokens, Precision precision) {
        Block model = new Block(width, heads);
        Tensor x = Generator.standard().randn(batch, tokens, width).persist();
        return step(model, precision, input -> model.forward(input).square().mean(), x);
    }

    private static Runnable vqvae(Precision precision) {
        VqVaeModel model = VqVaeModel.of(CONFIG);
        Tensor x = Generator.standard().rand(128, 3, 32, 32).persist();
        return step(
                model,
                precision,
                input -> {
                    VqVaeModel.Reconstruction made = model.forward(input);
                    return Loss.mse(made.pixels(), input).add(made.quantized().loss());
                },
                x);
    }

    private static Runnable step(Layer model, Precision precision, UnaryOperator<Tensor> loss, Tensor x) {
        AdamW optimizer = AdamW.of(model.parameters(), 1e-4);
        return () -> {
            try (var _ = Scope.open()) {
                Tensor value;
                try (var _ = precision.open()) {
                    value = loss.apply(x);
                }
                value.backward();
                optimizer.step();
            }
        };
    }

    private static final class Mlp extends Layer {
        private final Linear first = child("first", Linear.of(784, 512));
        private final Linear second = child("second", Linear.of(512, 256));
        private final Linear third = child("third", Linear.of(256, 784));

        Tensor forward(Tensor x) {
            return third.forward(second.forward(first.forward(x).gelu()).gelu());
        }
    }
}
