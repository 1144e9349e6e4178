package dev.jeton.vectors;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Means of rows, and what a mean has learned on its way back to them. Four registers of a row are worked on at a time, while the rows pass. Where
 * the last registers of a row are fewer than four, four are taken that end where the row does: some of them once more.
 */
final class VectorMeans {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int BYTES = S.length() * Float.BYTES;
    private static final int FOUR = 4 * BYTES;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    private VectorMeans() {}

    /** See {@link Kernel#mean}. */
    static void mean(Matrix source, int[] rows, int from, int to, Matrix target, int row) {
        long bytes = target.offset(1);
        long d = 0;
        if (bytes < FOUR) {
            for (; d < bytes; d += BYTES) {
                meanOfOne(source, rows, from, to, target, row, d);
            }
            return;
        }
        for (; d + FOUR <= bytes; d += FOUR) {
            meanOfFour(source, rows, from, to, target, row, d);
        }
        if (d < bytes) {
            meanOfFour(source, rows, from, to, target, row, bytes - FOUR);
        }
    }

    private static void meanOfOne(Matrix source, int[] rows, int from, int to, Matrix target, int row, long d) {
        MemorySegment in = source.memory();
        FloatVector sum = FloatVector.fromMemorySegment(S, in, source.offset(rows[from]) + d, ORDER);
        for (int i = from + 1; i < to; i++) {
            sum = sum.add(FloatVector.fromMemorySegment(S, in, source.offset(rows[i]) + d, ORDER));
        }
        FloatVector mean = sum.mul(1f / (to - from));
        mean.intoMemorySegment(target.memory(), target.offset(row) + d, ORDER);
        mean.intoMemorySegment(target.memory(), target.offset(row + 1) + d, ORDER);
    }

    private static void meanOfFour(Matrix source, int[] rows, int from, int to, Matrix target, int row, long d) {
        MemorySegment in = source.memory();
        long at = source.offset(rows[from]) + d;
        FloatVector sum0 = FloatVector.fromMemorySegment(S, in, at, ORDER);
        FloatVector sum1 = FloatVector.fromMemorySegment(S, in, at + BYTES, ORDER);
        FloatVector sum2 = FloatVector.fromMemorySegment(S, in, at + 2L * BYTES, ORDER);
        FloatVector sum3 = FloatVector.fromMemorySegment(S, in, at + 3L * BYTES, ORDER);
        for (int i = from + 1; i < to; i++) {
            at = source.offset(rows[i]) + d;
            sum0 = sum0.add(FloatVector.fromMemorySegment(S, in, at, ORDER));
            sum1 = sum1.add(FloatVector.fromMemorySegment(S, in, at + BYTES, ORDER));
            sum2 = sum2.add(FloatVector.fromMemorySegment(S, in, at + 2L * BYTES, ORDER));
            sum3 = sum3.add(FloatVector.fromMemorySegment(S, in, at + 3L * BYTES, ORDER));
        }
        float share = 1f / (to - from);
        sum0 = sum0.mul(share);
        sum1 = sum1.mul(share);
        sum2 = sum2.mul(share);
        sum3 = sum3.mul(share);
        MemorySegment out = target.memory();
        long first = target.offset(row) + d;
        sum0.intoMemorySegment(out, first, ORDER);
        sum1.intoMemorySegment(out, first + BYTES, ORDER);
        sum2.intoMemorySegment(out, first + 2L * BYTES, ORDER);
        sum3.intoMemorySegment(out, first + 3L * BYTES, ORDER);
        long second = target.offset(row + 1) + d;
        sum0.intoMemorySegment(out, second, ORDER);
        sum1.intoMemorySegment(out, second + BYTES, ORDER);
        sum2.intoMemorySegment(out, second + 2L * BYTES, ORDER);
        sum3.intoMemorySegment(out, second + 3L * BYTES, ORDER);
    }

    /** See {@link Kernel#spread}. */
    static void spread(Matrix changed, int row, Matrix target, int[] rows, int from, int to) {
        long bytes = changed.offset(1);
        long d = 0;
        if (bytes < FOUR) {
            for (; d < bytes; d += BYTES) {
                spreadOne(changed, row, target, rows, from, to, d);
            }
            return;
        }
        for (; d + FOUR <= bytes; d += FOUR) {
            spreadFour(changed, row, target, rows, from, to, d, 0);
        }
        if (d < bytes) {
            spreadFour(changed, row, target, rows, from, to, bytes - FOUR, d);
        }
    }

    private static void spreadOne(Matrix changed, int row, Matrix target, int[] rows, int from, int to, long d) {
        MemorySegment in = changed.memory();
        FloatVector change = FloatVector.fromMemorySegment(S, in, changed.offset(row) + d, ORDER)
                .sub(FloatVector.fromMemorySegment(S, in, changed.offset(row + 1) + d, ORDER));
        MemorySegment out = target.memory();
        for (int i = from; i < to; i++) {
            long at = target.offset(rows[i]) + d;
            FloatVector.fromMemorySegment(S, out, at, ORDER).add(change).intoMemorySegment(out, at, ORDER);
        }
    }

    /** Leaves the bytes before {@code done} as they are, since they have their change. */
    private static void spreadFour(
            Matrix changed, int row, Matrix target, int[] rows, int from, int to, long d, long done) {
        MemorySegment in = changed.memory();
        long now = changed.offset(row) + d;
        long before = changed.offset(row + 1) + d;
        FloatVector change0 = FloatVector.fromMemorySegment(S, in, now, ORDER)
                .sub(FloatVector.fromMemorySegment(S, in, before, ORDER))
                .mul(d < done ? 0f : 1f);
        FloatVector change1 = FloatVector.fromMemorySegment(S, in, now + BYTES, ORDER)
                .sub(FloatVector.fromMemorySegment(S, in, before + BYTES, ORDER))
                .mul(d + BYTES < done ? 0f : 1f);
        FloatVector change2 = FloatVector.fromMemorySegment(S, in, now + 2L * BYTES, ORDER)
                .sub(FloatVector.fromMemorySegment(S, in, before + 2L * BYTES, ORDER))
                .mul(d + 2L * BYTES < done ? 0f : 1f);
        FloatVector change3 = FloatVector.fromMemorySegment(S, in, now + 3L * BYTES, ORDER)
                .sub(FloatVector.fromMemorySegment(S, in, before + 3L * BYTES, ORDER));
        MemorySegment out = target.memory();
        for (int i = from; i < to; i++) {
            long at = target.offset(rows[i]) + d;
            FloatVector.fromMemorySegment(S, out, at, ORDER).add(change0).intoMemorySegment(out, at, ORDER);
            FloatVector.fromMemorySegment(S, out, at + BYTES, ORDER)
                    .add(change1)
                    .intoMemorySegment(out, at + BYTES, ORDER);
            FloatVector.fromMemorySegment(S, out, at + 2L * BYTES, ORDER)
                    .add(change2)
                    .intoMemorySegment(out, at + 2L * BYTES, ORDER);
            FloatVector.fromMemorySegment(S, out, at + 3L * BYTES, ORDER)
                    .add(change3)
                    .intoMemorySegment(out, at + 3L * BYTES, ORDER);
        }
    }
}
