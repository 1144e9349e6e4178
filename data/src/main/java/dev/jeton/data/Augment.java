package dev.jeton.data;

import org.jspecify.annotations.Nullable;

/**
 * Random changes to the images of batches, others each epoch, the same ones for the same seed.
 *
 * @param padding black pixels added on every side before an image is cropped
 * @param crop the size of the part that is cut out at a random place; absent: the size of the image
 * @param flip whether half of the images are mirrored left to right
 */
public record Augment(long seed, int padding, ImageOptions.@Nullable Size crop, boolean flip) {
    /**
     * Checks the padding.
     *
     * @throws IllegalArgumentException if it is not in 0..1024
     */
    public Augment {
        if (padding < 0 || padding > 1024) {
            throw new IllegalArgumentException("Augment: padding must be in 0..1024 pixels, got " + padding);
        }
    }

    /** No change yet. */
    public static Augment seeded(long seed) {
        return new Augment(seed, 0, null, false);
    }

    /** Adds black pixels on every side before cropping. */
    public Augment withPadding(int padding) {
        return new Augment(seed, padding, crop, flip);
    }

    /** Cuts out a square of this side. */
    public Augment withCrop(int side) {
        return new Augment(seed, padding, new ImageOptions.Size(side, side), flip);
    }

    /** Mirrors half of the images. */
    public Augment withFlip() {
        return new Augment(seed, padding, crop, true);
    }

    /**
     * The shape of what comes out of images of a shape.
     *
     * @throws IllegalArgumentException if there is less to cut from than is to be cut out
     */
    ImageShape shape(ImageShape source) {
        if (crop == null) {
            return source;
        }
        if (crop.height() > source.height() + 2 * padding || crop.width() > source.width() + 2 * padding) {
            throw new IllegalArgumentException("Augment: cannot cut %s pixels out of %d × %d with %d more on every side"
                    .formatted(crop, source.height(), source.width(), padding));
        }
        return new ImageShape(source.channels(), crop.height(), crop.width());
    }

    /** Writes a changed image; {@code target} must be zero there. */
    void apply(byte[] pixels, ImageShape from, long epoch, int place, byte[] target, int offset) {
        ImageShape to = shape(from);
        var dice = new Dice(seed + Dice.mix(epoch), place);
        int top = dice.below(from.height() + 2 * padding - to.height() + 1) - padding;
        int left = dice.below(from.width() + 2 * padding - to.width() + 1) - padding;
        boolean mirror = dice.chance(0.5) && flip;
        int firstX = Math.max(0, -left);
        int endX = Math.min(to.width(), from.width() - left);
        for (int c = 0; c < to.channels(); c++) {
            for (int y = Math.max(0, -top); y < Math.min(to.height(), from.height() - top); y++) {
                int source = (c * from.height() + top + y) * from.width() + left;
                int row = offset + (c * to.height() + y) * to.width();
                for (int x = firstX; x < endX; x++) {
                    target[row + (mirror ? to.width() - 1 - x : x)] = pixels[source + x];
                }
            }
        }
    }
}
