package dev.jeton.data;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;

/** Pictures of the JDK to and from unsigned bytes {@code [C, H, W]}. */
public final class Pictures {
    private Pictures() {}

    /** An image as a picture of the JDK, grey or RGB. */
    public static BufferedImage of(byte[] pixels, ImageShape shape) {
        return grid(List.of(pixels), shape, 1, 1);
    }

    /**
     * Images side by side in rows, on white, with gaps of two pixels.
     *
     * @param images unsigned bytes {@code [C, H, W]} each
     * @param columns how many in a row
     * @param scale each pixel becomes a square of this side
     * @throws IllegalArgumentException if there is no image, one is not of the shape, or columns or scale are below 1
     */
    public static BufferedImage grid(List<byte[]> images, ImageShape shape, int columns, int scale) {
        if (images.isEmpty() || columns < 1 || scale < 1) {
            throw new IllegalArgumentException("grid: needs images, columns and a scale of at least 1, got "
                    + images.size() + ", " + columns + ", " + scale);
        }
        int across = Math.min(columns, images.size());
        int down = Math.ceilDiv(images.size(), columns);
        int gap = images.size() == 1 ? 0 : 2;
        int width = across * (shape.width() * scale + gap) + gap;
        int height = down * (shape.height() * scale + gap) + gap;
        var picture = new BufferedImage(
                width, height, shape.channels() == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
        WritableRaster raster = picture.getRaster();
        int[] white = new int[width * height * shape.channels()];
        Arrays.fill(white, 255);
        raster.setPixels(0, 0, width, height, white);
        for (int i = 0; i < images.size(); i++) {
            int left = gap + i % columns * (shape.width() * scale + gap);
            int top = gap + i / columns * (shape.height() * scale + gap);
            paint(raster, left, top, images.get(i), shape, scale);
        }
        return picture;
    }

    /**
     * Pictures of the JDK side by side in rows, on white, with gaps of two pixels; those of another shape than the first
     * are resized and cut to it.
     *
     * @param columns how many in a row
     * @param scale each pixel becomes a square of this side
     * @throws IllegalArgumentException if there is no picture, or columns or scale are below 1
     */
    public static BufferedImage grid(List<BufferedImage> pictures, int columns, int scale) {
        if (pictures.isEmpty()) {
            throw new IllegalArgumentException("grid: needs at least one picture");
        }
        BufferedImage first = pictures.getFirst();
        boolean grey = first.getRaster().getNumBands() == 1;
        var shape = new ImageShape(grey ? 1 : 3, first.getHeight(), first.getWidth());
        return grid(pictures.stream().map(p -> pixels(p, shape, Fit.CROP)).toList(), shape, columns, scale);
    }

    /** The content of a PNG file with a picture. */
    public static byte[] png(BufferedImage picture) {
        var bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(picture, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not refuse
        }
        return bytes.toByteArray();
    }

    private static void paint(WritableRaster raster, int left, int top, byte[] pixels, ImageShape shape, int scale) {
        if (pixels.length != shape.bytes()) {
            throw new IllegalArgumentException(
                    "an image of " + shape + " has " + shape.bytes() + " bytes, got " + pixels.length);
        }
        int area = shape.height() * shape.width();
        int channels = shape.channels();
        int[] row = new int[shape.width() * scale * channels];
        for (int y = 0; y < shape.height(); y++) {
            int at = 0;
            for (int x = 0; x < shape.width() * scale; x++) {
                for (int c = 0; c < channels; c++) {
                    row[at++] = pixels[c * area + y * shape.width() + x / scale] & 0xff;
                }
            }
            for (int i = 0; i < scale; i++) {
                raster.setPixels(left, top + y * scale + i, shape.width() * scale, 1, row);
            }
        }
    }

    /**
     * A picture of the JDK as unsigned bytes {@code [C, H, W]} of a shape: resized and, where proportions differ, cut or
     * stretched. What is transparent becomes white.
     */
    public static byte[] pixels(BufferedImage picture, ImageShape shape, Fit fit) {
        return planes(picture).to(shape, fit).pixels();
    }

    /** A picture in its own size, one channel if its colour model has only greys. */
    static Planes planes(BufferedImage picture) {
        var shape = new ImageShape(
                ImageDecoder.isGrey(picture.getColorModel()) ? 1 : 3, picture.getHeight(), picture.getWidth());
        byte[] pixels = new byte[shape.bytes()];
        if (holdsSamples(picture.getColorModel())) {
            copySamples(picture, shape, pixels);
        } else {
            copyColours(picture, shape, pixels);
        }
        return new Planes(shape, pixels);
    }

    /**
     * Whether the raster has sRGB or grey samples as they are. Greys must not go through {@code getRGB}: the JDK takes
     * them for linear light and would brighten them.
     */
    private static boolean holdsSamples(ColorModel model) {
        return model instanceof ComponentColorModel
                && !model.isAlphaPremultiplied()
                && (model.getTransferType() == DataBuffer.TYPE_BYTE
                        || model.getTransferType() == DataBuffer.TYPE_USHORT)
                && (model.getNumColorComponents() == 1 || model.getColorSpace().isCS_sRGB());
    }

    private static void copySamples(BufferedImage picture, ImageShape shape, byte[] pixels) {
        Raster raster = picture.getRaster();
        int bands = raster.getNumBands();
        boolean wide = picture.getColorModel().getTransferType() == DataBuffer.TYPE_USHORT;
        boolean alpha = picture.getColorModel().hasAlpha();
        int[] row = new int[shape.width() * bands];
        int at = 0;
        int area = shape.height() * shape.width();
        for (int y = 0; y < shape.height(); y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, shape.width(), 1, row);
            for (int x = 0; x < row.length; x += bands, at++) {
                int opacity = alpha ? narrow(row[x + bands - 1], wide) : 255;
                for (int c = 0; c < shape.channels(); c++) {
                    pixels[c * area + at] = onWhite(narrow(row[x + c], wide), opacity);
                }
            }
        }
    }

    private static void copyColours(BufferedImage picture, ImageShape shape, byte[] pixels) {
        int[] row = new int[shape.width()];
        int at = 0;
        int area = shape.height() * shape.width();
        for (int y = 0; y < shape.height(); y++) {
            picture.getRGB(0, y, shape.width(), 1, row, 0, shape.width());
            for (int argb : row) {
                for (int c = 0; c < shape.channels(); c++) {
                    pixels[c * area + at] = onWhite(argb >> (16 - 8 * c) & 0xff, argb >>> 24);
                }
                at++;
            }
        }
    }

    private static int narrow(int sample, boolean wide) {
        return wide ? (sample * 255 + 32_767) / 65_535 : sample;
    }

    private static byte onWhite(int sample, int opacity) {
        return (byte) ((sample * opacity + 255 * (255 - opacity) + 127) / 255);
    }
}
