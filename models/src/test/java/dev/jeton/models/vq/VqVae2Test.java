package dev.jeton.models.vq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jeton.data.ImageShape;
import dev.jeton.data.ImageSource;
import dev.jeton.data.Mosaic;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VqVae2Test {
    private static final VqVae2Config SMALL =
            VqVae2Config.defaults().withWidth(32).withResiduals(1, 16).withQuantization(16, Quantization.vector(64));

    @Test
    void learnsMosaicAndComesBackFromItsFolder(@TempDir Path folder) {
        ImageSource images = Mosaic.images(32, 1);
        List<BufferedImage> unseen = VqVaeTest.pictures(images.skip(5000), 16);
        try (VqVae2 vq = VqVae2.train(
                        images.take(1024), SMALL, VqVaeTest.steps(120).withRunFolder(folder.resolve("run")));
                VqVae2 loaded = VqVae2.load(folder.resolve("run"))) {
            List<BufferedImage> again = vq.reconstruct(unseen);
            double error = VqVaeTest.error(unseen, again, images.shape());
            assertThat(error).isLessThan(PixelVariance.of(images) / 2);
            TwoLevelCodes codes = loaded.encode(unseen.getFirst());
            assertThat(codes.top().height()).isEqualTo(4);
            assertThat(codes.bottom().width()).isEqualTo(8);
            assertThat(VqVaeTest.error(List.of(loaded.decode(codes)), again.subList(0, 1), images.shape()))
                    .isZero();
        }
    }

    @Test
    void refusesSizesThatDoNotGoTogether() {
        assertThatThrownBy(() -> SMALL.withImage(new ImageShape(1, 28, 28)))
                .hasMessageContaining("multiples of the top's downsampling 8: 28 × 28");
    }
}
