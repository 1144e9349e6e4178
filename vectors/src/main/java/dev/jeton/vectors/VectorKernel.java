package dev.jeton.vectors;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernel on the Vector API, at the processor's widest registers.
 *
 * <p>A group of six outputs is held in registers while every input passes once: for the products as six accumulators an input, for the
 * update as six values and six sums. That is at most 15 registers, which fits the 16 of AVX2 and NEON's 32.
 *
 * <p>The long methods are written out on purpose: beyond 325 bytes of code the JIT compiles a method by itself. Made of small ones, or
 * pulled into their caller, they would exceed what it inlines in one place, and every vector that crosses such a call goes to the heap.
 */
final class VectorKernel implements Kernel {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();
    private static final int BYTES = L * Float.BYTES;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    VectorKernel() {
        if (Matrix.LINE % L != 0 || L < 4) {
            throw new UnsupportedOperationException(
                    "the Vector API's registers hold " + L + " floats; 4, 8 and " + Matrix.LINE + " are known here");
        }
    }

    @Override
    public String name() {
        return "Vector API, " + S.vectorBitSize() + " bits";
    }

    @Override
    public void load(Matrix matrix, int row, float[] now, float[] before, int at) {
        MemorySegment memory = matrix.memory();
        long from = matrix.offset(row);
        for (int d = 0, stride = matrix.stride(); d < stride; d += L, from += BYTES) {
            FloatVector x = FloatVector.fromMemorySegment(S, memory, from, ORDER);
            x.intoArray(now, at + d);
            x.intoArray(before, at + d);
        }
    }

    @Override
    public void accumulate(Matrix matrix, int row, float[] target, int at) {
        MemorySegment memory = matrix.memory();
        long from = matrix.offset(row);
        for (int d = 0, stride = matrix.stride(); d < stride; d += L, from += BYTES) {
            FloatVector.fromArray(S, target, at + d)
                    .add(FloatVector.fromMemorySegment(S, memory, from, ORDER))
                    .intoArray(target, at + d);
        }
    }

    @Override
    public void addChange(Matrix matrix, int row, float[] now, float[] before, int at) {
        MemorySegment memory = matrix.memory();
        long from = matrix.offset(row);
        for (int d = 0, stride = matrix.stride(); d < stride; d += L, from += BYTES) {
            FloatVector.fromMemorySegment(S, memory, from, ORDER)
                    .add(FloatVector.fromArray(S, now, at + d).sub(FloatVector.fromArray(S, before, at + d)))
                    .intoMemorySegment(memory, from, ORDER);
        }
    }

    @Override
    public void scale(float factor, float[] now, float[] before, int at, int count) {
        for (int d = at; d < at + count; d += L) {
            FloatVector x = FloatVector.fromArray(S, now, d).mul(factor);
            x.intoArray(now, d);
            x.intoArray(before, d);
        }
    }

    @Override
    public void mean(Block block, float[] before, int at) {
        float[] in = block.in;
        int[] nearAt = block.nearAt;
        int near = block.near;
        FloatVector share = FloatVector.broadcast(S, 1f / near);
        for (int d = 0; d < block.stride; d += L) {
            FloatVector sum = FloatVector.fromArray(S, in, nearAt[0] + d);
            for (int i = 1; i < near; i++) {
                sum = sum.add(FloatVector.fromArray(S, in, nearAt[i] + d));
            }
            sum = sum.mul(share);
            sum.intoArray(in, at + d);
            sum.intoArray(before, at + d);
        }
    }

    @Override
    public void spread(Block block, float[] before, int at) {
        float[] in = block.in;
        int[] nearAt = block.nearAt;
        int near = block.near;
        for (int d = 0; d < block.stride; d += L) {
            FloatVector change = FloatVector.fromArray(S, in, at + d).sub(FloatVector.fromArray(S, before, at + d));
            for (int i = 0; i < near; i++) {
                int to = nearAt[i] + d;
                FloatVector.fromArray(S, in, to).add(change).intoArray(in, to);
            }
        }
    }

    @Override
    public void step(Block block, float rate) {
        block.expectFactors();
        int i = 0;
        for (; i + 1 < block.inputs; i += 2) {
            sumsOfTwo(block, i);
            LaneSums.add(block.scratch, block.products, i * Block.SLOTS);
        }
        if (i < block.inputs) {
            sumsOfOne(block, i);
            LaneSums.add(block.scratch, block.products, i * Block.SLOTS);
        }
        gradients(block, rate);
        for (int d = 0; d < block.stride; d += L) {
            update(block, d);
        }
    }

    /** Two inputs at once: each register of an output that is loaded serves both. Writes twelve registers of sums, one input's after the other's. */
    private static void sumsOfTwo(Block block, int input) {
        float[] in = block.in;
        float[] out = block.out;
        int[] outputAt = block.outputAt;
        int atX = block.inputAt[input];
        int atY = block.inputAt[input + 1];
        int at0 = outputAt[0];
        int at1 = outputAt[1];
        int at2 = outputAt[2];
        int at3 = outputAt[3];
        int at4 = outputAt[4];
        int at5 = outputAt[5];
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
        for (int d = 0, stride = block.stride; d < stride; d += L) {
            FloatVector x = FloatVector.fromArray(S, in, atX + d);
            FloatVector y = FloatVector.fromArray(S, in, atY + d);
            FloatVector out0 = FloatVector.fromArray(S, out, at0 + d);
            x0 = x.fma(out0, x0);
            y0 = y.fma(out0, y0);
            FloatVector out1 = FloatVector.fromArray(S, out, at1 + d);
            x1 = x.fma(out1, x1);
            y1 = y.fma(out1, y1);
            FloatVector out2 = FloatVector.fromArray(S, out, at2 + d);
            x2 = x.fma(out2, x2);
            y2 = y.fma(out2, y2);
            FloatVector out3 = FloatVector.fromArray(S, out, at3 + d);
            x3 = x.fma(out3, x3);
            y3 = y.fma(out3, y3);
            FloatVector out4 = FloatVector.fromArray(S, out, at4 + d);
            x4 = x.fma(out4, x4);
            y4 = y.fma(out4, y4);
            FloatVector out5 = FloatVector.fromArray(S, out, at5 + d);
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

    /** As for two; what stands in the second input's place is not read. */
    private static void sumsOfOne(Block block, int input) {
        float[] in = block.in;
        float[] out = block.out;
        int[] outputAt = block.outputAt;
        int at = block.inputAt[input];
        int at0 = outputAt[0];
        int at1 = outputAt[1];
        int at2 = outputAt[2];
        int at3 = outputAt[3];
        int at4 = outputAt[4];
        int at5 = outputAt[5];
        FloatVector sum0 = FloatVector.zero(S);
        FloatVector sum1 = sum0;
        FloatVector sum2 = sum0;
        FloatVector sum3 = sum0;
        FloatVector sum4 = sum0;
        FloatVector sum5 = sum0;
        for (int d = 0, stride = block.stride; d < stride; d += L) {
            FloatVector x = FloatVector.fromArray(S, in, at + d);
            sum0 = x.fma(FloatVector.fromArray(S, out, at0 + d), sum0);
            sum1 = x.fma(FloatVector.fromArray(S, out, at1 + d), sum1);
            sum2 = x.fma(FloatVector.fromArray(S, out, at2 + d), sum2);
            sum3 = x.fma(FloatVector.fromArray(S, out, at3 + d), sum3);
            sum4 = x.fma(FloatVector.fromArray(S, out, at4 + d), sum4);
            sum5 = x.fma(FloatVector.fromArray(S, out, at5 + d), sum5);
        }
        float[] sums = block.scratch;
        sum0.intoArray(sums, 0);
        sum1.intoArray(sums, L);
        sum2.intoArray(sums, 2 * L);
        sum3.intoArray(sums, 3 * L);
        sum4.intoArray(sums, 4 * L);
        sum5.intoArray(sums, 5 * L);
    }

    /** Turns products into gradients: {@code rate * sign * sigmoid(-sign * product)}. */
    private static void gradients(Block block, float rate) {
        float[] products = block.products;
        for (int i = 0, end = block.inputs * Block.SLOTS; i < end; i += L) {
            int signAt = i + L > end ? Matrix.LINE : i % Matrix.LINE;
            int lane = i % Matrix.LINE;
            FloatVector sign = FloatVector.fromArray(S, block.signs, signAt);
            FloatVector u = FloatVector.fromArray(S, products, i).mul(sign);
            FloatVector e = expOfMinus(u.abs().min(Logistic.LIMIT));
            FloatVector sum = e.add(1f);
            FloatVector share = FloatVector.broadcast(S, 1f).blend(e, u.compare(VectorOperators.GT, 0f));
            sign.mul(rate).mul(share).div(sum).intoArray(products, i);
            FloatVector factor = sign.mul(sign).fma(e, FloatVector.broadcast(S, 1f));
            FloatVector.fromArray(S, block.factors, lane).mul(factor).intoArray(block.factors, lane);
            FloatVector.fromArray(S, block.excess, lane).sub(u.min(0f)).intoArray(block.excess, lane);
        }
    }

    private static FloatVector expOfMinus(FloatVector t) {
        FloatVector shifted = FloatVector.broadcast(S, Logistic.ROUND).sub(t.mul(Logistic.LOG2_E));
        FloatVector n = shifted.sub(Logistic.ROUND);
        FloatVector r = t.neg().sub(n.mul(Logistic.LN2_HIGH)).sub(n.mul(Logistic.LN2_LOW));
        FloatVector p = r.mul(Logistic.E5).add(Logistic.E4);
        p = p.fma(r, FloatVector.broadcast(S, Logistic.E3));
        p = p.fma(r, FloatVector.broadcast(S, Logistic.E2));
        p = p.fma(r, FloatVector.broadcast(S, Logistic.E1));
        p = p.fma(r, FloatVector.broadcast(S, Logistic.E0));
        IntVector exponent =
                shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23).add(Float.floatToRawIntBits(1f));
        return p.mul(exponent.reinterpretAsFloats());
    }

    /** Adds a register of every input's and every output's gradients. */
    private static void update(Block block, int d) {
        float[] in = block.in;
        float[] products = block.products;
        int[] inputAt = block.inputAt;
        float[] out = block.out;
        int[] outputAt = block.outputAt;
        int at0 = outputAt[0] + d;
        int at1 = outputAt[1] + d;
        int at2 = outputAt[2] + d;
        int at3 = outputAt[3] + d;
        int at4 = outputAt[4] + d;
        int at5 = outputAt[5] + d;
        FloatVector out0 = FloatVector.fromArray(S, out, at0);
        FloatVector out1 = FloatVector.fromArray(S, out, at1);
        FloatVector out2 = FloatVector.fromArray(S, out, at2);
        FloatVector out3 = FloatVector.fromArray(S, out, at3);
        FloatVector out4 = FloatVector.fromArray(S, out, at4);
        FloatVector out5 = FloatVector.fromArray(S, out, at5);
        FloatVector sum0 = out0;
        FloatVector sum1 = out1;
        FloatVector sum2 = out2;
        FloatVector sum3 = out3;
        FloatVector sum4 = out4;
        FloatVector sum5 = out5;
        for (int i = 0, p = 0, inputs = block.inputs; i < inputs; i++, p += Block.SLOTS) {
            int at = inputAt[i] + d;
            FloatVector x = FloatVector.fromArray(S, in, at);
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
            moved.intoArray(in, at);
        }
        sum0.intoArray(out, at0);
        sum1.intoArray(out, at1);
        sum2.intoArray(out, at2);
        sum3.intoArray(out, at3);
        sum4.intoArray(out, at4);
        sum5.intoArray(out, at5);
    }

    @Override
    public float dot(Matrix matrix, int row, float[] query) {
        MemorySegment memory = matrix.memory();
        long from = matrix.offset(row);
        FloatVector sum = FloatVector.zero(S);
        int dimension = matrix.dimension();
        int whole = S.loopBound(dimension);
        for (int d = 0; d < whole; d += L) {
            sum = FloatVector.fromMemorySegment(S, memory, from + (long) d * Float.BYTES, ORDER)
                    .fma(FloatVector.fromArray(S, query, d), sum);
        }
        float total = sum.reduceLanes(VectorOperators.ADD);
        for (int d = whole; d < dimension; d++) {
            total += matrix.get(row, d) * query[d];
        }
        return total;
    }
}
