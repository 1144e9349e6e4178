package dev.jeton.data;

/**
 * The extent of an image.
 *
 * @param channels 1 (grey) or 3 (red, green, blue)
 * @param height rows
 * @param width columns
 */
public record ImageShape(int channels, int height, int width) {
    /** The longest side that an image may have. */
    static final int MAX_SIDE = 1 << 16;

    /**
     * Checks the extent.
     *
     * @throws IllegalArgumentException if there are neither 1 nor 3 channels, or a side is not in 1..65536, or the image
     *     has more bytes than an array can hold
     */
    public ImageShape {
        if (channels != 1 && channels != 3) {
            throw new IllegalArgumentException("ImageShape: channels must be 1 or 3, got " + channels);
        }
        if (height < 1 || width < 1 || height > MAX_SIDE || width > MAX_SIDE) {
            throw new IllegalArgumentException(
                    "ImageShape: sides must be in 1.." + MAX_SIDE + ", got " + height + " × " + width);
        }
        if ((long) channels * height * width > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(
                    "ImageShape: more than 2 GiB an image: " + channels + " × " + height + " × " + width);
        }
    }

    /** Bytes of one image: channels × height × width. */
    public int bytes() {
        return channels * height * width;
    }

    @Override
    public String toString() {
        return "[" + channels + ", " + height + ", " + width + "]";
    }
}
