package dev.jeton.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImagesTest {
    @TempDir
    static Path folder;

    private static final Map<String, byte[]> FILES = new LinkedHashMap<>();

    /** One set of files as a folder and in every archive. */
    @BeforeAll
    static void writeEverywhere() throws IOException {
        FILES.put("set/train/dog/b.png", image("png", 3, 10));
        FILES.put("set/train/cat/a.png", image("png", 3, 20));
        FILES.put("set/train/cat/c.bmp", image("bmp", 3, 30));
        FILES.put("set/test/dog/z.gif", image("gif", 1, 40));
        FILES.put("set/test/.hidden/z.png", new byte[3]);
        FILES.put("set/readme.txt", new byte[3]);
        for (var file : FILES.entrySet()) {
            Path path = folder.resolve("plain").resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
        try (var zip = new ZipOutputStream(Files.newOutputStream(folder.resolve("some.zip")))) {
            for (var file : FILES.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
            }
        }
        writeTar(Files.newOutputStream(folder.resolve("some.tar")));
        writeTar(new GZIPOutputStream(Files.newOutputStream(folder.resolve("some.tar.gz"))));
    }

    private static void writeTar(OutputStream out) throws IOException {
        try (var tar = new TarArchiveOutputStream(out)) {
            for (var file : FILES.entrySet()) {
                var entry = new TarArchiveEntry(file.getKey());
                entry.setSize(file.getValue().length);
                tar.putArchiveEntry(entry);
                tar.write(file.getValue());
                tar.closeArchiveEntry();
            }
        }
    }

    /** A file of 6 × 4 pixels of one shade. */
    private static byte[] image(String format, int channels, int shade) throws IOException {
        byte[] pixels = new byte[channels * 24];
        Arrays.fill(pixels, (byte) shade);
        pixels[0] = (byte) (shade + 1);
        return encode(Pictures.of(pixels, new ImageShape(channels, 4, 6)), format);
    }

    static byte[] encode(BufferedImage picture, String format) throws IOException {
        var out = new ByteArrayOutputStream();
        assertThat(ImageIO.write(picture, format, out)).isTrue();
        return out.toByteArray();
    }

    @Test
    void foldersAndArchivesAreTheSame() {
        for (String name : new String[] {"plain", "some.zip", "some.tar", "some.tar.gz"}) {
            ImageSource train = Images.open(folder.resolve(name).toString());
            assertThat(train.size()).as(name).isEqualTo(3);
            assertThat(train.shape()).isEqualTo(new ImageShape(3, 4, 6));
            assertThat(train.labelNames()).containsExactly("cat", "dog");
            assertThat(new int[] {train.label(0), train.label(1), train.label(2)})
                    .containsExactly(0, 0, 1);
            assertThat(train.pixels(0)).startsWith(21, 20).endsWith(20);
            assertThat(train.pixels(1)).startsWith(31, 30).endsWith(30);
            assertThat(train.pixels(2)).startsWith(11, 10).endsWith(10);

            ImageSource test =
                    Images.open(folder.resolve(name), ImageOptions.defaults().withSplit(Split.TEST));
            // all grey, but a part has the channels of the whole
            assertThat(test.shape()).isEqualTo(new ImageShape(3, 4, 6));
            // the number of a label is the same in both parts
            assertThat(test.labelNames().get(test.label(0))).isEqualTo("dog");
            assertThat(test.pixels(0)).startsWith(41, 40);
        }
    }

    @Test
    void readsCifarOutOfAZipOfJpegs() {
        Path zip = Shared.file("data/cifar10-test.zip");
        ImageSource images = Images.open(zip.toString());
        assertThat(images.size()).isEqualTo(10_000);
        assertThat(images.shape()).isEqualTo(new ImageShape(3, 32, 32));
        assertThat(images.labelNames())
                .startsWith("airplane", "automobile", "bird")
                .hasSize(10);
        assertThat(images.labelNames().get(images.label(2500))).isEqualTo("bird");
        assertThat(images.pixels(2500)).isEqualTo(images.pixels(2500)).hasSize(3072);
    }

    @Test
    void opensWorldsAndIdxByName() {
        assertThat(Images.open("mosaic").shape()).isEqualTo(new ImageShape(3, 32, 32));
        assertThat(Images.open("mosaic", ImageOptions.defaults().withSize(64)).pixels(5))
                .isEqualTo(Mosaic.images(64, 0).pixels(5));
        assertThat(Images.open("glyphs").pixels(5)).isEqualTo(Glyphs.images(0).pixels(5));
        assertThat(Images.open("glyphs", ImageOptions.defaults().withSize(14).withColours(Colours.RGB))
                        .shape())
                .isEqualTo(new ImageShape(3, 14, 14));
        Path mnist = Shared.file("data/mnist");
        assertThat(Images.open(mnist.toString()).size()).isEqualTo(20_000);
        assertThat(Images.open(mnist.resolve("t10k-images-idx3-ubyte.gz").toString())
                        .label(0))
                .isEqualTo(7);
    }

    @Test
    void saysWhatItSawWhereThereIsNothingToOpen() throws IOException {
        Path texts = Files.createDirectories(folder.resolve("texts"));
        Files.writeString(texts.resolve("a.txt"), "a");
        Files.writeString(texts.resolve("b.txt"), "b");
        Files.writeString(texts.resolve("c.csv"), "c");
        refuses(texts, "no PNG, JPEG, BMP or GIF files; it holds 1 × .csv, 2 × .txt");
        refuses(texts.resolve("a.txt"), "neither a folder nor a zip");
        refuses(folder.resolve("plain/set/train/dog/b.png"), "one image, not a dataset");
        refuses(folder.resolve("nowhere"), "no such file or folder");
        refuses(Files.createDirectories(folder.resolve("empty")), "it holds no files");
        assertThatThrownBy(() -> Images.open("a\0b")).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> Images.open(
                        folder.resolve("plain/set/train"),
                        ImageOptions.defaults().withSplit(Split.TEST)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no test part");
    }

    private static void refuses(Path path, String rule) {
        assertThatThrownBy(() -> Images.open(path.toString()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(path.toString())
                .hasMessageContaining(rule);
    }

    @Test
    void aBrokenImageAmongManyIsNamed() throws IOException {
        Path many = Files.createDirectories(folder.resolve("many"));
        for (int i = 0; i < 100; i++) {
            Files.write(many.resolve("%03d.png".formatted(i)), image("png", 3, i));
        }
        Files.write(many.resolve("050.png"), Arrays.copyOf(image("png", 3, 50), 50));
        ImageSource images = Images.open(many.toString());
        assertThat(images.labelled()).isFalse();
        assertThat(images.pixels(49)).startsWith(50, 49);
        assertThatThrownBy(() -> images.pixels(50))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("050.png: broken PNG");
    }

    @Test
    void otherSizesAndColoursAreRefusedUnlessAskedFor() throws IOException {
        Path mixed = Files.createDirectories(folder.resolve("mixed"));
        byte[] grey = image("png", 1, 9);
        for (int i = 0; i < 100; i++) {
            Files.write(mixed.resolve("%03d.png".formatted(i)), grey);
        }
        Files.write(mixed.resolve("052.png"), encode(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), "png"));
        Files.write(mixed.resolve("053.png"), encode(new BufferedImage(6, 4, BufferedImage.TYPE_INT_RGB), "png"));

        ImageSource images = Images.open(mixed.toString());
        assertThat(images.shape().channels()).isEqualTo(1);
        assertThatThrownBy(() -> images.pixels(52))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("052.png: 8 × 8 pixels where others have 4 × 6: name a size");
        assertThatThrownBy(() -> images.pixels(53))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("053.png: a colour image among grey ones");
        ImageSource asked =
                Images.open(mixed, ImageOptions.defaults().withSize(3).withColours(Colours.GREY));
        assertThat(asked.pixels(52)).containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 0);
    }
}
