package dev.jeton.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.nn.distributions.Normal;
import dev.jeton.torch.Convolution;
import dev.jeton.torch.Generator;
import dev.jeton.torch.Scope;
import dev.jeton.torch.Shape;
import dev.jeton.torch.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs of docs/layers.md, compiled and run. */
@SuppressWarnings("try") // the guide gives names to scopes that nothing refers to
class GuideTest {
    private static final Path GUIDE = Path.of("../docs/layers.md");
    private static final Path SOURCE = Path.of("src/test/java/dev/jeton/nn/GuideTest.java");

    @TempDir
    Path folder;

    @Test
    void everyProgramOfTheGuideIsInThisFile() throws IOException {
        String source = Files.readString(SOURCE).replaceAll("\\s", "");
        Matcher blocks = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(GUIDE));
        int count = 0;
        while (blocks.find()) {
            count++;
            assertThat(source).contains(blocks.group(1).replaceAll("\\s", ""));
        }
        assertThat(count).isEqualTo(7);
    }

    // spotless:off
    static final class Mlp extends Layer {
        private final Linear hidden = child("hidden", Linear.of(784, 256));
        private final Linear head = child("head", Linear.of(256, 10));

        Tensor forward(Tensor pixels) { // [B, 784]
            return head.forward(hidden.forward(pixels).gelu()); // [B, 10]
        }
    }
    // spotless:on

    private record Batch(Tensor pixels, Tensor labels) {}

    private static Batch batch() {
        Generator random = Generator.of(5);
        return new Batch(random.randn(16, 784), random.randint(0, 10, Shape.of(16)));
    }

    @Test
    void aModelIsTrainedByHand() {
        Path file = folder.resolve("mlp.safetensors");
        Generator.standard().seed(3);
        try (var outer = Scope.open()) {
            Batch one = batch();
            List<Batch> batches = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                batches.add(one);
            }
            // spotless:off
            var model = new Mlp();
            var optimizer = AdamW.of(model.parameters(), 1e-3);
            for (var batch : batches) {
                try (var step = Scope.open()) {
                    var loss = Loss.crossEntropy(model.forward(batch.pixels()), batch.labels());
                    loss.backward();
                    optimizer.step(); // and forgets the gradients
                }
            }
            Safetensors.write(file, model.state()); // opens in Python as it is
            // spotless:on
            Tensor loss = Loss.crossEntropy(model.forward(one.pixels()), one.labels());
            assertThat(loss.item()).isLessThan(0.1); // chance: 2.3
            assertThat(Safetensors.read(file)).hasSize(4);
        }
    }

    @Test
    void layersAreJoined() {
        try (var scope = Scope.open()) {
            // spotless:off
            var network = Sequential.of(
                    Conv2d.of(1, 16, 3, Convolution.defaults().withStride(2).withPadding(1)),
                    Activation.relu(),
                    Residual.of(Sequential.of(
                            Conv2d.of(16, 16, 3, Convolution.defaults().withPadding(1)), Activation.silu())),
                    Flatten.of(),
                    Linear.of(16 * 14 * 14, 10));
            // spotless:on
            assertThat(network.forward(Tensor.zeros(2, 1, 28, 28)).shape().sizes())
                    .containsExactly(2, 10);
        }
    }

    @Test
    void everythingThatGoesWithAnOptimizer() {
        Generator.standard().seed(3);
        try (var outer = Scope.open()) {
            var model = new Mlp();
            Batch one = batch();
            Tensor pixels = one.pixels();
            Tensor labels = one.labels();
            int steps = 3;
            // spotless:off
            Schedule rate = Schedule.cosine(3e-4, 3e-5, 9_000).withWarmUp(1_000);
            var optimizer = AdamW.ofGroups(
                    ParameterGroup.decayingMatricesOnly(model.parameters()),
                    rate.at(0),
                    AdamOptions.defaults().withBetas(0.9, 0.95).withWeightDecay(0.1));
            var averages = Ema.of(model, 0.999);
            for (int step = 0; step < steps; step++) {
                try (var scope = Scope.open()) {
                    optimizer.setLearningRate(rate.at(step));
                    Tensor loss;
                    try (var precision = Precision.BF16_MIXED.open()) {
                        loss = Loss.crossEntropy(model.forward(pixels), labels);
                    }
                    loss.backward();
                    GradientClipping.byNorm(model.parameters(), 1);
                    optimizer.step();
                    averages.update();
                }
            }
            try (var averaged = averages.applied()) {
                model.eval(); // validate with the averages; then the model has its own weights again
            }
            // spotless:on
            assertThat(optimizer.learningRate()).isEqualTo(3e-4 * 2 / 1000);
            assertThat(model.isTraining()).isFalse();
        }
    }

    @Test
    void weightsGoIntoFilesAndBack() {
        Path file = folder.resolve("again.safetensors");
        try (var outer = Scope.open()) {
            var model = new Mlp();
            // spotless:off
            Safetensors.write(file, model.state());
            Safetensors.writeShards(folder, model.state(), 5_000_000_000L); // files of at most 5 GB and their index
            try (var stored = Safetensors.open(file)) {
                model.load(stored.tensors()); // reads one tensor after the other
            }
            // spotless:on
            Map<String, Tensor> stored = Map.of("head.bias", Tensor.ones(10));
            // spotless:off
            var difference = model.loadMatching(stored);
            model.freeze();
            model.unfreeze("head");
            // spotless:on
            assertThat(difference.missing()).hasSize(3);
            assertThat(model.trainableCount()).isEqualTo(2570);
        }
    }

    @Test
    void anElboIsOneLine() {
        try (var outer = Scope.open()) {
            Tensor mean = Tensor.zeros(4).requiresGrad();
            Tensor scale = Tensor.ones(4).requiresGrad();
            Normal likelihood = Normal.of(Tensor.ones(4), Tensor.ones(4));
            // spotless:off
            var q = Normal.of(mean, scale);
            var elbo = likelihood
                    .logProb(q.rsample())
                    .sub(q.klTo(Normal.standard()))
                    .mean();
            // spotless:on
            elbo.backward();
            assertThat(mean.hasGrad()).isTrue();
            assertThat(scale.hasGrad()).isTrue();
        }
    }
}
