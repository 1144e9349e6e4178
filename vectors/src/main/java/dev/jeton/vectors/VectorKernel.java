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
 * <p>Its long methods, and those of the classes that it is made of, are written out on purpose: beyond 325 bytes of code the JIT compiles
 * a method by itself. Made of small ones, or pulled into their caller, they would exceed what it inlines in one place, and every vector
 * that crosses such a call goes to the heap.
 */
final class VectorKernel implements Kernel {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    private final VectorProducts products = new VectorProducts();
    private final VectorUpdate update = new VectorUpdate();

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
    public void mean(Matrix source, int[] rows, int from, int to, Matrix target, int row) {
        VectorMeans.mean(source, rows, from, to, target, row);
    }

    @Override
    public void spread(Matrix changed, int row, Matrix target, int[] rows, int from, int to) {
        VectorMeans.spread(changed, row, target, rows, from, to);
    }

    @Override
    public void step(Block block, float rate) {
        block.expectFactors();
        products.of(block);
        gradients(block, rate);
        update.add(block);
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
