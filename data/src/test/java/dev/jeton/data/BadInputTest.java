package dev.jeton.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random bytes and mutated files: what comes out is images or a {@link DataException} that names the file. */
@Timeout(120)
class BadInputTest {
    @TempDir
    Path folder;

    /** Reads a file. */
    private interface Reader {
        void read(byte[] file) throws IOException;
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg", "bmp", "gif"})
    void images(String format) throws IOException {
        byte[] file = ImagesTest.encode(Pictures.of(Mosaic.images(16, 1).pixels(0), new ImageShape(3, 16, 16)), format);
        Reader reader = bytes -> ImageDecoder.decode("picture." + format, bytes);
        mutate(file, 3000, "picture." + format, reader);
        noise(file, 8, 500, reader);
    }

    @Test
    void idx() throws IOException {
        Path file = folder.resolve("train-images-idx3-ubyte");
        Reader reader = bytes -> {
            Files.write(file, bytes);
            readAll(Idx.images(folder));
        };
        byte[] plain = IdxTest.idx(new byte[24], 4, 2, 3);
        mutate(plain, 500, file.toString(), reader);
        mutate(gzip(plain), 500, file.toString(), reader);
        noise(plain, 4, 300, reader);
    }

    @Test
    void cifar() throws IOException {
        Path file = folder.resolve("data_batch_1.bin");
        mutate(new byte[2 * 3073], 300, file.toString(), bytes -> {
            Files.write(file, bytes);
            readAll(Cifar10.images(folder));
        });
    }

    @Test
    void zip() throws IOException {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            for (int i = 0; i < 3; i++) {
                zip.putNextEntry(new ZipEntry("class" + i % 2 + "/" + i + ".png"));
                zip.write(picture(i));
            }
        }
        archive(out.toByteArray(), "pictures.zip");
    }

    @Test
    void tar() throws IOException {
        archive(tarOfPictures(), "pictures.tar");
        archive(gzip(tarOfPictures()), "pictures.tar.gz");
    }

    private void archive(byte[] bytes, String name) throws IOException {
        Path file = folder.resolve(name);
        Reader reader = mutated -> {
            Files.write(file, mutated);
            readAll(Images.open(file.toString()));
        };
        reader.read(bytes);
        mutate(bytes, 400, name, reader);
        noise(bytes, 4, 300, reader);
    }

    @Test
    void aGzippedTarThatUnpacksToTooMuchIsRefused() throws IOException {
        Path file = folder.resolve("bomb.tar.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(tarOfPictures());
            for (int i = 0; i < 80; i++) {
                out.write(new byte[1 << 20]);
            }
        }
        assertThatThrownBy(() -> Images.open(file.toString()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("bomb.tar.gz")
                .hasMessageContaining("more than 100 times its size");
    }

    @Test
    void aMutatedImageIsNamedInItsArchive() throws IOException {
        Path file = folder.resolve("pictures.zip");
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (int i = 0; i < 100; i++) {
                zip.putNextEntry(new ZipEntry(i + ".png"));
                zip.write(i == 52 ? new byte[] {(byte) 0x89, 'P', 'N', 'G', 0, 0} : picture(1));
            }
        }
        ImageSource images = Images.open(file.toString());
        int failed = 0;
        for (int i = 0; i < images.size(); i++) {
            try {
                images.pixels(i);
            } catch (DataException e) {
                assertThat(e).hasMessageContaining("pictures.zip!/52.png: broken PNG");
                assertThat(e.file()).endsWith("pictures.zip!/52.png");
                failed++;
            }
        }
        assertThat(failed).isEqualTo(1);
    }

    private static byte[] tarOfPictures() throws IOException {
        var out = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(out)) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (int i = 0; i < 3; i++) {
                byte[] picture = picture(i);
                var entry = new TarArchiveEntry("a-rather-long-name-of-a-folder/".repeat(i * 2) + i + ".png");
                entry.setSize(picture.length);
                tar.putArchiveEntry(entry);
                tar.write(picture);
                tar.closeArchiveEntry();
            }
        }
        return out.toByteArray();
    }

    private static byte[] picture(int i) throws IOException {
        return ImagesTest.encode(Pictures.of(Glyphs.images(1).pixels(i), new ImageShape(1, 28, 28)), "png");
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        var out = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private static void readAll(ImageSource images) {
        byte[] pixels = new byte[images.shape().bytes()];
        for (int i = 0; i < images.size(); i++) {
            images.read(i, pixels, 0);
            if (images.labelled()) {
                assertThat(images.label(i)).isBetween(0, images.labelNames().size() - 1);
            }
        }
    }

    /** Changes, cuts, doubles and sets to extremes a few bytes of a file. */
    private static void mutate(byte[] file, int times, String name, Reader reader) {
        int refused = 0;
        for (int seed = 0; seed < times; seed++) {
            var random = new Random(seed);
            byte[] mutated = file.clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                // the beginning, where headers are, half of the time
                int at = random.nextInt(random.nextBoolean() ? Math.min(64, file.length) : file.length);
                mutated[at] = random.nextBoolean() ? (byte) random.nextInt() : (byte) -random.nextInt(2);
            }
            if (random.nextInt(4) == 0) {
                mutated = Arrays.copyOf(mutated, random.nextInt(file.length + 64));
            }
            refused += tried(mutated, seed, name, reader) ? 0 : 1;
        }
        assertThat(refused).as("files refused of " + times).isBetween(times / 20, times);
    }

    /** Random bytes behind the true beginning of a file. */
    private static void noise(byte[] file, int kept, int times, Reader reader) {
        for (int seed = 0; seed < times; seed++) {
            var random = new Random(seed);
            byte[] noise = new byte[kept + random.nextInt(600)];
            random.nextBytes(noise);
            if (random.nextBoolean()) {
                System.arraycopy(file, 0, noise, 0, kept);
            }
            tried(noise, seed, "", reader);
        }
    }

    private static boolean tried(byte[] bytes, int seed, String name, Reader reader) {
        try {
            reader.read(bytes);
            return true;
        } catch (DataException e) {
            assertThat(e.getMessage()).as("seed " + seed).contains(name);
            return false;
        } catch (IOException | RuntimeException | Error e) {
            return fail("seed " + seed, e);
        }
    }
}
