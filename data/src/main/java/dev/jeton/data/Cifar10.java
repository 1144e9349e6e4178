package dev.jeton.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * CIFAR-10 in its binary version: {@code data_batch_1.bin} … {@code data_batch_5.bin} and {@code test_batch.bin}.
 *
 * <p>A record is a label byte and 32 × 32 pixels, all red ones, all green ones, all blue ones (Krizhevsky: Learning
 * multiple layers of features from tiny images, 2009). A folder may hold some of the training files only.
 */
public final class Cifar10 {
    private static final ImageShape SHAPE = new ImageShape(3, 32, 32);
    private static final int RECORD = 1 + SHAPE.bytes();

    /** The most bytes of images that are read. */
    private static final long MAX_BYTES = Integer.MAX_VALUE - 8L;

    private static final List<String> NAMES =
            List.of("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

    private Cifar10() {}

    /**
     * The training images of a folder.
     *
     * @throws DataException if there are none, or the files are broken
     */
    public static ImageSource images(Path folder) {
        return images(folder, Split.TRAIN);
    }

    /**
     * The images of one part of a folder.
     *
     * @throws DataException if there are none, or the files are broken
     */
    public static ImageSource images(Path folder, Split split) {
        List<Path> files = files(folder, split).toList();
        if (files.isEmpty()) {
            throw new DataException(
                    folder, "no CIFAR-10 files of the " + split + " part (data_batch_1.bin or the like)");
        }
        byte[] records = readAll(files);
        return new PackedImages(records.length / RECORD, SHAPE, records, 1, RECORD, NAMES, labels(records));
    }

    /** Whether a folder has files of CIFAR-10. */
    static boolean isIn(Path folder) {
        return Stream.of(Split.values())
                .flatMap(split -> files(folder, split))
                .findAny()
                .isPresent();
    }

    private static Stream<Path> files(Path folder, Split split) {
        Stream<String> names = switch (split) {
            case TRAIN -> IntStream.rangeClosed(1, 5).mapToObj(i -> "data_batch_" + i + ".bin");
            case TEST -> Stream.of("test_batch.bin");
        };
        return names.map(folder::resolve).filter(Files::isRegularFile);
    }

    private static byte[] readAll(List<Path> files) {
        byte[] records = new byte[0];
        for (Path file : files) {
            byte[] more = readRecords(file);
            if (records.length + (long) more.length > MAX_BYTES) {
                throw new DataException(file, "this and the files before it are more than 2 GiB");
            }
            int end = records.length;
            records = Arrays.copyOf(records, end + more.length);
            System.arraycopy(more, 0, records, end, more.length);
        }
        return records;
    }

    private static byte[] readRecords(Path file) {
        try {
            long bytes = Files.size(file);
            if (bytes == 0 || bytes % RECORD != 0) {
                throw new DataException(file, bytes + " bytes are not whole records of " + RECORD);
            }
            if (bytes > MAX_BYTES) {
                throw new DataException(file, "more than 2 GiB");
            }
            byte[] records = Files.readAllBytes(file);
            for (int at = 0; at < records.length; at += RECORD) {
                if ((records[at] & 0xff) >= NAMES.size()) {
                    throw new DataException(file, "byte " + at + ": label " + (records[at] & 0xff) + " is not in 0..9");
                }
            }
            return records;
        } catch (IOException e) {
            throw new DataException(file, "cannot be read", e);
        }
    }

    private static byte[] labels(byte[] records) {
        byte[] labels = new byte[records.length / RECORD];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = records[i * RECORD];
        }
        return labels;
    }
}
