package dev.jeton.torch.internal;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Loops over a few single-precision numbers where they lie: in contiguous tensors on the CPU, given by their handles. */
public final class FloatLoops {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

    private FloatLoops() {}

    private static MemorySegment floats(Scratch scratch, long tensor, long count) {
        return Abi.data(scratch, tensor, count * Float.BYTES);
    }

    /** {@code into = a + b}. */
    public static void add(Scratch scratch, long a, long b, long into, long count) {
        MemorySegment x = floats(scratch, a, count);
        MemorySegment y = floats(scratch, b, count);
        MemorySegment z = floats(scratch, into, count);
        for (long i = 0; i < count; i++) {
            z.setAtIndex(FLOAT, i, x.getAtIndex(FLOAT, i) + y.getAtIndex(FLOAT, i));
        }
    }

    /** {@code into = a - b}. */
    public static void subtract(Scratch scratch, long a, long b, long into, long count) {
        MemorySegment x = floats(scratch, a, count);
        MemorySegment y = floats(scratch, b, count);
        MemorySegment z = floats(scratch, into, count);
        for (long i = 0; i < count; i++) {
            z.setAtIndex(FLOAT, i, x.getAtIndex(FLOAT, i) - y.getAtIndex(FLOAT, i));
        }
    }

    /** {@code into = a · b}. */
    public static void multiply(Scratch scratch, long a, long b, long into, long count) {
        MemorySegment x = floats(scratch, a, count);
        MemorySegment y = floats(scratch, b, count);
        MemorySegment z = floats(scratch, into, count);
        for (long i = 0; i < count; i++) {
            z.setAtIndex(FLOAT, i, x.getAtIndex(FLOAT, i) * y.getAtIndex(FLOAT, i));
        }
    }

    /** {@code into = a + b}. */
    public static void add(Scratch scratch, long a, float b, long into, long count) {
        MemorySegment x = floats(scratch, a, count);
        MemorySegment z = floats(scratch, into, count);
        for (long i = 0; i < count; i++) {
            z.setAtIndex(FLOAT, i, x.getAtIndex(FLOAT, i) + b);
        }
    }

    /** {@code into = a · b}. */
    public static void multiply(Scratch scratch, long a, float b, long into, long count) {
        MemorySegment x = floats(scratch, a, count);
        MemorySegment z = floats(scratch, into, count);
        for (long i = 0; i < count; i++) {
            z.setAtIndex(FLOAT, i, x.getAtIndex(FLOAT, i) * b);
        }
    }

    /** {@code into = tanh(a)}, rounded from double precision. */
    public static void tanh(Scratch scratch, long a, long into, long count) {
        MemorySegment x = floats(scratch, a, count);
        MemorySegment z = floats(scratch, into, count);
        for (long i = 0; i < count; i++) {
            z.setAtIndex(FLOAT, i, (float) Math.tanh(x.getAtIndex(FLOAT, i)));
        }
    }

    /** {@code into = g · (1 - y²)}. */
    public static void tanhBackward(Scratch scratch, long g, long y, long into, long count) {
        MemorySegment u = floats(scratch, g, count);
        MemorySegment v = floats(scratch, y, count);
        MemorySegment z = floats(scratch, into, count);
        for (long i = 0; i < count; i++) {
            float t = v.getAtIndex(FLOAT, i);
            z.setAtIndex(FLOAT, i, u.getAtIndex(FLOAT, i) * (1 - t * t));
        }
    }
}
