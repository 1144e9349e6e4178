package dev.jeton.models.vq;

import dev.jeton.torch.Shape;
import dev.jeton.torch.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;

/**
 * A picture as a grid of codes. Its file is NumPy's: {@code numpy.load} reads an int32 array {@code [h, w]}, or {@code
 * [h, w, L]} where several codes stand for each place.
 */
public final class Codes {
    private final int height;
    private final int width;
    private final int depth;
    private final int[] codes;

    private Codes(int height, int width, int depth, int[] codes) {
        this.height = height;
        this.width = width;
        this.depth = depth;
        this.codes = codes;
    }

    /**
     * Returns a grid.
     *
     * @param depth how many codes stand for each place
     * @param codes row by row, the codes of a place together
     * @throws IllegalArgumentException if a size is not positive, or does not go with the number of codes, or a code is
     *     negative
     */
    public static Codes of(int height, int width, int depth, int... codes) {
        if (height < 1 || width < 1 || depth < 1 || (long) height * width * depth != codes.length) {
            throw new IllegalArgumentException("Codes: " + height + " × " + width + " × " + depth
                    + " places must be positive and as many as the codes, got " + codes.length);
        }
        for (int code : codes) {
            if (code < 0) {
                throw new IllegalArgumentException("Codes: codes must not be negative, got " + code);
            }
        }
        return new Codes(height, width, depth, codes.clone());
    }

    /** Returns the grid of one picture's indices {@code [h, w, L]}. */
    static Codes of(Tensor indices) {
        return of((int) indices.size(0), (int) indices.size(1), (int) indices.size(2), indices.toInts());
    }

    /** Returns the indices {@code [1, h, w, L]}. */
    Tensor toTensor() {
        return Tensor.of(Arrays.stream(codes).asLongStream().toArray(), Shape.of(1, height, width, depth));
    }

    /** Returns the number of rows. */
    public int height() {
        return height;
    }

    /** Returns the number of columns. */
    public int width() {
        return width;
    }

    /** Returns how many codes stand for each place. */
    public int depth() {
        return depth;
    }

    /**
     * Returns the first code of a place, where there is one for each the only one.
     *
     * @throws IndexOutOfBoundsException if there is no such place
     */
    public int at(int row, int column) {
        return at(row, column, 0);
    }

    /**
     * Returns one of a place's codes.
     *
     * @throws IndexOutOfBoundsException if there is no such place
     */
    public int at(int row, int column, int level) {
        Objects.checkIndex(row, height);
        Objects.checkIndex(column, width);
        Objects.checkIndex(level, depth);
        return codes[(row * width + column) * depth + level];
    }

    /** Returns all codes row by row, those of a place together. */
    public int[] toArray() {
        return codes.clone();
    }

    // ---- files
    // -------------------------------------------------------------------------------------------------------

    /** Writes a NumPy file. */
    public void write(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            write(out);
        }
    }

    /** Writes what a NumPy file holds, and leaves the stream open. */
    public void write(OutputStream out) throws IOException {
        Npy.write(out, depth == 1 ? new int[] {height, width} : new int[] {height, width, depth}, codes);
    }

    /**
     * Reads a NumPy file of int32 or int64 in rows, {@code [h, w]} or {@code [h, w, L]}.
     *
     * @throws IOException if it is none, or holds what are no codes: where, and what is wrong
     */
    public static Codes read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, file.toString());
        }
    }

    /**
     * Reads what a NumPy file holds, and leaves the stream open.
     *
     * @param name of the stream, for messages
     * @throws IOException if it is none, or holds what are no codes
     */
    public static Codes read(InputStream in, String name) throws IOException {
        Npy.Grid grid = Npy.read(in, name);
        int[] shape = grid.shape();
        if (shape.length != 2 && shape.length != 3) {
            throw new IOException(
                    name + ": codes have two or three dimensions, the shape is " + Arrays.toString(shape));
        }
        try {
            return of(shape[0], shape[1], shape.length == 2 ? 1 : shape[2], grid.values());
        } catch (IllegalArgumentException e) {
            throw new IOException(name + ": " + e.getMessage(), e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Codes that
                && height == that.height
                && width == that.width
                && depth == that.depth
                && Arrays.equals(codes, that.codes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(codes);
    }

    /** Returns the grid as text, a line for each row. */
    @Override
    public String toString() {
        int digits = String.valueOf(Arrays.stream(codes).max().orElse(0)).length();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < codes.length; i++) {
            boolean first = i % (width * depth) == 0;
            text.append(first ? i == 0 ? "" : "\n" : i % depth == 0 ? " " : "/")
                    .append(String.format("%" + digits + "d", codes[i]));
        }
        return text.toString();
    }
}
