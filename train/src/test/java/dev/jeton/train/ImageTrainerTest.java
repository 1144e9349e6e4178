package dev.jeton.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.jeton.data.Batch;
import dev.jeton.data.BatchOptions;
import dev.jeton.data.Batches;
import dev.jeton.data.Glyphs;
import dev.jeton.data.ImageSource;
import dev.jeton.nn.Layer;
import dev.jeton.nn.Linear;
import dev.jeton.nn.Loss;
import dev.jeton.torch.Generator;
import dev.jeton.torch.Tensor;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs of docs/training.md. */
class ImageTrainerTest {
    @TempDir
    Path folder;

    static final class Mlp extends Layer {
        private final Linear hidden = child("hidden", Linear.of(784, 64));
        private final Linear head = child("head", Linear.of(64, 10));

        Tensor forward(Tensor pixels) { // [B, 1, 28, 28]
            return head.forward(hidden.forward(pixels.reshape(-1, 784)).gelu()); // [B, 10]
        }
    }

    private static Mlp fresh() {
        Generator.standard().seed(1);
        return new Mlp();
    }

    @Test
    void learnsDigitsAndGoesOnWhereItStopped() {
        ImageSource digits = Glyphs.images(0).take(1000);
        TrainOptions options = TrainOptions.defaults().withProgress(Progress.silent());

        Mlp model = fresh();
        TrainResult result = Trainer.of(
                        model, (m, batch) -> Loss.crossEntropy(m.forward(batch.pixels()), batch.labels()))
                .withValidation(Glyphs.images(1).take(200))
                .train(digits, options.withEpochs(5).withRunFolder(folder.resolve("whole")));
        assertThat(result.steps()).isEqualTo(5 * (1000 / 64));
        assertThat(result.validation().get("loss")).isLessThan(1.0); // guessing gives 2.3

        TrainOptions inTwo = options.withRunFolder(folder.resolve("parts"));
        Trainer.of(fresh(), (m, batch) -> Loss.crossEntropy(m.forward(batch.pixels()), batch.labels()))
                .train(digits, inTwo.withSteps(37));
        Mlp resumed = fresh();
        Trainer.of(resumed, (m, batch) -> Loss.crossEntropy(m.forward(batch.pixels()), batch.labels()))
                .train(digits, inTwo.withEpochs(5).withStart(new Start.Resume()));
        assertThat(resumed.state().get("hidden.weight").toFloats())
                .containsExactly(model.state().get("hidden.weight").toFloats());
    }

    @Test
    void everyPictureOfTheValidationCountsAlike() {
        ImageSource heldBack = Glyphs.images(1).take(70); // a batch of 64 and one of 6
        Mlp model = fresh();
        TrainResult result = Trainer.of(
                        model, (m, batch) -> Loss.crossEntropy(m.forward(batch.pixels()), batch.labels()))
                .withValidation(heldBack)
                .train(
                        Glyphs.images(0).take(64),
                        TrainOptions.defaults().withProgress(Progress.silent()).withEpochs(2));
        Batch all = Batches.of(heldBack, BatchOptions.of(70)).iterator().next();
        double loss =
                Loss.crossEntropy(model.forward(all.pixels()), all.labels()).item();
        assertThat(result.validation().get("loss")).isCloseTo(loss, within(1e-5));
    }
}
