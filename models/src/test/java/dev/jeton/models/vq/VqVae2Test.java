package dev.jeton.models.vq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jeton.data.ImageShape;
import dev.jeton.data.ImageSource;
import dev.jeton.data.Mosaic;
import dev.jeton.data.Pictures;
import dev.jeton.train.Progress;
import dev.jeton.train.TrainOptions;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VqVae2Test {
    private static final VqVae2Config SMALL =
            VqVae2Config.defaults().withWidth(32).withResiduals(1, 16).withQuantization(16, Quantization.vector(64));

    private static TrainOptions steps(int steps) {
        return TrainOptions.defaults()
                .withSteps(steps)
                .withBatchSize(32)
                .withSeed(7)
                .withProgress(Progress.silent());
    }

    @Test
    void learnsMosaicAndComesBackFromItsFolder(@TempDir Path folder) {
        ImageSource images = Mosaic.images(32, 1);
        BufferedImage unseen = Pictures.of(images.pixels(5000), images.shape());
        try (VqVae2 vq = VqVae2.train(images.take(1024), SMALL, steps(80).withRunFolder(folder.resolve("run")));
                VqVae2 loaded = VqVae2.load(folder.resolve("run"))) {
            BufferedImage again = vq.reconstruct(List.of(unseen)).getFirst();
            double error = VqVaeTest.error(List.of(unseen), List.of(again), images.shape());
            System.out.println("vqvae2 error " + error);
            assertThat(error).isLessThan(PixelVariance.of(images) / 2);
            TwoLevelCodes codes = loaded.encode(unseen);
            assertThat(codes.top().height()).isEqualTo(4);
            assertThat(codes.bottom().width()).isEqualTo(8);
            assertThat(VqVaeTest.error(List.of(loaded.decode(codes)), List.of(again), images.shape()))
                    .isZero();
        }
    }

    @Test
    void refusesSizesThatDoNotGoTogether() {
        assertThatThrownBy(() -> SMALL.withImage(new ImageShape(1, 28, 28)))
                .hasMessageContaining("multiples of the top's downsampling 8: 28 × 28");
    }
}
