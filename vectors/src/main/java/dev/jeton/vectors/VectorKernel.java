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
 * <p>A group of six outputs is held in registers while every input passes once: for the products as six accumulators, for the
 * update as six values and six accumulators. That is 13 registers, which fits the 16 of AVX2 and NEON's 32.
 */
final class VectorKernel implements Kernel {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();
    private static final int BYTES = L * Float.BYTES;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    VectorKernel() {
        if (Matrix.LINE % L != 0) {
            throw new UnsupportedOperationException("the Vector API's registers hold " + L
                    + " floats; rows are padded to whole registers of at most " + Matrix.LINE);
        }
    }

    @Override
    public String name() {
        return "Vector API, " + S.vectorBitSize() + " bits";
    }

    @Override
    public void load(Matrix matrix, int row, float[] target, int at) {
        MemorySegment memory = matrix.memory();
        long from = matrix.offset(row);
        for (int d = 0, stride = matrix.stride(); d < stride; d += L, from += BYTES) {
            FloatVector.fromMemorySegment(S, memory, from, ORDER).intoArray(target, at + d);
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
    public void scale(float factor, float[] target, int at, int count) {
        for (int d = at; d < at + count; d += L) {
            FloatVector.fromArray(S, target, d).mul(factor).intoArray(target, d);
        }
    }

    @Override
    public void axpy(float factor, float[] source, int sourceAt, float[] target, int targetAt, int count) {
        FloatVector f = FloatVector.broadcast(S, factor);
        for (int d = 0; d < count; d += L) {
            FloatVector.fromArray(S, source, sourceAt + d)
                    .fma(f, FloatVector.fromArray(S, target, targetAt + d))
                    .intoArray(target, targetAt + d);
        }
    }

    @Override
    public void subtract(
            float[] left, int leftAt, float[] right, int rightAt, float[] target, int targetAt, int count) {
        for (int d = 0; d < count; d += L) {
            FloatVector.fromArray(S, left, leftAt + d)
                    .sub(FloatVector.fromArray(S, right, rightAt + d))
                    .intoArray(target, targetAt + d);
        }
    }

    @Override
    public void products(Block block) {
        int groups = block.groups();
        for (int group = 0; group < groups; group++) {
            int i = 0;
            for (; i + 1 < block.inputs; i += 2) {
                productsOfTwo(block, group * Block.GROUP, i);
            }
            if (i < block.inputs) {
                productsOfOne(block, group * Block.GROUP, i);
            }
        }
    }

    /** Two inputs at once: each register of an output that is loaded serves both. */
    private static void productsOfTwo(Block block, int o, int input) {
        float[] in = block.in;
        float[] out = block.out;
        int[] outputAt = block.outputAt;
        int atX = block.inputAt[input];
        int atY = block.inputAt[input + 1];
        int at0 = outputAt[o];
        int at1 = outputAt[o + 1];
        int at2 = outputAt[o + 2];
        int at3 = outputAt[o + 3];
        int at4 = outputAt[o + 4];
        int at5 = outputAt[o + 5];
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
        float[] products = block.products;
        int columns = block.inputs;
        int to = o * columns + input;
        products[to] = x0.reduceLanes(VectorOperators.ADD);
        products[to + 1] = y0.reduceLanes(VectorOperators.ADD);
        products[to + columns] = x1.reduceLanes(VectorOperators.ADD);
        products[to + columns + 1] = y1.reduceLanes(VectorOperators.ADD);
        products[to + 2 * columns] = x2.reduceLanes(VectorOperators.ADD);
        products[to + 2 * columns + 1] = y2.reduceLanes(VectorOperators.ADD);
        products[to + 3 * columns] = x3.reduceLanes(VectorOperators.ADD);
        products[to + 3 * columns + 1] = y3.reduceLanes(VectorOperators.ADD);
        products[to + 4 * columns] = x4.reduceLanes(VectorOperators.ADD);
        products[to + 4 * columns + 1] = y4.reduceLanes(VectorOperators.ADD);
        products[to + 5 * columns] = x5.reduceLanes(VectorOperators.ADD);
        products[to + 5 * columns + 1] = y5.reduceLanes(VectorOperators.ADD);
    }

    private static void productsOfOne(Block block, int o, int input) {
        float[] in = block.in;
        float[] out = block.out;
        int[] outputAt = block.outputAt;
        int at = block.inputAt[input];
        int at0 = outputAt[o];
        int at1 = outputAt[o + 1];
        int at2 = outputAt[o + 2];
        int at3 = outputAt[o + 3];
        int at4 = outputAt[o + 4];
        int at5 = outputAt[o + 5];
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
        float[] products = block.products;
        int columns = block.inputs;
        int to = o * columns + input;
        products[to] = sum0.reduceLanes(VectorOperators.ADD);
        products[to + columns] = sum1.reduceLanes(VectorOperators.ADD);
        products[to + 2 * columns] = sum2.reduceLanes(VectorOperators.ADD);
        products[to + 3 * columns] = sum3.reduceLanes(VectorOperators.ADD);
        products[to + 4 * columns] = sum4.reduceLanes(VectorOperators.ADD);
        products[to + 5 * columns] = sum5.reduceLanes(VectorOperators.ADD);
    }

    @Override
    public double gradients(Block block, float rate) {
        float[] products = block.products;
        float[] signs = block.signs;
        FloatVector losses = FloatVector.zero(S);
        for (int i = 0, end = block.groups() * Block.GROUP * block.inputs; i < end; i += L) {
            FloatVector sign = FloatVector.fromArray(S, signs, i);
            FloatVector u = FloatVector.fromArray(S, products, i).mul(sign);
            FloatVector e = expOfMinus(u.abs().min(Logistic.LIMIT));
            FloatVector share = FloatVector.broadcast(S, 1f).blend(e, u.compare(VectorOperators.GT, 0f));
            sign.mul(rate).mul(share).div(e.add(1f)).intoArray(products, i);
            losses = logOnePlus(e).sub(u.min(0f)).fma(sign.mul(sign), losses);
        }
        return losses.reduceLanes(VectorOperators.ADD);
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

    private static FloatVector logOnePlus(FloatVector e) {
        FloatVector p = e.mul(Logistic.L8).add(Logistic.L7);
        p = p.fma(e, FloatVector.broadcast(S, Logistic.L6));
        p = p.fma(e, FloatVector.broadcast(S, Logistic.L5));
        p = p.fma(e, FloatVector.broadcast(S, Logistic.L4));
        p = p.fma(e, FloatVector.broadcast(S, Logistic.L3));
        p = p.fma(e, FloatVector.broadcast(S, Logistic.L2));
        p = p.fma(e, FloatVector.broadcast(S, Logistic.L1));
        return p.mul(e);
    }

    @Override
    public void update(Block block) {
        int groups = block.groups();
        for (int d = 0; d < block.stride; d += L) {
            if (groups == 1) {
                updateGroup(block, d, 0, block.in, block.inputAt, d);
            } else {
                updateGroups(block, d, groups);
            }
        }
    }

    /** Every group sees the inputs as they were, so what they add gathers in {@link Block#next} first. */
    private static void updateGroups(Block block, int d, int groups) {
        for (int i = 0; i < block.inputs; i++) {
            FloatVector.fromArray(S, block.in, block.inputAt[i] + d).intoArray(block.next, block.nextAt[i]);
        }
        for (int group = 0; group < groups; group++) {
            updateGroup(block, d, group * Block.GROUP, block.next, block.nextAt, 0);
        }
        for (int i = 0; i < block.inputs; i++) {
            FloatVector.fromArray(S, block.next, block.nextAt[i]).intoArray(block.in, block.inputAt[i] + d);
        }
    }

    /** Adds a group's gradients to {@code next[nextAt[i] + nextD…]} and those of its outputs to these. */
    private static void updateGroup(Block block, int d, int o, float[] next, int[] nextAt, int nextD) {
        float[] in = block.in;
        float[] products = block.products;
        int[] inputAt = block.inputAt;
        float[] out = block.out;
        int[] outputAt = block.outputAt;
        int columns = block.inputs;
        int at0 = outputAt[o] + d;
        int at1 = outputAt[o + 1] + d;
        int at2 = outputAt[o + 2] + d;
        int at3 = outputAt[o + 3] + d;
        int at4 = outputAt[o + 4] + d;
        int at5 = outputAt[o + 5] + d;
        FloatVector out0 = FloatVector.fromArray(S, out, at0);
        FloatVector out1 = FloatVector.fromArray(S, out, at1);
        FloatVector out2 = FloatVector.fromArray(S, out, at2);
        FloatVector out3 = FloatVector.fromArray(S, out, at3);
        FloatVector out4 = FloatVector.fromArray(S, out, at4);
        FloatVector out5 = FloatVector.fromArray(S, out, at5);
        FloatVector sum0 = FloatVector.zero(S);
        FloatVector sum1 = sum0;
        FloatVector sum2 = sum0;
        FloatVector sum3 = sum0;
        FloatVector sum4 = sum0;
        FloatVector sum5 = sum0;
        for (int i = 0, g = o * columns, inputs = block.inputs; i < inputs; i++, g++) {
            FloatVector x = FloatVector.fromArray(S, in, inputAt[i] + d);
            FloatVector g0 = FloatVector.broadcast(S, products[g]);
            FloatVector g1 = FloatVector.broadcast(S, products[g + columns]);
            FloatVector g2 = FloatVector.broadcast(S, products[g + 2 * columns]);
            FloatVector g3 = FloatVector.broadcast(S, products[g + 3 * columns]);
            FloatVector g4 = FloatVector.broadcast(S, products[g + 4 * columns]);
            FloatVector g5 = FloatVector.broadcast(S, products[g + 5 * columns]);
            sum0 = x.fma(g0, sum0);
            sum1 = x.fma(g1, sum1);
            sum2 = x.fma(g2, sum2);
            sum3 = x.fma(g3, sum3);
            sum4 = x.fma(g4, sum4);
            sum5 = x.fma(g5, sum5);
            int to = nextAt[i] + nextD;
            FloatVector left = out2.fma(g2, out1.fma(g1, out0.fma(g0, FloatVector.fromArray(S, next, to))));
            FloatVector right = out5.fma(g5, out4.fma(g4, out3.mul(g3)));
            left.add(right).intoArray(next, to);
        }
        out0.add(sum0).intoArray(out, at0);
        out1.add(sum1).intoArray(out, at1);
        out2.add(sum2).intoArray(out, at2);
        out3.add(sum3).intoArray(out, at3);
        out4.add(sum4).intoArray(out, at4);
        out5.add(sum5).intoArray(out, at5);
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
