package dev.jeton.vectors;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Adds the gradients of a {@link Block} to its rows. Of each row a register, or two where there are registers for it, is worked on at a time:
 * the outputs' values and sums stay in registers while every input passes.
 */
final class VectorUpdate {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();
    private static final int BYTES = L * Float.BYTES;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    /** Whether there are 32 registers, as with AVX-512. */
    static final boolean WIDE = L == Matrix.LINE;

    /** See {@link VectorProducts}. */
    private final int registerBytes = BYTES;

    void add(Block block) {
        if (block.inputs == 1) {
            updateSingle(block);
            return;
        }
        long bytes = block.in.offset(1);
        long d = 0;
        for (; WIDE && d + BYTES < bytes; d += 2L * BYTES) {
            updateTwo(block, d);
        }
        for (; d < bytes; d += BYTES) {
            updateOne(block, d);
        }
    }

    /** For one input, as CBOW has: the gradients stay in registers while its row and the outputs' pass once. */
    private void updateSingle(Block block) {
        MemorySegment in = block.in.memory();
        float[] products = block.products;
        MemorySegment out = block.out.memory();
        int[] rows = block.outputRows;
        long at = block.in.offset(block.inputRows[0]);
        long at0 = block.out.offset(rows[0]);
        long at1 = block.out.offset(rows[1]);
        long at2 = block.out.offset(rows[2]);
        long at3 = block.out.offset(rows[3]);
        long at4 = block.out.offset(rows[4]);
        long at5 = block.out.offset(rows[5]);
        FloatVector g0 = FloatVector.broadcast(S, products[0]);
        FloatVector g1 = FloatVector.broadcast(S, products[1]);
        FloatVector g2 = FloatVector.broadcast(S, products[2]);
        FloatVector g3 = FloatVector.broadcast(S, products[3]);
        FloatVector g4 = FloatVector.broadcast(S, products[4]);
        FloatVector g5 = FloatVector.broadcast(S, products[5]);
        for (long d = 0, bytes = block.in.offset(1), step = registerBytes; d < bytes; d += step) {
            FloatVector x = FloatVector.fromMemorySegment(S, in, at + d, ORDER);
            FloatVector out0 = FloatVector.fromMemorySegment(S, out, at0 + d, ORDER);
            FloatVector out1 = FloatVector.fromMemorySegment(S, out, at1 + d, ORDER);
            FloatVector out2 = FloatVector.fromMemorySegment(S, out, at2 + d, ORDER);
            FloatVector out3 = FloatVector.fromMemorySegment(S, out, at3 + d, ORDER);
            FloatVector out4 = FloatVector.fromMemorySegment(S, out, at4 + d, ORDER);
            FloatVector out5 = FloatVector.fromMemorySegment(S, out, at5 + d, ORDER);
            FloatVector moved = out0.fma(g0, x);
            FloatVector more = out1.mul(g1);
            moved = out2.fma(g2, moved);
            more = out3.fma(g3, more);
            moved = out4.fma(g4, moved);
            more = out5.fma(g5, more);
            x.fma(g0, out0).intoMemorySegment(out, at0 + d, ORDER);
            x.fma(g1, out1).intoMemorySegment(out, at1 + d, ORDER);
            x.fma(g2, out2).intoMemorySegment(out, at2 + d, ORDER);
            x.fma(g3, out3).intoMemorySegment(out, at3 + d, ORDER);
            x.fma(g4, out4).intoMemorySegment(out, at4 + d, ORDER);
            x.fma(g5, out5).intoMemorySegment(out, at5 + d, ORDER);
            moved.add(more).intoMemorySegment(in, at + d, ORDER);
        }
    }

    /** Adds two registers of every input's and every output's gradients. */
    private static void updateTwo(Block block, long d) {
        MemorySegment in = block.in.memory();
        float[] products = block.products;
        int[] inputRows = block.inputRows;
        MemorySegment out = block.out.memory();
        int[] rows = block.outputRows;
        long at0 = block.out.offset(rows[0]) + d;
        long at1 = block.out.offset(rows[1]) + d;
        long at2 = block.out.offset(rows[2]) + d;
        long at3 = block.out.offset(rows[3]) + d;
        long at4 = block.out.offset(rows[4]) + d;
        long at5 = block.out.offset(rows[5]) + d;
        FloatVector out0 = FloatVector.fromMemorySegment(S, out, at0, ORDER);
        FloatVector next0 = FloatVector.fromMemorySegment(S, out, at0 + BYTES, ORDER);
        FloatVector out1 = FloatVector.fromMemorySegment(S, out, at1, ORDER);
        FloatVector next1 = FloatVector.fromMemorySegment(S, out, at1 + BYTES, ORDER);
        FloatVector out2 = FloatVector.fromMemorySegment(S, out, at2, ORDER);
        FloatVector next2 = FloatVector.fromMemorySegment(S, out, at2 + BYTES, ORDER);
        FloatVector out3 = FloatVector.fromMemorySegment(S, out, at3, ORDER);
        FloatVector next3 = FloatVector.fromMemorySegment(S, out, at3 + BYTES, ORDER);
        FloatVector out4 = FloatVector.fromMemorySegment(S, out, at4, ORDER);
        FloatVector next4 = FloatVector.fromMemorySegment(S, out, at4 + BYTES, ORDER);
        FloatVector out5 = FloatVector.fromMemorySegment(S, out, at5, ORDER);
        FloatVector next5 = FloatVector.fromMemorySegment(S, out, at5 + BYTES, ORDER);
        FloatVector sum0 = out0;
        FloatVector nextSum0 = next0;
        FloatVector sum1 = out1;
        FloatVector nextSum1 = next1;
        FloatVector sum2 = out2;
        FloatVector nextSum2 = next2;
        FloatVector sum3 = out3;
        FloatVector nextSum3 = next3;
        FloatVector sum4 = out4;
        FloatVector nextSum4 = next4;
        FloatVector sum5 = out5;
        FloatVector nextSum5 = next5;
        for (int i = 0, p = 0, inputs = block.inputs; i < inputs; i++, p += Block.SLOTS) {
            long at = block.in.offset(inputRows[i]) + d;
            FloatVector x = FloatVector.fromMemorySegment(S, in, at, ORDER);
            FloatVector y = FloatVector.fromMemorySegment(S, in, at + BYTES, ORDER);
            FloatVector g = FloatVector.broadcast(S, products[p]);
            sum0 = x.fma(g, sum0);
            FloatVector moved = out0.fma(g, x);
            nextSum0 = y.fma(g, nextSum0);
            FloatVector nextMoved = next0.fma(g, y);
            g = FloatVector.broadcast(S, products[p + 1]);
            sum1 = x.fma(g, sum1);
            moved = out1.fma(g, moved);
            nextSum1 = y.fma(g, nextSum1);
            nextMoved = next1.fma(g, nextMoved);
            g = FloatVector.broadcast(S, products[p + 2]);
            sum2 = x.fma(g, sum2);
            moved = out2.fma(g, moved);
            nextSum2 = y.fma(g, nextSum2);
            nextMoved = next2.fma(g, nextMoved);
            g = FloatVector.broadcast(S, products[p + 3]);
            sum3 = x.fma(g, sum3);
            moved = out3.fma(g, moved);
            nextSum3 = y.fma(g, nextSum3);
            nextMoved = next3.fma(g, nextMoved);
            g = FloatVector.broadcast(S, products[p + 4]);
            sum4 = x.fma(g, sum4);
            moved = out4.fma(g, moved);
            nextSum4 = y.fma(g, nextSum4);
            nextMoved = next4.fma(g, nextMoved);
            g = FloatVector.broadcast(S, products[p + 5]);
            sum5 = x.fma(g, sum5);
            moved = out5.fma(g, moved);
            nextSum5 = y.fma(g, nextSum5);
            nextMoved = next5.fma(g, nextMoved);
            moved.intoMemorySegment(in, at, ORDER);
            nextMoved.intoMemorySegment(in, at + BYTES, ORDER);
        }
        sum0.intoMemorySegment(out, at0, ORDER);
        nextSum0.intoMemorySegment(out, at0 + BYTES, ORDER);
        sum1.intoMemorySegment(out, at1, ORDER);
        nextSum1.intoMemorySegment(out, at1 + BYTES, ORDER);
        sum2.intoMemorySegment(out, at2, ORDER);
        nextSum2.intoMemorySegment(out, at2 + BYTES, ORDER);
        sum3.intoMemorySegment(out, at3, ORDER);
        nextSum3.intoMemorySegment(out, at3 + BYTES, ORDER);
        sum4.intoMemorySegment(out, at4, ORDER);
        nextSum4.intoMemorySegment(out, at4 + BYTES, ORDER);
        sum5.intoMemorySegment(out, at5, ORDER);
        nextSum5.intoMemorySegment(out, at5 + BYTES, ORDER);
    }

    /** Adds a register of every input's and every output's gradients. */
    private static void updateOne(Block block, long d) {
        MemorySegment in = block.in.memory();
        float[] products = block.products;
        int[] inputRows = block.inputRows;
        MemorySegment out = block.out.memory();
        int[] rows = block.outputRows;
        long at0 = block.out.offset(rows[0]) + d;
        long at1 = block.out.offset(rows[1]) + d;
        long at2 = block.out.offset(rows[2]) + d;
        long at3 = block.out.offset(rows[3]) + d;
        long at4 = block.out.offset(rows[4]) + d;
        long at5 = block.out.offset(rows[5]) + d;
        FloatVector out0 = FloatVector.fromMemorySegment(S, out, at0, ORDER);
        FloatVector out1 = FloatVector.fromMemorySegment(S, out, at1, ORDER);
        FloatVector out2 = FloatVector.fromMemorySegment(S, out, at2, ORDER);
        FloatVector out3 = FloatVector.fromMemorySegment(S, out, at3, ORDER);
        FloatVector out4 = FloatVector.fromMemorySegment(S, out, at4, ORDER);
        FloatVector out5 = FloatVector.fromMemorySegment(S, out, at5, ORDER);
        FloatVector sum0 = out0;
        FloatVector sum1 = out1;
        FloatVector sum2 = out2;
        FloatVector sum3 = out3;
        FloatVector sum4 = out4;
        FloatVector sum5 = out5;
        for (int i = 0, p = 0, inputs = block.inputs; i < inputs; i++, p += Block.SLOTS) {
            long at = block.in.offset(inputRows[i]) + d;
            FloatVector x = FloatVector.fromMemorySegment(S, in, at, ORDER);
            FloatVector g = FloatVector.broadcast(S, products[p]);
            sum0 = x.fma(g, sum0);
            FloatVector moved = out0.fma(g, x);
            g = FloatVector.broadcast(S, products[p + 1]);
            sum1 = x.fma(g, sum1);
            moved = out1.fma(g, moved);
            g = FloatVector.broadcast(S, products[p + 2]);
            sum2 = x.fma(g, sum2);
            moved = out2.fma(g, moved);
            g = FloatVector.broadcast(S, products[p + 3]);
            sum3 = x.fma(g, sum3);
            moved = out3.fma(g, moved);
            g = FloatVector.broadcast(S, products[p + 4]);
            sum4 = x.fma(g, sum4);
            moved = out4.fma(g, moved);
            g = FloatVector.broadcast(S, products[p + 5]);
            sum5 = x.fma(g, sum5);
            moved = out5.fma(g, moved);
            moved.intoMemorySegment(in, at, ORDER);
        }
        sum0.intoMemorySegment(out, at0, ORDER);
        sum1.intoMemorySegment(out, at1, ORDER);
        sum2.intoMemorySegment(out, at2, ORDER);
        sum3.intoMemorySegment(out, at3, ORDER);
        sum4.intoMemorySegment(out, at4, ORDER);
        sum5.intoMemorySegment(out, at5, ORDER);
    }
}
