package dev.jeton.models.vq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jeton.data.Glyphs;
import dev.jeton.data.ImageShape;
import dev.jeton.data.ImageSource;
import dev.jeton.data.Mosaic;
import dev.jeton.data.Pictures;
import dev.jeton.nn.CheckpointException;
import dev.jeton.nn.Schedule;
import dev.jeton.train.Progress;
import dev.jeton.train.RunFolder;
import dev.jeton.train.TrainOptions;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VqVaeTest {
    private static final VqVaeConfig SMALL =
            VqVaeConfig.defaults().withWidth(32).withResiduals(1, 16).withQuantization(16, Quantization.vector(64));

    static TrainOptions steps(int steps) {
        return TrainOptions.defaults()
                .withSteps(steps)
                .withBatchSize(32)
                .withSeed(7)
                .withProgress(Progress.silent());
    }

    static List<BufferedImage> pictures(ImageSource images, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Pictures.of(images.pixels(i), images.shape()))
                .toList();
    }

    /** Returns the mean squared error of pictures, of pixels from 0 to 1. */
    static double error(List<BufferedImage> a, List<BufferedImage> b, ImageShape shape) {
        double sum = 0;
        for (int i = 0; i < a.size(); i++) {
            byte[] x = Pictures.pixels(a.get(i), shape, dev.jeton.data.Fit.CROP);
            byte[] y = Pictures.pixels(b.get(i), shape, dev.jeton.data.Fit.CROP);
            for (int j = 0; j < x.length; j++) {
                double d = ((x[j] & 0xff) - (y[j] & 0xff)) / 255.0;
                sum += d * d;
            }
        }
        return sum / a.size() / shape.bytes();
    }

    @Test
    void learnsMosaicInSeconds() {
        var images = Mosaic.images(32, 1);
        try (VqVae vq = VqVae.train(images.take(2048), SMALL, steps(150))) {
            List<BufferedImage> unseen = pictures(images.skip(5000), 64);
            List<BufferedImage> again = vq.reconstruct(unseen);
            double error = error(unseen, again, images.shape());
            assertThat(error).isLessThan(PixelVariance.of(images) / 4);
            Codes codes = vq.encode(unseen.getFirst());
            assertThat(codes.height()).isEqualTo(8);
            assertThat(codes.width()).isEqualTo(8);
            assertThat(error(List.of(vq.decode(codes)), List.of(again.getFirst()), images.shape()))
                    .isZero();
        }
    }

    @Test
    void isTheSameForTheSameSeed() {
        ImageSource images = Glyphs.images(3).take(256);
        try (VqVae first = VqVae.train(images, SMALL, steps(5));
                VqVae second = VqVae.train(images, SMALL, steps(5));
                VqVae other = VqVae.train(images, SMALL, steps(5).withSeed(8))) {
            assertThat(weights(first)).isEqualTo(weights(second)).isNotEqualTo(weights(other));
        }
    }

    private static List<float[]> weightArrays(VqVae vq) {
        return vq.model().state().values().stream().map(t -> t.toFloats()).toList();
    }

    private static String weights(VqVae vq) {
        return weightArrays(vq).stream()
                .map(java.util.Arrays::toString)
                .toList()
                .toString();
    }

    @Test
    void overfitsABatch() {
        ImageSource images = Mosaic.images(16, 2).take(16);
        try (VqVae vq = VqVae.train(
                images, SMALL.withCodes(256), steps(300).withBatchSize(16).withLearningRate(Schedule.constant(3e-3)))) {
            List<BufferedImage> all = pictures(images, 16);
            double error = error(all, vq.reconstruct(all), images.shape());
            assertThat(error).isLessThan(PixelVariance.of(images) / 12);
        }
    }

    @Test
    void comesBackFromItsFolder(@TempDir Path folder) throws Exception {
        ImageSource images = Glyphs.images(3).take(128);
        Path run = folder.resolve("run");
        BufferedImage picture = pictures(images, 1).getFirst();
        try (VqVae trained = VqVae.train(images, SMALL, steps(5).withRunFolder(run));
                VqVae loaded = VqVae.load(run)) {
            assertThat(loaded.config()).isEqualTo(trained.config());
            assertThat(weights(loaded)).isEqualTo(weights(trained));
            assertThat(loaded.encode(picture)).isEqualTo(trained.encode(picture));
            loaded.save(folder.resolve("copy"));
        }
        try (VqVae copy = VqVae.load(folder.resolve("copy"))) {
            assertThat(copy.config().image()).isEqualTo(new ImageShape(1, 28, 28));
            assertThat(copy.encode(picture).height()).isEqualTo(7);
        }
        Files.writeString(folder.resolve("copy/config.json"), "{\"model_type\": \"bert\"}");
        assertThatThrownBy(() -> VqVae.load(folder.resolve("copy")))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("model_type must be 'vqvae'");
    }

    @Test
    void refusesSizesThatDoNotGoTogether() {
        assertThatThrownBy(() -> SMALL.withImage(new ImageShape(3, 30, 32)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("multiples of the downsampling 4: 30 × 32");
        assertThatThrownBy(() -> SMALL.withDownsampling(3)).hasMessageContaining("power of two");
        assertThatThrownBy(() -> SMALL.withQuantization(5, Quantization.finiteScalar(8, 8)))
                .hasMessageContaining("2 numbers");
        assertThatThrownBy(() -> SMALL.withQuantization(2, Quantization.finiteScalar(8, 8))
                        .withCodes(9))
                .hasMessageContaining("follows from the quantizer");
    }

    @Test
    void savingPutsWholeFilesInTheirPlaces(@TempDir Path folder) throws IOException {
        Path config = folder.resolve("config.json");
        Files.writeString(config, "the older one");
        Path link =
                Files.createLink(folder.resolve("link"), config); // would change with a file that is written in place
        try (VqVae vq = VqVae.of(VqVaeModel.of(SMALL))) {
            vq.save(folder);
        }

        assertThat(link).hasContent("the older one");
        assertThat(VqVae.config(folder)).isEqualTo(SMALL);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("config.json", "link", "model.safetensors");
        }
    }

    @Test
    void aWriteThatFailsLeavesTheOlderFile(@TempDir Path folder) throws IOException {
        try (VqVae vq = VqVae.of(VqVaeModel.of(SMALL))) {
            vq.save(folder);
        }
        Object unwritable = new Object() {
            @SuppressWarnings("unused") // read by Jackson
            public int getValue() {
                throw new IllegalStateException("cannot be read");
            }
        };
        assertThatThrownBy(() -> RunFolder.at(folder).writeConfig(Map.of("first", 1, "second", unwritable)))
                .hasMessageContaining("cannot be read");
        assertThat(VqVae.config(folder)).isEqualTo(SMALL);
    }
}
