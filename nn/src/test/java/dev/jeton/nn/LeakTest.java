package dev.jeton.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.torch.Convolution;
import dev.jeton.torch.Generator;
import dev.jeton.torch.LibTorch;
import dev.jeton.torch.Scope;
import dev.jeton.torch.Shape;
import dev.jeton.torch.Tensor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Training leaves no tensor behind. */
class LeakTest {
    /** One of everything that training uses. */
    private static final class Model extends Layer {
        private final Sequential pictures = child(
                "pictures",
                Sequential.of(
                        Conv2d.of(1, 2, 3, Convolution.defaults().withPadding(1)),
                        BatchNorm2d.of(2),
                        Activation.silu(),
                        Residual.of(Dropout.of(0.1)),
                        Flatten.of(),
                        Linear.of(32, 8)));
        private final TransformerEncoder encoder = child(
                "encoder", TransformerEncoder.of(TransformerConfig.of(8, 2, 8).withDropout(0.1), 1));
        private final Lstm lstm = child("lstm", Lstm.of(8, 4));
        private final Linear head = child("head", Linear.of(4, 3));

        Tensor forward(Tensor x) {
            Tensor tokens = pictures.forward(x).unsqueeze(1); // [B, 1, 8]
            Lstm.Output states = lstm.forward(encoder.forward(tokens));
            return head.forward(states.outputs().select(1, 0));
        }
    }

    @Test
    void aHundredSteps() {
        train(10, 100);
    }

    @Test
    @Tag("slow")
    void tenThousandSteps() {
        train(100, 10_000);
    }

    private static void train(int warmUp, int steps) {
        Generator.standard().seed(1);
        try (var _ = Scope.open();
                var model = new Model();
                var ema = Ema.of(model, 0.99);
                var optimizer = AdamW.of(model.parameters(), 1e-3)) {
            Tensor x = Generator.standard().randn(4, 1, 4, 4);
            Tensor y = Generator.standard().randint(0, 3, Shape.of(4));
            long settled = 0;
            for (int step = 0; step < steps; step++) {
                try (var _ = Scope.open()) {
                    Loss.crossEntropy(model.forward(x), y).backward();
                    GradientClipping.byNorm(model.parameters(), 1);
                    optimizer.step();
                    ema.update();
                }
                if (step == warmUp) {
                    settled = LibTorch.liveTensors();
                }
            }
            // fewer when the garbage collector finds what other tests left
            assertThat(LibTorch.liveTensors()).isLessThanOrEqualTo(settled);
        }
    }
}
