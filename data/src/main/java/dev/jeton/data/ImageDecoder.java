package dev.jeton.data;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Decodes PNG, JPEG, BMP and GIF files (of a GIF the first frame) by the readers of the JDK. */
final class ImageDecoder {
    /** The most pixels of an image that is decoded: 8192 × 8192. */
    static final long MAX_PIXELS = 1L << 26;

    /** The most pixels that one byte of a file stands for: PNG, the densest of the formats, comes to 8 × 1,032. */
    static final long MAX_PIXELS_PER_BYTE = 10_000;

    private static final Set<String> EXTENSIONS = Set.of("png", "jpg", "jpeg", "bmp", "gif");

    private ImageDecoder() {}

    /** What a file says of its image before the pixels are decoded. */
    record Header(int height, int width, boolean grey) {}

    /** What is done with an open reader. */
    private interface Use<T> {
        T with(ImageReader reader) throws IOException;
    }

    /** Whether a file's name has the extension of an image. */
    static boolean isNamed(String file) {
        return EXTENSIONS.contains(extension(file));
    }

    /** What stands behind the last dot of a file's name, in lower case. */
    static String extension(String file) {
        return file.substring(file.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    /**
     * Reads the header of an image.
     *
     * @param file named in exceptions
     */
    static Header header(String file, byte[] encoded) {
        return read(file, encoded, reader -> header(file, encoded, reader));
    }

    /**
     * Decodes an image in its own size and colours, one channel if it is grey.
     *
     * @param file named in exceptions
     */
    static Planes decode(String file, byte[] encoded) {
        BufferedImage image = read(file, encoded, reader -> {
            header(file, encoded, reader);
            return reader.read(0);
        });
        return Pictures.planes(image);
    }

    private static Header header(String file, byte[] encoded, ImageReader reader) throws IOException {
        int height = reader.getHeight(0);
        int width = reader.getWidth(0);
        long pixels = (long) height * width;
        if (height < 1
                || width < 1
                || height > ImageShape.MAX_SIDE
                || width > ImageShape.MAX_SIDE
                || pixels > MAX_PIXELS) {
            throw new DataException(
                    file, "header: %d × %d pixels; at most %d are decoded".formatted(height, width, MAX_PIXELS));
        }
        if (pixels > encoded.length * MAX_PIXELS_PER_BYTE) {
            throw new DataException(
                    file, "header: %d × %d pixels cannot come of %d bytes".formatted(height, width, encoded.length));
        }
        return new Header(height, width, isGrey(reader.getImageTypes(0).next().getColorModel()));
    }

    /** Whether every colour of a model is a grey. */
    static boolean isGrey(ColorModel model) {
        if (!(model instanceof IndexColorModel palette)) {
            return model.getNumColorComponents() == 1;
        }
        for (int i = 0; i < palette.getMapSize(); i++) {
            if (palette.getRed(i) != palette.getGreen(i) || palette.getGreen(i) != palette.getBlue(i)) {
                return false;
            }
        }
        return true;
    }

    private static <T> T read(String file, byte[] encoded, Use<T> use) {
        String format = format(encoded)
                .orElseThrow(() -> new DataException(file, "does not begin as a PNG, JPEG, BMP or GIF file does"));
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
        if (!readers.hasNext()) {
            throw new DataException(file, "this Java runtime has no reader for " + format);
        }
        ImageReader reader = readers.next();
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(encoded))) {
            reader.setInput(in, true, true);
            return use.with(reader);
        } catch (DataException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // on broken files the JDK's readers throw whatever their arithmetic runs into, not only IIOException
            throw new DataException(file, "broken " + format + ": " + e.getMessage(), e);
        } finally {
            reader.dispose();
        }
    }

    private static Optional<String> format(byte[] encoded) {
        int magic = encoded.length < 4 ? 0 : ByteBuffer.wrap(encoded).getInt();
        if (magic == 0x89504e47) {
            return Optional.of("PNG");
        }
        if (magic >>> 8 == 0xffd8ff) {
            return Optional.of("JPEG");
        }
        if (magic == 0x47494638) {
            return Optional.of("GIF");
        }
        return magic >>> 16 == 0x424d ? Optional.of("BMP") : Optional.empty();
    }
}
