package dev.jeton.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Opens whatever holds pictures.
 *
 * <ul>
 *   <li>{@code mosaic}, {@code glyphs}: the worlds that are drawn on the spot, of seed 0
 *   <li>a folder of {@linkplain Idx IDX files}, or one such file of images
 *   <li>a folder of {@linkplain Cifar10 CIFAR-10's binary files}
 *   <li>a folder, zip, tar or gzipped tar of PNG, JPEG, BMP and GIF files, sub-folders being labels
 * </ul>
 *
 * <p>Of images in files, folders called {@code train} and {@code test} at the root are the parts of the dataset.
 * Transparent pixels become white; of an animation the first frame counts; hidden files are passed over. An image of more
 * than 2²⁶ pixels, a file of more than 256 MiB and a gzipped tar that unpacks to more than a hundred times its size are
 * refused.
 */
public final class Images {
    private Images() {}

    /**
     * Opens the training part of what has this name or path, in its own size and colours.
     *
     * @throws DataException if it holds no pictures
     */
    public static ImageSource open(String where) {
        return open(where, ImageOptions.defaults());
    }

    /**
     * Opens what has this name or path.
     *
     * @throws DataException if it holds no pictures, or not the part that is asked for
     */
    public static ImageSource open(String where, ImageOptions options) {
        if (options.split() == Split.TEST && (where.equals("mosaic") || where.equals("glyphs"))) {
            throw new DataException(
                    where, "this world has no parts: whatever is drawn of it may be drawn to learn from");
        }
        return switch (where) {
            case "mosaic" -> mosaic(options);
            case "glyphs" -> ResizedImages.of(Glyphs.images(0), options);
            default -> open(path(where), options);
        };
    }

    /**
     * Opens a folder or archive. Decoded images are kept in memory if all of them fit into a quarter of the heap.
     *
     * @throws DataException if it holds no pictures, or not the part that is asked for
     */
    public static ImageSource open(Path path, ImageOptions options) {
        if (Files.isDirectory(path)) {
            return openFolder(path, options);
        }
        if (!Files.exists(path)) {
            throw new DataException(path, "no such file or folder, and not a world (mosaic, glyphs)");
        }
        if (Idx.isNamed(path)) {
            return ResizedImages.of(Idx.withLabelsBeside(path), options);
        }
        return kept(ImageFiles.open(openArchive(path), options));
    }

    private static ImageSource mosaic(ImageOptions options) {
        ImageOptions.Size size = options.size();
        int side = size == null ? 32 : Math.max(Mosaic.MIN_SIDE, Math.max(size.height(), size.width()));
        return ResizedImages.of(Mosaic.images(side, 0), options);
    }

    private static Path path(String where) {
        try {
            return Path.of(where);
        } catch (InvalidPathException e) {
            throw new DataException(where, "not a path: " + e.getReason(), e);
        }
    }

    private static ImageSource openFolder(Path folder, ImageOptions options) {
        if (Idx.isIn(folder)) {
            return ResizedImages.of(Idx.images(folder, options.split()), options);
        }
        if (Cifar10.isIn(folder)) {
            return ResizedImages.of(Cifar10.images(folder, options.split()), options);
        }
        return kept(ImageFiles.open(Folder.open(folder), options));
    }

    private static ImageSource kept(ImageSource images) {
        return images.cached(Runtime.getRuntime().maxMemory() / 4);
    }

    private static FileTree openArchive(Path file) {
        byte[] start;
        try (InputStream in = Files.newInputStream(file)) {
            start = in.readNBytes(512);
        } catch (IOException e) {
            throw new DataException(file, "cannot be read: " + e.getMessage(), e);
        }
        if (startsWith(start, 0, "PK")) {
            return ZipArchive.open(file);
        }
        if (startsWith(start, 0, "\u001f\u008b")) {
            return TarArchive.open(file, true);
        }
        if (startsWith(start, 257, "ustar")) {
            return TarArchive.open(file, false);
        }
        throw new DataException(
                file,
                ImageDecoder.isNamed(file.toString())
                        ? "one image, not a dataset: name the folder that it lies in"
                        : "neither a folder nor a zip, tar or gzipped tar");
    }

    private static boolean startsWith(byte[] bytes, int from, String magic) {
        byte[] wanted = magic.getBytes(StandardCharsets.ISO_8859_1);
        return bytes.length >= from + wanted.length
                && Arrays.equals(bytes, from, from + wanted.length, wanted, 0, wanted.length);
    }
}
