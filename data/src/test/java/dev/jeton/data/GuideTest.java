package dev.jeton.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.torch.Scope;
import dev.jeton.torch.Shape;
import dev.jeton.torch.Tensor;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of {@code docs/data.md}, which is this code. */
class GuideTest {
    private static final Path GUIDE = Path.of("../docs/data.md");

    @TempDir
    Path folder;

    @Test
    void everyBlockOfTheGuideStandsHere() throws IOException {
        String here = plain(Files.readString(Path.of("src/test/java/dev/jeton/data/GuideTest.java")));
        var blocks = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(GUIDE));
        int count = 0;
        while (blocks.find()) {
            String block = plain(blocks.group(1).replace("\"photos\"", "photosFolder"));
            // before its last braces close, the test looks at what the block made
            assertThat(here).contains(block.replaceAll("}+$", ""));
            count++;
        }
        assertThat(count).isEqualTo(6);
    }

    private static String plain(String code) {
        return code.replaceAll("\\s+", "");
    }

    @Test
    void opening() throws IOException {
        String photosFolder = folder.toString();
        Files.createDirectories(folder.resolve("cats"));
        Files.createDirectories(folder.resolve("dogs"));
        ImageIO.write(picture(90, 70), "png", folder.resolve("cats/a.png").toFile());
        ImageIO.write(picture(80, 80), "png", folder.resolve("dogs/b.png").toFile());

        ImageSource photos = Images.open(photosFolder, ImageOptions.defaults().withSize(64));
        byte[] pixels = photos.pixels(0);
        String label = photos.labelNames().get(photos.label(0));

        assertThat(pixels).hasSize(3 * 64 * 64);
        assertThat(label).isEqualTo("cats");
    }

    @Test
    void batching() {
        Batches batches = Mosaic.images(32, 1).take(1000).batches(128, Shuffle.seeded(7));
        for (int epoch = 0; epoch < 2; epoch++) {
            for (Batch batch : batches) {
                try (var _ = Scope.open()) {
                    Tensor pixels = batch.pixels(); // float32 [B, C, H, W], 0 to 1
                    Tensor labels = batch.labels(); // int64 [B]
                    assertThat(pixels.shape()).isEqualTo(Shape.of(batch.size(), 3, 32, 32));
                    assertThat(labels.shape()).isEqualTo(Shape.of(batch.size()));
                }
            }
        }

        Batches.Position position = batches.position();
        Batches resumed = Mosaic.images(32, 1).take(1000).batches(128, Shuffle.seeded(7));
        resumed.seek(position);

        assertThat(resumed.iterator().next().bytes())
                .isEqualTo(batches.iterator().next().bytes());
    }

    @Test
    void options() {
        BatchOptions options = BatchOptions.of(128)
                .withShuffle(Shuffle.seeded(7))
                .withDropLast()
                .withAugment(Augment.seeded(7).withPadding(4).withCrop(32).withFlip())
                .withWorkers(2);

        assertThat(Mosaic.images(32, 1).take(200).batches(options).batchesPerEpoch())
                .isEqualTo(1);
    }

    @Test
    void worlds() throws IOException {
        Mosaic mosaic = Mosaic.images(64, 1);
        Scene scene = mosaic.scene(5);
        String caption = mosaic.caption(5);

        assertThat(scene.caption()).isEqualTo(caption);
        assertThat(Files.readString(GUIDE)).contains("`caption` is now `" + caption + "`");
    }

    @Test
    void picturesOfTheJdk() throws IOException {
        File file = folder.resolve("a.png").toFile();
        ImageIO.write(picture(90, 70), "png", file);

        byte[] bytes = Pictures.pixels(ImageIO.read(file), new ImageShape(3, 64, 64), Fit.CROP);
        BufferedImage picture = Pictures.of(bytes, new ImageShape(3, 64, 64));

        assertThat(picture.getWidth()).isEqualTo(64);
    }

    private static BufferedImage picture(int width, int height) {
        return new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    }
}
