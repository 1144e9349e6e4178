package dev.jeton.models.vq;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Whole numbers in NumPy's file format: a magic number, a version, the length of a header, which is a Python dictionary,
 * and the numbers.
 */
final class Npy {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int ALIGNMENT = 64;

    /** The longest header and the most numbers that are read. */
    private static final int MOST_HEADER = 1 << 16;

    private static final int MOST_VALUES = 1 << 26;

    private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*'([^']*)'");
    private static final Pattern FORTRAN = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9, ]*)\\)");

    private Npy() {}

    /** An array in rows. */
    record Grid(int[] shape, int[] values) {}

    static void write(OutputStream out, int[] shape, int[] values) throws IOException {
        String sizes = Arrays.stream(shape).mapToObj(String::valueOf).collect(Collectors.joining(", "));
        String header = "{'descr': '<i4', 'fortran_order': False, 'shape': (" + sizes + "), }";
        int start = MAGIC.length + 4;
        int padded = Math.ceilDiv(start + header.length() + 1, ALIGNMENT) * ALIGNMENT - start;
        ByteBuffer bytes =
                ByteBuffer.allocate(start + padded + 4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) padded);
        bytes.put((header + " ".repeat(padded - header.length() - 1) + "\n").getBytes(StandardCharsets.US_ASCII));
        for (int value : values) {
            bytes.putInt(value);
        }
        out.write(bytes.array());
    }

    static Grid read(InputStream in, String name) throws IOException {
        byte[] start = bytes(in, MAGIC.length + 2, name);
        if (!Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new IOException(name + ": not a NumPy file: it must begin with \\x93NUMPY");
        }
        int version = start[MAGIC.length];
        if (version < 1 || version > 3) {
            throw new IOException(name + ": NumPy's format version must be 1 to 3, it is " + version);
        }
        ByteBuffer length = littleEndian(bytes(in, version == 1 ? 2 : 4, name));
        long headerLength = version == 1 ? length.getShort() & 0xffff : length.getInt() & 0xffffffffL;
        if (headerLength > MOST_HEADER) {
            throw new IOException(
                    name + ": the header must not be longer than " + MOST_HEADER + " bytes, it is " + headerLength);
        }
        String header = new String(bytes(in, (int) headerLength, name), StandardCharsets.ISO_8859_1);
        String type = field(TYPE, header, name);
        if (!type.equals("<i4") && !type.equals("<i8")) {
            throw new IOException(name + ": codes must be int32 or int64 (<i4, <i8), they are '" + type + "'");
        }
        if (field(FORTRAN, header, name).equals("True")) {
            throw new IOException(name + ": codes must lie row by row (fortran_order False)");
        }
        int[] shape = shape(field(SHAPE, header, name), name);
        return new Grid(shape, values(in, shape, type.equals("<i8"), name));
    }

    private static String field(Pattern pattern, String header, String name) throws IOException {
        Matcher matcher = pattern.matcher(header);
        if (!matcher.find()) {
            throw new IOException(name + ": the header lacks what " + pattern + " finds: " + header.strip());
        }
        return matcher.group(1);
    }

    private static int[] shape(String text, String name) throws IOException {
        try {
            int[] shape = Arrays.stream(text.split(",", -1))
                    .map(String::strip)
                    .filter(size -> !size.isEmpty())
                    .mapToInt(Integer::parseInt)
                    .toArray();
            long count = 1;
            for (int size : shape) {
                count *= size;
                if (count > MOST_VALUES) {
                    throw new IOException(name + ": more than " + MOST_VALUES + " codes: (" + text + ")");
                }
            }
            return shape;
        } catch (NumberFormatException e) {
            throw new IOException(name + ": not a shape: (" + text + ")", e);
        }
    }

    private static int[] values(InputStream in, int[] shape, boolean wide, String name) throws IOException {
        int count = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        ByteBuffer bytes = littleEndian(bytes(in, count * (wide ? 8 : 4), name));
        int[] values = new int[count];
        for (int i = 0; i < count; i++) {
            long value = wide ? bytes.getLong() : bytes.getInt();
            if (value < 0 || value > Integer.MAX_VALUE) {
                throw new IOException(name + ": code " + i + " must be from 0 to 2³¹ - 1, it is " + value);
            }
            values[i] = (int) value;
        }
        return values;
    }

    /** Reads exactly so many bytes: memory grows with what is there, not with what a header promises. */
    private static byte[] bytes(InputStream in, int count, String name) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException(
                    name + ": ends too early: " + count + " more bytes were expected, " + bytes.length + " came");
        }
        return bytes;
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
