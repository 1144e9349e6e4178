package dev.jeton.data;

import java.util.Arrays;

/** One image in memory, as unsigned bytes {@code [C, H, W]}. */
final class Planes {
    private final ImageShape shape;
    private final byte[] pixels;

    Planes(ImageShape shape, byte[] pixels) {
        this.shape = shape;
        this.pixels = pixels;
    }

    ImageShape shape() {
        return shape;
    }

    byte[] pixels() {
        return pixels;
    }

    /** This image in another size and number of channels. */
    Planes to(ImageShape target, Fit fit) {
        Planes coloured = target.channels() == shape.channels() ? this : target.channels() == 1 ? grey() : rgb();
        if (coloured.shape.equals(target)) {
            return coloured;
        }
        return Resampler.resample(coloured, fit.box(shape.height(), shape.width(), target), target);
    }

    private Planes grey() {
        int area = shape.height() * shape.width();
        byte[] grey = new byte[area];
        for (int i = 0; i < area; i++) {
            grey[i] = luma(pixels[i] & 0xff, pixels[area + i] & 0xff, pixels[2 * area + i] & 0xff);
        }
        return new Planes(new ImageShape(1, shape.height(), shape.width()), grey);
    }

    private Planes rgb() {
        int area = pixels.length;
        byte[] rgb = Arrays.copyOf(pixels, 3 * area);
        System.arraycopy(pixels, 0, rgb, area, area);
        System.arraycopy(pixels, 0, rgb, 2 * area, area);
        return new Planes(new ImageShape(3, shape.height(), shape.width()), rgb);
    }

    /** ITU-R BT.601 luma. */
    private static byte luma(int red, int green, int blue) {
        return (byte) ((299 * red + 587 * green + 114 * blue + 500) / 1000);
    }
}
