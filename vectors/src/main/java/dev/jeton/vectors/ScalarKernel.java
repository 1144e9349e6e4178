package dev.jeton.vectors;

/** The kernel in plain Java: the definition that the fast one is tested against. */
final class ScalarKernel implements Kernel {
    @Override
    public String name() {
        return "scalar Java";
    }

    @Override
    public void load(Matrix matrix, int row, float[] target, int at) {
        for (int d = 0; d < matrix.dimension(); d++) {
            target[at + d] = matrix.get(row, d);
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
    public void scale(float factor, float[] target, int at, int count) {
        for (int d = at; d < at + count; d++) {
            target[d] *= factor;
        }
    }

    @Override
    public void axpy(float factor, float[] source, int sourceAt, float[] target, int targetAt, int count) {
        for (int d = 0; d < count; d++) {
            target[targetAt + d] += factor * source[sourceAt + d];
        }
    }

    @Override
    public void subtract(
            float[] left, int leftAt, float[] right, int rightAt, float[] target, int targetAt, int count) {
        for (int d = 0; d < count; d++) {
            target[targetAt + d] = left[leftAt + d] - right[rightAt + d];
        }
    }

    @Override
    public void products(Block block) {
        int stride = block.stride;
        for (int o = 0; o < block.outputs; o++) {
            for (int i = 0; i < block.inputs; i++) {
                int at = block.inputAt[i];
                float sum = 0;
                for (int d = 0; d < stride; d++) {
                    sum += block.in[at + d] * block.out[block.outputAt[o] + d];
                }
                block.products[o * block.inputs + i] = sum;
            }
        }
    }

    @Override
    public double gradients(Block block, float rate) {
        double loss = 0;
        for (int o = 0; o < block.outputs; o++) {
            float sign = block.sign[o];
            for (int i = 0; i < block.inputs; i++) {
                int at = o * block.inputs + i;
                float u = sign * block.products[at];
                float e = Logistic.expOfMinus(Math.min(Math.abs(u), Logistic.LIMIT));
                block.products[at] = rate * sign * (u > 0 ? e : 1f) / (1f + e);
                if (sign != 0) {
                    loss += Logistic.logOnePlus(e) + Math.max(-u, 0f);
                }
            }
        }
        return loss;
    }

    @Override
    public void update(Block block) {
        int stride = block.stride;
        float[] outDelta = new float[block.outputs * stride];
        for (int i = 0; i < block.inputs; i++) {
            int at = block.inputAt[i];
            float[] inDelta = new float[stride];
            for (int o = 0; o < block.outputs; o++) {
                float gradient = block.products[o * block.inputs + i];
                axpy(gradient, block.out, block.outputAt[o], inDelta, 0, stride);
                axpy(gradient, block.in, at, outDelta, o * stride, stride);
            }
            axpy(1f, inDelta, 0, block.in, at, stride);
        }
        for (int o = 0; o < block.outputs; o++) {
            axpy(1f, outDelta, o * stride, block.out, block.outputAt[o], stride);
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
