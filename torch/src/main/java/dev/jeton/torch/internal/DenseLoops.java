package dev.jeton.torch.internal;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Loops in Java over tensors whose elements lie without gaps on the CPU, where libtorch has no kernel that is as fast. They
 * are cut into short pieces, each a call, so that the virtual machine compiles them within the first of them.
 */
public final class DenseLoops {
    private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG_UNALIGNED;
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;
    private static final long SIGNS = 0x8000_8000_8000_8000L;
    private static final long PIECE = 64;

    /** All memory: bounds are not checked, which would take longer than the numbers. */
    private static final MemorySegment MEMORY = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    /** Words that are not worth another thread. */
    private static final long FEW_WORDS = 4096;

    private static final long FEW_FLOATS = 1 << 14;

    private DenseLoops() {}

    /** {@code into = y is not zero ? g : 0}, for floating-point numbers of two bytes. */
    public static void whereNotZero(Scratch scratch, long g, long y, long into, long count) {
        long size = count * Short.BYTES;
        long given = Abi.data(scratch, g, size).address();
        long tested = Abi.data(scratch, y, size).address();
        long result = Abi.data(scratch, into, size).address();
        long words = size / Long.BYTES;
        TeamLoop.run(words, FEW_WORDS, (from, to) -> {
            for (long start = from; start < to; start += PIECE) {
                whereNotZero(given, tested, result, start, Math.min(to, start + PIECE));
            }
        });
        for (long at = words * Long.BYTES; at < size; at += Short.BYTES) { // those behind the last whole word
            boolean kept = (MEMORY.get(SHORT, tested + at) & 0x7FFF) != 0;
            MEMORY.set(SHORT, result + at, kept ? MEMORY.get(SHORT, given + at) : 0);
        }
    }

    /** Four numbers at a time. */
    private static void whereNotZero(long g, long y, long into, long from, long to) {
        for (long at = from * Long.BYTES; at < to * Long.BYTES; at += Long.BYTES) {
            long magnitudes = MEMORY.get(WORD, y + at) & ~SIGNS;
            long ones = (magnitudes + ~SIGNS) & SIGNS; // the top bit of each number that is not zero
            long kept = (ones - (ones >>> (Short.SIZE - 1))) | ones; // all its bits
            MEMORY.set(WORD, into + at, MEMORY.get(WORD, g + at) & kept);
        }
    }

    /**
     * {@code into[row] = the first place in a row of single-precision numbers that holds the row's value}, or the first NaN
     * where the value is one.
     *
     * @param values one of each row's numbers, or NaN if there is one
     * @param into rows of 64 bits
     */
    public static void firstPlaces(Scratch scratch, long x, long values, long into, long rows, long length) {
        long numbers = Abi.data(scratch, x, rows * length * Float.BYTES).address();
        long sought = Abi.data(scratch, values, rows * Float.BYTES).address();
        long places = Abi.data(scratch, into, rows * Long.BYTES).address();
        TeamLoop.run(rows, Math.max(1, FEW_FLOATS / length), (from, to) -> {
            for (long row = from; row < to; row++) {
                float value = MEMORY.get(FLOAT, sought + row * Float.BYTES);
                long place = firstPlace(numbers + row * length * Float.BYTES, length, value);
                MEMORY.set(WORD, places + row * Long.BYTES, place);
            }
        });
    }

    private static long firstPlace(long numbers, long length, float value) {
        long end = numbers + length * Float.BYTES;
        long at = numbers;
        if (Float.isNaN(value)) {
            while (at < end && !Float.isNaN(MEMORY.get(FLOAT, at))) {
                at += Float.BYTES;
            }
        } else {
            while (at < end && MEMORY.get(FLOAT, at) != value) {
                at += Float.BYTES;
            }
        }
        return (at - numbers) / Float.BYTES;
    }
}
