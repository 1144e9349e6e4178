package dev.jeton.data;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * The IDX files of MNIST and its family (Fashion-MNIST, KMNIST, EMNIST), gzipped or not.
 *
 * <p>A folder holds {@code train-images-idx3-ubyte} and {@code train-labels-idx1-ubyte}, and the same with {@code t10k}
 * or {@code test} for the test part; a name may have a prefix ({@code emnist-letters-train-…}), a dot for the dash before
 * {@code idx}, and {@code .gz} behind it. Images without a label file have no labels.
 *
 * <p>The format: two zero bytes, 8 for unsigned bytes, the number of dimensions, each dimension as a big-endian int, the
 * values (LeCun, Cortes, Burges: The MNIST database of handwritten digits).
 */
public final class Idx {
    /** The most bytes of images that are read. */
    static final long MAX_BYTES = Integer.MAX_VALUE - 8L;

    /** Deflate makes at most 1,032 bytes of one. */
    private static final int MAX_GZIP_RATIO = 1032;

    private static final Pattern IMAGES =
            Pattern.compile("((?:.*-)?)(train|t10k|test)-images([-.])idx3-ubyte((?:\\.gz)?)");

    private Idx() {}

    /**
     * The training images of a folder of IDX files.
     *
     * @throws DataException if there are none, or the files are broken
     */
    public static ImageSource images(Path folder) {
        return images(folder, Split.TRAIN);
    }

    /**
     * The images of one part of a folder of IDX files, and their labels where the folder has them.
     *
     * @throws DataException if there are none, or the files are broken
     */
    public static ImageSource images(Path folder, Split split) {
        Path images = find(folder, split)
                .orElseThrow(() -> new DataException(
                        folder, "no IDX images of the " + split + " part (train-images-idx3-ubyte or the like)"));
        return withLabelsBeside(images);
    }

    /** The images of one IDX file, with the labels of the file beside it where there is one. */
    static ImageSource withLabelsBeside(Path images) {
        Optional<Path> labels = labelsOf(images);
        return labels.isPresent() ? images(images, labels.get()) : read(images, new byte[0]);
    }

    /** Whether a file is named as IDX images. */
    static boolean isNamed(Path file) {
        return IMAGES.matcher(file.getFileName().toString()).matches();
    }

    /**
     * The images of one IDX file with the labels of another.
     *
     * @throws DataException if the files are broken or do not belong together
     */
    public static ImageSource images(Path images, Path labels) {
        byte[] values = readValues(labels, 1).bytes;
        ImageSource source = read(images, values);
        if (source.size() != values.length) {
            throw new DataException(labels, values.length + " labels for " + source.size() + " images of " + images);
        }
        return source;
    }

    /** Whether a folder has IDX images. */
    static boolean isIn(Path folder) {
        return find(folder, Split.TRAIN).isPresent() || find(folder, Split.TEST).isPresent();
    }

    private static Optional<Path> find(Path folder, Split split) {
        // one name for the gzipped and the plain file; the plain one, which sorts first, is read faster
        var found = new TreeMap<String, Path>();
        try (Stream<Path> files = Files.list(folder)) {
            files.sorted().forEach(file -> {
                Matcher name = IMAGES.matcher(file.getFileName().toString());
                if (name.matches() && name.group(2).equals("train") == (split == Split.TRAIN)) {
                    found.putIfAbsent(name.group(1) + name.group(2), file);
                }
            });
        } catch (IOException e) {
            throw new DataException(folder, "cannot be listed as a folder", e);
        }
        if (found.size() > 1) {
            throw new DataException(
                    folder, "IDX images of more than one dataset; name the files: " + List.copyOf(found.values()));
        }
        return found.values().stream().findFirst();
    }

    private static Optional<Path> labelsOf(Path images) {
        Matcher name = IMAGES.matcher(images.getFileName().toString());
        if (!name.matches()) {
            throw new IllegalArgumentException("not named as IDX images: " + images);
        }
        String labels = name.group(1) + name.group(2) + "-labels" + name.group(3) + "idx1-ubyte";
        return Stream.of(labels, labels + ".gz")
                .map(images::resolveSibling)
                .filter(Files::exists)
                .findFirst();
    }

    private static ImageSource read(Path file, byte[] labels) {
        Values images = readValues(file, 3);
        int height = images.dimensions.get(1);
        int width = images.dimensions.get(2);
        if (height < 1 || width < 1 || height > ImageShape.MAX_SIDE || width > ImageShape.MAX_SIDE) {
            throw new DataException(file, "header: images of " + height + " × " + width + " pixels");
        }
        var shape = new ImageShape(1, height, width);
        int classes = 0;
        for (byte label : labels) {
            classes = Math.max(classes, (label & 0xff) + 1);
        }
        List<String> names =
                IntStream.range(0, classes).mapToObj(Integer::toString).toList();
        int size = images.dimensions.getFirst();
        return new PackedImages(size, shape, images.bytes, 0, shape.bytes(), names, labels);
    }

    /** What a file holds. */
    private static final class Values {
        final List<Integer> dimensions;
        final byte[] bytes;

        Values(List<Integer> dimensions, byte[] bytes) {
            this.dimensions = dimensions;
            this.bytes = bytes;
        }
    }

    private static Values readValues(Path file, int rank) {
        try (var in = new DataInputStream(open(file))) {
            int magic = in.readInt();
            if (magic != (0x0800 | rank)) {
                throw new DataException(
                        file,
                        "header: starts with 0x%08x, not with 0x%08x (unsigned bytes in %d dimensions)"
                                .formatted(magic, 0x0800 | rank, rank));
            }
            var dimensions = new ArrayList<Integer>();
            long bytes = 1;
            for (int i = 0; i < rank; i++) {
                int dimension = in.readInt();
                dimensions.add(dimension);
                if (dimension < 0 || (bytes *= dimension) > MAX_BYTES) {
                    throw new DataException(file, "header: more than 2 GiB of values: dimensions " + dimensions);
                }
            }
            if (bytes > Files.size(file) * MAX_GZIP_RATIO) {
                throw new DataException(file, "ends before the " + bytes + " values that its header promises");
            }
            byte[] values = in.readNBytes((int) bytes);
            if (values.length < bytes || in.read() >= 0) {
                throw new DataException(
                        file,
                        (values.length < bytes ? "ends after " + values.length : "goes on after the")
                                + " values; its header promises " + bytes);
            }
            return new Values(dimensions, values);
        } catch (EOFException e) {
            throw new DataException(file, "ends early: not a whole IDX file", e);
        } catch (IOException e) {
            throw new DataException(file, "cannot be read as IDX: " + e.getMessage(), e);
        }
    }

    private static InputStream open(Path file) throws IOException {
        InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        try {
            raw.mark(2);
            boolean gzip = raw.read() == 0x1f && raw.read() == 0x8b;
            raw.reset();
            return gzip ? new GZIPInputStream(raw, 1 << 16) : raw;
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }
}
