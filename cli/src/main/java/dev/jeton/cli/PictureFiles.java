package dev.jeton.cli;

import dev.jeton.data.Fit;
import dev.jeton.data.ImageShape;
import dev.jeton.data.ImageSource;
import dev.jeton.data.Images;
import dev.jeton.data.Pictures;
import dev.jeton.train.RunFolder;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/** Pictures in and out of commands. */
final class PictureFiles {
    private PictureFiles() {}

    /** Returns the first pictures of a data set: of the one given, or of that which the run was trained on. */
    static List<BufferedImage> of(Path run, @Nullable String data, int from, int count) {
        ImageSource images = Images.open(data != null ? data : trainedOn(run));
        if (from + count > images.size()) {
            throw new UsageException(
                    "the data has " + images.size() + " images, " + (from + count) + " were asked for");
        }
        return IntStream.range(from, from + count)
                .mapToObj(i -> Pictures.of(images.pixels(i), images.shape()))
                .toList();
    }

    private static String trainedOn(Path run) {
        if (RunFolder.at(run).config().get("training") instanceof Map<?, ?> training
                && training.get("data") instanceof String name) {
            return name;
        }
        throw new UsageException("--data: say which pictures; the run does not");
    }

    /** Returns pictures of one shape side by side in rows. */
    static BufferedImage grid(List<BufferedImage> pictures, int columns, int scale) {
        BufferedImage first = pictures.getFirst();
        boolean grey = first.getRaster().getNumBands() == 1;
        var shape = new ImageShape(grey ? 1 : 3, first.getHeight(), first.getWidth());
        List<byte[]> pixels =
                pictures.stream().map(p -> Pictures.pixels(p, shape, Fit.CROP)).toList();
        return Pictures.grid(pixels, shape, columns, scale);
    }

    /** Returns a PNG file's content. */
    static byte[] png(BufferedImage picture) throws IOException {
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(picture, "png", bytes);
        return bytes.toByteArray();
    }

    /** Writes a PNG file in one step, or to standard output for {@code -}. */
    static void write(BufferedImage picture, Path file) throws IOException {
        writeBytes(png(picture), file);
    }

    /** Writes a file in one step, or to standard output for {@code -}. */
    static void writeBytes(byte[] bytes, Path file) throws IOException {
        if (file.toString().equals("-")) {
            System.out.write(bytes);
            System.out.flush();
            return;
        }
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path fresh = Files.createTempFile(folder, ".jeton", null);
        Files.write(fresh, bytes);
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Returns a picture's file, or what comes from standard input for {@code -}. */
    static BufferedImage read(Path file) throws IOException {
        byte[] bytes = file.toString().equals("-") ? System.in.readAllBytes() : Files.readAllBytes(file);
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(bytes));
        if (picture == null) {
            throw new UsageException(file + ": not a PNG, JPEG, BMP or GIF image");
        }
        return picture;
    }
}
