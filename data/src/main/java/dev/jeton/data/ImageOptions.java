package dev.jeton.data;

import org.jspecify.annotations.Nullable;

/**
 * How {@link Images#open(String, ImageOptions)} reads images.
 *
 * @param size what every image is brought to; absent: images keep the size that all of them must then have
 * @param fit how an image comes to another aspect ratio
 * @param colours how many channels
 * @param split the part of a dataset that comes in two: {@code train} and {@code test} folders, IDX and CIFAR-10 files
 */
public record ImageOptions(@Nullable Size size, Fit fit, Colours colours, Split split) {
    /** Height and width in pixels. */
    public record Size(int height, int width) {
        /**
         * Checks the sides.
         *
         * @throws IllegalArgumentException if a side is not in 1..65536
         */
        public Size {
            new ImageShape(1, height, width);
        }

        @Override
        public String toString() {
            return height + " × " + width;
        }
    }

    /** The training part, in the images' own size and colours. */
    public static ImageOptions defaults() {
        return new ImageOptions(null, Fit.CROP, Colours.AUTO, Split.TRAIN);
    }

    /** Brings every image to a square. */
    public ImageOptions withSize(int side) {
        return withSize(side, side);
    }

    /** Brings every image to this size. */
    public ImageOptions withSize(int height, int width) {
        return new ImageOptions(new Size(height, width), fit, colours, split);
    }

    /** Changes how an image comes to another aspect ratio. */
    public ImageOptions withFit(Fit fit) {
        return new ImageOptions(size, fit, colours, split);
    }

    /** Changes the channels. */
    public ImageOptions withColours(Colours colours) {
        return new ImageOptions(size, fit, colours, split);
    }

    /** Chooses the part. */
    public ImageOptions withSplit(Split split) {
        return new ImageOptions(size, fit, colours, split);
    }

    /** What images of these channels and this size become. */
    ImageShape shape(int channels, int height, int width) {
        int chosen = switch (colours) {
            case AUTO -> channels;
            case GREY -> 1;
            case RGB -> 3;
        };
        return size == null
                ? new ImageShape(chosen, height, width)
                : new ImageShape(chosen, size.height(), size.width());
    }
}
