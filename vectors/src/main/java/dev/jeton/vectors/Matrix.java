package dev.jeton.vectors;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Rows of floats outside the heap, so that a matrix may be larger than an array and costs exactly its own size.
 *
 * <p>A row that training touches starts on a cache line and is padded with zeros to whole lines; a mapped row lies as its file has
 * it. Threads write without locks: what one loses to another is noise that the learning outlives (Hogwild, Recht et al. 2011).
 */
record Matrix(MemorySegment memory, int rows, int dimension, int stride) {
    /** Floats in a cache line; also the most that one vector register holds. */
    static final int LINE = 16;

    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

    static Matrix zeros(int rows, int dimension) {
        int stride = padded(dimension);
        long bytes = Math.max(1, (long) rows * stride) * Float.BYTES;
        return new Matrix(Arena.ofAuto().allocate(bytes, Long.BYTES * 8), rows, dimension, stride);
    }

    static int padded(int floats) {
        return (floats + LINE - 1) / LINE * LINE;
    }

    /** Some of these rows; the memory is shared. */
    Matrix slice(int from, int count) {
        long bytes = (long) count * stride * Float.BYTES;
        return new Matrix(memory.asSlice(offset(from), bytes), count, dimension, stride);
    }

    /** The byte at which a row starts. */
    long offset(int row) {
        return (long) row * stride * Float.BYTES;
    }

    float get(int row, int column) {
        return memory.get(FLOAT, offset(row) + (long) column * Float.BYTES);
    }

    void set(int row, int column, float value) {
        memory.set(FLOAT, offset(row) + (long) column * Float.BYTES, value);
    }

    /** Reads a float of each of the row's cache lines, so that they are on their way; returns their sum, so that the JIT must do it. */
    float touch(int row) {
        float sum = 0;
        long from = offset(row);
        for (int d = 0; d < stride; d += LINE) {
            sum += memory.get(FLOAT, from + (long) d * Float.BYTES);
        }
        return sum;
    }

    /** Copies a row into {@code target}, which gets {@link #dimension} floats. */
    void copyRow(int row, float[] target) {
        MemorySegment.copy(memory, FLOAT, offset(row), target, 0, dimension);
    }

    void setRow(int row, float[] values) {
        MemorySegment.copy(values, 0, memory, FLOAT, offset(row), dimension);
    }
}
