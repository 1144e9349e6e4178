package dev.jeton.cli;

import dev.jeton.cli.output.OutputFile;
import dev.jeton.data.Colours;
import dev.jeton.data.ImageOptions;
import dev.jeton.data.ImageShape;
import dev.jeton.data.ImageSource;
import dev.jeton.data.Images;
import dev.jeton.data.Pictures;
import dev.jeton.data.Split;
import dev.jeton.train.RunFolder;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/** Pictures in and out of commands. */
final class PictureFiles {
    private PictureFiles() {}

    /** Opens pictures to learn from and brings them to a shape. */
    static ImageSource open(String data, ImageShape shape) {
        return open(data, Split.TRAIN, shape);
    }

    /** Opens a part of pictures and brings them to a shape. */
    static ImageSource open(String data, Split split, ImageShape shape) {
        return Images.open(
                data,
                ImageOptions.defaults()
                        .withSplit(split)
                        .withSize(shape.height(), shape.width())
                        .withColours(shape.channels() == 1 ? Colours.GREY : Colours.RGB));
    }

    /** Opens what a model of this shape is shown: the data given, or that which the run was trained on. */
    static ImageSource shown(Path run, @Nullable String data, ImageShape shape) {
        return open(data != null ? data : trainedOn(run), shape);
    }

    /** Returns pictures by their numbers. */
    static List<BufferedImage> take(ImageSource images, int... numbers) {
        return IntStream.of(numbers)
                .peek(number -> checkNumber(images, number))
                .mapToObj(number -> Pictures.of(images.pixels(number), images.shape()))
                .toList();
    }

    private static void checkNumber(ImageSource images, int number) {
        if (number < 0 || number >= images.size()) {
            throw new UsageException(
                    "the data has " + images.size() + " pictures, numbered from 0: there is no number " + number);
        }
    }

    private static String trainedOn(Path run) {
        if (RunFolder.at(run).config().get("training") instanceof Map<?, ?> training
                && training.get("data") instanceof String name) {
            return name;
        }
        throw new UsageException("--data: say which pictures; the run does not");
    }

    /** Writes a PNG file in one step, or to standard output for {@code -}. */
    static void write(BufferedImage picture, Path file) throws IOException {
        writeBytes(Pictures.png(picture), file);
    }

    /** Writes a file in one step, or to standard output for {@code -}. */
    static void writeBytes(byte[] bytes, Path file) throws IOException {
        if (file.toString().equals("-")) {
            System.out.write(bytes);
            System.out.flush();
            return;
        }
        OutputFile.write(file, bytes);
    }

    /** Returns a picture's file, or what comes from standard input for {@code -}. */
    static BufferedImage read(Path file) throws IOException {
        boolean piped = file.toString().equals("-");
        if (Files.isDirectory(file)) {
            throw new UsageException(file + ": a folder, not an image");
        }
        byte[] bytes = piped ? System.in.readAllBytes() : Files.readAllBytes(file);
        String name = piped ? "standard input" : file.toString();
        BufferedImage picture;
        try {
            picture = ImageIO.read(new ByteArrayInputStream(bytes));
        } catch (IOException e) {
            throw new UsageException(name + ": a broken image: " + e.getMessage(), e);
        }
        if (picture == null) {
            throw new UsageException(name + ": not a PNG, JPEG, BMP or GIF image");
        }
        return picture;
    }
}
