package dev.jeton.models.vq;

import dev.jeton.data.ImageShape;

/** What the sizes of both autoencoders must fulfil. */
final class Sizes {
    private Sizes() {}

    static void check(
            ImageShape image, int downsampling, int width, int residualBlocks, int residualWidth, int codeSize) {
        if (downsampling < 2 || Integer.bitCount(downsampling) != 1) {
            throw new IllegalArgumentException("downsampling: must be a power of two from 2 on, got " + downsampling);
        }
        if (image.height() % downsampling != 0 || image.width() % downsampling != 0) {
            throw new IllegalArgumentException("image: height and width must be multiples of the downsampling "
                    + downsampling + ": " + image.height() + " × " + image.width());
        }
        if (width < 2 || width % 2 != 0) {
            throw new IllegalArgumentException("width: must be even and positive, got " + width);
        }
        if (residualBlocks < 0 || residualWidth < 1 || codeSize < 1) {
            throw new IllegalArgumentException("residualBlocks must not be negative, residualWidth and codeSize must be"
                    + " positive, got " + residualBlocks + ", " + residualWidth + " and " + codeSize);
        }
    }
}
