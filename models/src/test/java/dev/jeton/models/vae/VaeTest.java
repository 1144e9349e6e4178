package dev.jeton.models.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jeton.data.Fit;
import dev.jeton.data.Glyphs;
import dev.jeton.data.ImageShape;
import dev.jeton.data.ImageSource;
import dev.jeton.data.Mosaic;
import dev.jeton.data.Pictures;
import dev.jeton.train.Progress;
import dev.jeton.train.TrainOptions;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaeTest {
    private static final VaeConfig SMALL = VaeConfig.mlp().withLatents(8).withNetwork(new Network.Mlp(List.of(64)));

    private static final VaeConfig CONVOLUTIONAL =
            VaeConfig.convolutional().withLatents(16).withNetwork(new Network.Convolutional(16, 4));

    private static TrainOptions steps(int steps) {
        return TrainOptions.defaults()
                .withSteps(steps)
                .withBatchSize(32)
                .withSeed(7)
                .withProgress(Progress.silent());
    }

    private static List<BufferedImage> pictures(ImageSource images, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Pictures.of(images.pixels(i), images.shape()))
                .toList();
    }

    private static double error(List<BufferedImage> a, List<BufferedImage> b, ImageShape shape) {
        double sum = 0;
        for (int i = 0; i < a.size(); i++) {
            byte[] x = Pictures.pixels(a.get(i), shape, Fit.CROP);
            byte[] y = Pictures.pixels(b.get(i), shape, Fit.CROP);
            for (int j = 0; j < x.length; j++) {
                double d = ((x[j] & 0xff) - (y[j] & 0xff)) / 255.0;
                sum += d * d;
            }
        }
        return sum / a.size() / shape.bytes();
    }

    private static List<String> weights(Vae vae) {
        return vae.model().state().values().stream()
                .map(weight -> Arrays.toString(weight.toFloats()))
                .toList();
    }

    @Test
    void learnsGlyphsInSeconds() {
        ImageSource images = Glyphs.images(1);
        try (Vae vae = Vae.train(images.take(4096), SMALL, steps(300))) {
            List<BufferedImage> unseen = pictures(images.skip(5000), 64);
            double error = error(unseen, vae.reconstruct(unseen), images.shape());
            double bits = vae.bitsPerDimension(images.range(5000, 5064), 1);
            double tighter = vae.bitsPerDimension(images.range(5000, 5064), 16);
            assertThat(error).isLessThan(0.05);
            assertThat(tighter).isLessThan(bits);
        }
    }

    @Test
    void learnsMosaicByConvolutions() {
        ImageSource images = Mosaic.images(32, 1);
        try (Vae vae = Vae.train(images.take(2048), CONVOLUTIONAL, steps(150))) {
            double bits = vae.bitsPerDimension(images.range(5000, 5064), 1);
            assertThat(bits).isLessThan(7.5); // 8 are what levels cost without a model
        }
    }

    @Test
    void conditionsOnLabels() {
        ImageSource images = Glyphs.images(1).take(512);
        try (Vae vae = Vae.train(images, SMALL.withClasses(10), steps(10))) {
            BufferedImage picture = pictures(images, 1).getFirst();
            float[] latents = vae.encode(picture, 3);
            assertThat(latents).hasSize(8);
            assertThat(error(List.of(vae.decode(latents, 3)), List.of(vae.decode(latents, 4)), images.shape()))
                    .isPositive();
            assertThat(vae.sample(20, 1)).hasSize(20);
            assertThatThrownBy(() -> vae.encode(picture, 10))
                    .hasMessageContaining("10 classes, numbered from 0, got 10");
            assertThatThrownBy(() -> vae.encode(picture)).hasMessageContaining("one label for each of 1 pictures");
        }
    }

    @Test
    void everyLikelihoodTrains() {
        ImageSource images = Mosaic.images(16, 1).take(256);
        for (Likelihood likelihood : List.of(
                new Likelihood.Bernoulli(),
                new Likelihood.Gaussian(0.1),
                new Likelihood.LearnedGaussian(),
                new Likelihood.DiscretizedLogistic())) {
            try (Vae before = Vae.train(images, CONVOLUTIONAL.withLikelihood(likelihood), steps(1));
                    Vae after = Vae.train(images, CONVOLUTIONAL.withLikelihood(likelihood), steps(60))) {
                assertThat(after.bitsPerDimension(images, 1))
                        .as(likelihood.toString())
                        .isLessThan(before.bitsPerDimension(images, 1));
            }
        }
    }

    @Test
    void overfitsABatch() {
        ImageSource images = Glyphs.images(5).take(16);
        VaeConfig config =
                SMALL.withObjective(Objective.evidence().withBeta(0)).withNetwork(new Network.Mlp(List.of(256)));
        try (Vae vae = Vae.train(images, config, steps(400).withBatchSize(16))) {
            List<BufferedImage> all = pictures(images, 16);
            double error = error(all, vae.reconstruct(all), images.shape());
            assertThat(error).isLessThan(0.004);
        }
    }

    @Test
    void isTheSameForTheSameSeed() {
        ImageSource images = Glyphs.images(3).take(256);
        try (Vae first = Vae.train(images, SMALL, steps(5));
                Vae second = Vae.train(images, SMALL, steps(5));
                Vae other = Vae.train(images, SMALL, steps(5).withSeed(8))) {
            assertThat(weights(first)).isEqualTo(weights(second)).isNotEqualTo(weights(other));
            assertThat(error(first.sample(4, 9), second.sample(4, 9), images.shape()))
                    .isZero();
            assertThat(error(first.sample(4, 9), first.sample(4, 10), images.shape()))
                    .isPositive();
        }
    }

    @Test
    void interpolatesBetweenPictures() {
        ImageSource images = Glyphs.images(3).take(64);
        try (Vae vae = Vae.train(images, SMALL, steps(5))) {
            List<BufferedImage> ends = pictures(images, 2);
            for (LatentPath path : LatentPath.values()) {
                List<BufferedImage> between = vae.interpolate(ends.get(0), ends.get(1), 5, path);
                List<BufferedImage> decodedEnds = vae.reconstruct(ends);
                assertThat(between).hasSize(5);
                assertThat(error(List.of(between.getFirst(), between.getLast()), decodedEnds, images.shape()))
                        .isLessThan(1e-5);
            }
        }
        float[] x = {1, 0};
        float[] y = {0, 2};
        assertThat(LatentPath.LINEAR.at(x, y, 0.5)).containsExactly(0.5f, 1f);
        assertThat(LatentPath.SPHERICAL.at(x, y, 0.5)).containsExactly((float) Math.sqrt(0.5), (float) Math.sqrt(2));
    }

    @Test
    void comesBackFromItsFolder(@TempDir Path folder) {
        ImageSource images = Glyphs.images(3).take(128);
        Path run = folder.resolve("run");
        VaeConfig config = SMALL.withClasses(10).withLikelihood(new Likelihood.Gaussian(0.2));
        try (Vae trained = Vae.train(images, config, steps(5).withRunFolder(run));
                Vae loaded = Vae.load(run)) {
            assertThat(loaded.config()).isEqualTo(trained.config());
            assertThat(weights(loaded)).isEqualTo(weights(trained));
            loaded.save(folder.resolve("copy"));
        }
        try (Vae copy = Vae.load(folder.resolve("copy"))) {
            assertThat(copy.config().likelihood()).isEqualTo(new Likelihood.Gaussian(0.2));
        }
    }

    @Test
    void weighsTheDivergenceAsItsObjectiveSays() {
        Objective objective = Objective.evidence().withBeta(4).withWarmUp(100);
        assertThat(objective.weight(0)).isZero();
        assertThat(objective.weight(50)).isEqualTo(2);
        assertThat(objective.weight(100)).isEqualTo(4);
        assertThat(Objective.evidence().weight(0)).isEqualTo(1);
    }

    @Test
    void refusesSizesThatDoNotGoTogether() {
        assertThatThrownBy(() -> CONVOLUTIONAL.withImage(new ImageShape(1, 30, 28)))
                .hasMessageContaining("multiples of the downsampling 4: 30 × 28");
        assertThatThrownBy(() -> SMALL.withLatents(0)).hasMessageContaining("latents must be positive");
        assertThatThrownBy(() -> Objective.evidence().withFreeBits(-1)).hasMessageContaining("freeBits");
    }
}
