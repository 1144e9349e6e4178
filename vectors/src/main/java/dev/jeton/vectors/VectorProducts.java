package dev.jeton.vectors;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The products of a {@link Block}. A group of outputs passes once by two inputs, or by four where there are registers for it, whose sums stay
 * in registers meanwhile: 15 of AVX2's 16, or 29 of AVX-512's 32.
 */
final class VectorProducts {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();
    private static final int BYTES = L * Float.BYTES;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    /** {@link #BYTES}, but no constant to the JIT: a loop that it could count would be unrolled until its sums no longer fit the registers. */
    private final int registerBytes = BYTES;

    void of(Block block) {
        int i = 0;
        for (; VectorUpdate.WIDE && i + 2 < block.inputs; i += 4) {
            sumsOfFour(block, i);
            LaneSums.add(block.scratch, 0, block.products, i * Block.SLOTS);
            LaneSums.add(block.scratch, 2 * Block.GROUP * L, block.products, (i + 2) * Block.SLOTS);
        }
        for (; i + 1 < block.inputs; i += 2) {
            sumsOfTwo(block, i);
            LaneSums.add(block.scratch, 0, block.products, i * Block.SLOTS);
        }
        if (i < block.inputs) {
            sumsOfOne(block, i);
            LaneSums.add(block.scratch, 0, block.products, i * Block.SLOTS);
        }
    }

    /** Two inputs at once: each register of an output that is loaded serves both. Writes twelve registers of sums, one input's after the other's. */
    private void sumsOfTwo(Block block, int input) {
        MemorySegment in = block.in.memory();
        MemorySegment out = block.out.memory();
        int[] rows = block.outputRows;
        long atX = block.in.offset(block.inputRows[input]);
        long atY = block.in.offset(block.inputRows[input + 1]);
        long at0 = block.out.offset(rows[0]);
        long at1 = block.out.offset(rows[1]);
        long at2 = block.out.offset(rows[2]);
        long at3 = block.out.offset(rows[3]);
        long at4 = block.out.offset(rows[4]);
        long at5 = block.out.offset(rows[5]);
        FloatVector x0 = FloatVector.zero(S);
        FloatVector x1 = x0;
        FloatVector x2 = x0;
        FloatVector x3 = x0;
        FloatVector x4 = x0;
        FloatVector x5 = x0;
        FloatVector y0 = x0;
        FloatVector y1 = x0;
        FloatVector y2 = x0;
        FloatVector y3 = x0;
        FloatVector y4 = x0;
        FloatVector y5 = x0;
        for (long d = 0, bytes = block.in.offset(1), step = registerBytes; d < bytes; d += step) {
            FloatVector x = FloatVector.fromMemorySegment(S, in, atX + d, ORDER);
            FloatVector y = FloatVector.fromMemorySegment(S, in, atY + d, ORDER);
            FloatVector out0 = FloatVector.fromMemorySegment(S, out, at0 + d, ORDER);
            x0 = x.fma(out0, x0);
            y0 = y.fma(out0, y0);
            FloatVector out1 = FloatVector.fromMemorySegment(S, out, at1 + d, ORDER);
            x1 = x.fma(out1, x1);
            y1 = y.fma(out1, y1);
            FloatVector out2 = FloatVector.fromMemorySegment(S, out, at2 + d, ORDER);
            x2 = x.fma(out2, x2);
            y2 = y.fma(out2, y2);
            FloatVector out3 = FloatVector.fromMemorySegment(S, out, at3 + d, ORDER);
            x3 = x.fma(out3, x3);
            y3 = y.fma(out3, y3);
            FloatVector out4 = FloatVector.fromMemorySegment(S, out, at4 + d, ORDER);
            x4 = x.fma(out4, x4);
            y4 = y.fma(out4, y4);
            FloatVector out5 = FloatVector.fromMemorySegment(S, out, at5 + d, ORDER);
            x5 = x.fma(out5, x5);
            y5 = y.fma(out5, y5);
        }
        float[] sums = block.scratch;
        x0.intoArray(sums, 0);
        x1.intoArray(sums, L);
        x2.intoArray(sums, 2 * L);
        x3.intoArray(sums, 3 * L);
        x4.intoArray(sums, 4 * L);
        x5.intoArray(sums, 5 * L);
        y0.intoArray(sums, 6 * L);
        y1.intoArray(sums, 7 * L);
        y2.intoArray(sums, 8 * L);
        y3.intoArray(sums, 9 * L);
        y4.intoArray(sums, 10 * L);
        y5.intoArray(sums, 11 * L);
    }

    /** As for two, where there are registers for it. The inputs beyond the last are any rows; what comes of them is not read. */
    private void sumsOfFour(Block block, int input) {
        MemorySegment in = block.in.memory();
        int[] inputRows = block.inputRows;
        MemorySegment out = block.out.memory();
        int[] rows = block.outputRows;
        long atX = block.in.offset(inputRows[input]);
        long atY = block.in.offset(inputRows[input + 1]);
        long atZ = block.in.offset(inputRows[input + 2]);
        long atW = block.in.offset(inputRows[input + 3]);
        long at0 = block.out.offset(rows[0]);
        long at1 = block.out.offset(rows[1]);
        long at2 = block.out.offset(rows[2]);
        long at3 = block.out.offset(rows[3]);
        long at4 = block.out.offset(rows[4]);
        long at5 = block.out.offset(rows[5]);
        FloatVector x0 = FloatVector.zero(S);
        FloatVector x1 = x0;
        FloatVector x2 = x0;
        FloatVector x3 = x0;
        FloatVector x4 = x0;
        FloatVector x5 = x0;
        FloatVector y0 = x0;
        FloatVector y1 = x0;
        FloatVector y2 = x0;
        FloatVector y3 = x0;
        FloatVector y4 = x0;
        FloatVector y5 = x0;
        FloatVector z0 = x0;
        FloatVector z1 = x0;
        FloatVector z2 = x0;
        FloatVector z3 = x0;
        FloatVector z4 = x0;
        FloatVector z5 = x0;
        FloatVector w0 = x0;
        FloatVector w1 = x0;
        FloatVector w2 = x0;
        FloatVector w3 = x0;
        FloatVector w4 = x0;
        FloatVector w5 = x0;
        for (long d = 0, bytes = block.in.offset(1), step = registerBytes; d < bytes; d += step) {
            FloatVector x = FloatVector.fromMemorySegment(S, in, atX + d, ORDER);
            FloatVector y = FloatVector.fromMemorySegment(S, in, atY + d, ORDER);
            FloatVector z = FloatVector.fromMemorySegment(S, in, atZ + d, ORDER);
            FloatVector w = FloatVector.fromMemorySegment(S, in, atW + d, ORDER);
            FloatVector out0 = FloatVector.fromMemorySegment(S, out, at0 + d, ORDER);
            x0 = x.fma(out0, x0);
            y0 = y.fma(out0, y0);
            z0 = z.fma(out0, z0);
            w0 = w.fma(out0, w0);
            FloatVector out1 = FloatVector.fromMemorySegment(S, out, at1 + d, ORDER);
            x1 = x.fma(out1, x1);
            y1 = y.fma(out1, y1);
            z1 = z.fma(out1, z1);
            w1 = w.fma(out1, w1);
            FloatVector out2 = FloatVector.fromMemorySegment(S, out, at2 + d, ORDER);
            x2 = x.fma(out2, x2);
            y2 = y.fma(out2, y2);
            z2 = z.fma(out2, z2);
            w2 = w.fma(out2, w2);
            FloatVector out3 = FloatVector.fromMemorySegment(S, out, at3 + d, ORDER);
            x3 = x.fma(out3, x3);
            y3 = y.fma(out3, y3);
            z3 = z.fma(out3, z3);
            w3 = w.fma(out3, w3);
            FloatVector out4 = FloatVector.fromMemorySegment(S, out, at4 + d, ORDER);
            x4 = x.fma(out4, x4);
            y4 = y.fma(out4, y4);
            z4 = z.fma(out4, z4);
            w4 = w.fma(out4, w4);
            FloatVector out5 = FloatVector.fromMemorySegment(S, out, at5 + d, ORDER);
            x5 = x.fma(out5, x5);
            y5 = y.fma(out5, y5);
            z5 = z.fma(out5, z5);
            w5 = w.fma(out5, w5);
        }
        float[] sums = block.scratch;
        x0.intoArray(sums, 0);
        x1.intoArray(sums, L);
        x2.intoArray(sums, 2 * L);
        x3.intoArray(sums, 3 * L);
        x4.intoArray(sums, 4 * L);
        x5.intoArray(sums, 5 * L);
        y0.intoArray(sums, 6 * L);
        y1.intoArray(sums, 7 * L);
        y2.intoArray(sums, 8 * L);
        y3.intoArray(sums, 9 * L);
        y4.intoArray(sums, 10 * L);
        y5.intoArray(sums, 11 * L);
        z0.intoArray(sums, 12 * L);
        z1.intoArray(sums, 13 * L);
        z2.intoArray(sums, 14 * L);
        z3.intoArray(sums, 15 * L);
        z4.intoArray(sums, 16 * L);
        z5.intoArray(sums, 17 * L);
        w0.intoArray(sums, 18 * L);
        w1.intoArray(sums, 19 * L);
        w2.intoArray(sums, 20 * L);
        w3.intoArray(sums, 21 * L);
        w4.intoArray(sums, 22 * L);
        w5.intoArray(sums, 23 * L);
    }

    /** As for two; what stands in the second input's place is not read. */
    private void sumsOfOne(Block block, int input) {
        MemorySegment in = block.in.memory();
        MemorySegment out = block.out.memory();
        int[] rows = block.outputRows;
        long at = block.in.offset(block.inputRows[input]);
        long at0 = block.out.offset(rows[0]);
        long at1 = block.out.offset(rows[1]);
        long at2 = block.out.offset(rows[2]);
        long at3 = block.out.offset(rows[3]);
        long at4 = block.out.offset(rows[4]);
        long at5 = block.out.offset(rows[5]);
        FloatVector sum0 = FloatVector.zero(S);
        FloatVector sum1 = sum0;
        FloatVector sum2 = sum0;
        FloatVector sum3 = sum0;
        FloatVector sum4 = sum0;
        FloatVector sum5 = sum0;
        for (long d = 0, bytes = block.in.offset(1), step = registerBytes; d < bytes; d += step) {
            FloatVector x = FloatVector.fromMemorySegment(S, in, at + d, ORDER);
            sum0 = x.fma(FloatVector.fromMemorySegment(S, out, at0 + d, ORDER), sum0);
            sum1 = x.fma(FloatVector.fromMemorySegment(S, out, at1 + d, ORDER), sum1);
            sum2 = x.fma(FloatVector.fromMemorySegment(S, out, at2 + d, ORDER), sum2);
            sum3 = x.fma(FloatVector.fromMemorySegment(S, out, at3 + d, ORDER), sum3);
            sum4 = x.fma(FloatVector.fromMemorySegment(S, out, at4 + d, ORDER), sum4);
            sum5 = x.fma(FloatVector.fromMemorySegment(S, out, at5 + d, ORDER), sum5);
        }
        float[] sums = block.scratch;
        sum0.intoArray(sums, 0);
        sum1.intoArray(sums, L);
        sum2.intoArray(sums, 2 * L);
        sum3.intoArray(sums, 3 * L);
        sum4.intoArray(sums, 4 * L);
        sum5.intoArray(sums, 5 * L);
    }
}
