package dev.jeton.vectors;

/** The kernel in plain Java: the definition that the fast one is tested against. */
final class ScalarKernel implements Kernel {
    @Override
    public String name() {
        return "scalar Java";
    }

    @Override
    public void mean(Matrix source, int[] rows, int from, int to, Matrix target, int row) {
        for (int d = 0; d < source.dimension(); d++) {
            float sum = 0;
            for (int i = from; i < to; i++) {
                sum += source.get(rows[i], d);
            }
            float mean = sum * (1f / (to - from));
            target.set(row, d, mean);
            target.set(row + 1, d, mean);
        }
    }

    @Override
    public void spread(Matrix changed, int row, Matrix target, int[] rows, int from, int to) {
        for (int d = 0; d < target.dimension(); d++) {
            float change = changed.get(row, d) - changed.get(row + 1, d);
            for (int i = from; i < to; i++) {
                target.set(rows[i], d, target.get(rows[i], d) + change);
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
                for (int d = 0; d < block.in.dimension(); d++) {
                    sum += block.in.get(block.inputRows[i], d) * block.out.get(block.outputRows[o], d);
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
        float[] values = new float[Block.GROUP];
        float[] sums = new float[Block.GROUP];
        for (int d = 0; d < block.in.dimension(); d++) {
            for (int o = 0; o < block.outputs; o++) {
                values[o] = block.out.get(block.outputRows[o], d);
                sums[o] = values[o];
            }
            for (int i = 0; i < block.inputs; i++) {
                float x = block.in.get(block.inputRows[i], d);
                float moved = x;
                for (int o = 0; o < block.outputs; o++) {
                    float gradient = block.products[i * Block.SLOTS + o];
                    sums[o] += gradient * x;
                    moved += gradient * values[o];
                }
                block.in.set(block.inputRows[i], d, moved);
            }
            for (int o = 0; o < block.outputs; o++) {
                block.out.set(block.outputRows[o], d, sums[o]);
            }
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
