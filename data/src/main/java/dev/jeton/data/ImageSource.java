package dev.jeton.data;

import java.util.List;
import java.util.Objects;

/**
 * Pictures of one shape, numbered from 0, with or without labels.
 *
 * <p>Sources are immutable and may be read by several threads at once; image {@code i} is the same bytes whenever it is
 * read. A source that reads from an archive holds the file open until the source is no longer reachable.
 */
public interface ImageSource {
    /** The size of a source that draws pictures without end: every {@code int} is an index. */
    int ENDLESS = Integer.MAX_VALUE;

    /** How many images there are; {@link #ENDLESS} for a world that is drawn on the spot. */
    int size();

    /** Channels, height and width, the same for every image. */
    ImageShape shape();

    /** The names of the labels, {@code labelNames().get(label(i))} is that of image i; empty where there are no labels. */
    List<String> labelNames();

    /**
     * The label of an image.
     *
     * @throws IllegalStateException if the source has no labels
     * @throws IndexOutOfBoundsException if there is no such image
     */
    int label(int index);

    /**
     * Writes an image as unsigned bytes {@code [C, H, W]} to {@code target} from {@code offset} on.
     *
     * @throws IndexOutOfBoundsException if there is no such image, or no room for it
     * @throws DataException if the image's file is broken
     */
    void read(int index, byte[] target, int offset);

    /** An image as unsigned bytes {@code [C, H, W]}. */
    default byte[] pixels(int index) {
        byte[] pixels = new byte[shape().bytes()];
        read(index, pixels, 0);
        return pixels;
    }

    /** Whether every image has a label. */
    default boolean labelled() {
        return !labelNames().isEmpty();
    }

    /** A view of the images {@code from} (inclusive) to {@code to} (exclusive), numbered from 0. */
    default ImageSource range(int from, int to) {
        return ImageRange.of(this, from, to);
    }

    /** A view of the first {@code count} images. */
    default ImageSource take(int count) {
        return range(0, count);
    }

    /** A view of all but the first {@code count} images. */
    default ImageSource skip(int count) {
        return range(count, size());
    }

    /**
     * This source, keeping every image in memory once it was read, or this source itself if all of them together would
     * take more than {@code maxBytes}.
     */
    default ImageSource cached(long maxBytes) {
        return CachedImages.of(this, maxBytes);
    }

    /** The images in batches, made ahead by background threads; each loop over them is an epoch. */
    default Batches batches(int batchSize, Shuffle shuffle) {
        return batches(BatchOptions.of(batchSize).withShuffle(shuffle));
    }

    /** The images in batches, made ahead by background threads; each loop over them is an epoch. */
    default Batches batches(BatchOptions options) {
        return Batches.of(this, options);
    }

    /** {@code index}, if it is that of an image. */
    default int checkIndex(int index) {
        return Objects.checkIndex(index, size());
    }
}
