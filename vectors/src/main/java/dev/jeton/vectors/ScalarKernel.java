package dev.jeton.vectors;

import java.util.Arrays;

/** The kernel in plain Java: the definition that the fast one is tested against. */
final class ScalarKernel implements Kernel {
    @Override
    public String name() {
        return "scalar Java";
    }

    @Override
    public void load(Matrix matrix, int row, float[] now, float[] before, int at) {
        for (int d = 0; d < matrix.dimension(); d++) {
            float value = matrix.get(row, d);
            now[at + d] = value;
            before[at + d] = value;
        }
    }

    @Override
    public void accumulate(Matrix matrix, int row, float[] target, int at) {
        for (int d = 0; d < matrix.dimension(); d++) {
            target[at + d] += matrix.get(row, d);
        }
    }

    @Override
    public void addChange(Matrix matrix, int row, float[] now, float[] before, int at) {
        for (int d = 0; d < matrix.dimension(); d++) {
            matrix.set(row, d, matrix.get(row, d) + (now[at + d] - before[at + d]));
        }
    }

    @Override
    public void scale(float factor, float[] now, float[] before, int at, int count) {
        for (int d = at; d < at + count; d++) {
            now[d] *= factor;
            before[d] = now[d];
        }
    }

    @Override
    public void mean(Block block, float[] before, int at) {
        for (int d = 0; d < block.stride; d++) {
            float sum = 0;
            for (int i = 0; i < block.near; i++) {
                sum += block.in[block.nearAt[i] + d];
            }
            before[at + d] = sum * (1f / block.near);
            block.in[at + d] = before[at + d];
        }
    }

    @Override
    public void spread(Block block, float[] before, int at) {
        for (int d = 0; d < block.stride; d++) {
            float change = block.in[at + d] - before[at + d];
            for (int i = 0; i < block.near; i++) {
                block.in[block.nearAt[i] + d] += change;
            }
        }
    }

    @Override
    public void step(Block block, float rate) {
        block.expectFactors();
        products(block);
        gradients(block, rate);
        update(block);
    }

    private static void products(Block block) {
        for (int o = 0; o < block.outputs; o++) {
            for (int i = 0; i < block.inputs; i++) {
                float sum = 0;
                for (int d = 0; d < block.stride; d++) {
                    sum += block.in[block.inputAt[i] + d] * block.out[block.outputAt[o] + d];
                }
                block.products[i * Block.SLOTS + o] = sum;
            }
        }
    }

    private static void gradients(Block block, float rate) {
        for (int i = 0; i < block.inputs; i++) {
            for (int o = 0; o < block.outputs; o++) {
                int at = i * Block.SLOTS + o;
                int lane = at % Matrix.LINE;
                float sign = block.signs[o];
                float u = sign * block.products[at];
                float e = Logistic.expOfMinus(Math.min(Math.abs(u), Logistic.LIMIT));
                block.products[at] = rate * sign * (u > 0 ? e : 1f) / (1f + e);
                block.factors[lane] *= 1f + sign * sign * e;
                block.excess[lane] -= Math.min(u, 0f);
            }
        }
    }

    private static void update(Block block) {
        int stride = block.stride;
        float[] outDelta = new float[block.outputs * stride];
        float[] inDelta = new float[stride];
        for (int i = 0; i < block.inputs; i++) {
            int at = block.inputAt[i];
            Arrays.fill(inDelta, 0f);
            for (int o = 0; o < block.outputs; o++) {
                float gradient = block.products[i * Block.SLOTS + o];
                addScaled(gradient, block.out, block.outputAt[o], inDelta, 0, stride);
                addScaled(gradient, block.in, at, outDelta, o * stride, stride);
            }
            addScaled(1f, inDelta, 0, block.in, at, stride);
        }
        for (int o = 0; o < block.outputs; o++) {
            addScaled(1f, outDelta, o * stride, block.out, block.outputAt[o], stride);
        }
    }

    private static void addScaled(float factor, float[] source, int sourceAt, float[] target, int targetAt, int count) {
        for (int d = 0; d < count; d++) {
            target[targetAt + d] += factor * source[sourceAt + d];
        }
    }

    @Override
    public float dot(Matrix matrix, int row, float[] query) {
        float sum = 0;
        for (int d = 0; d < matrix.dimension(); d++) {
            sum += matrix.get(row, d) * query[d];
        }
        return sum;
    }
}
