package dev.jeton.nn;

import dev.jeton.torch.Tensor;

/**
 * Shifts and scales the last dimensions to mean 0 and variance 1, then by {@code weight} and {@code bias} of their shape
 * (Ba et al., 2016, arXiv 1607.06450).
 */
public final class LayerNorm extends UnaryLayer {
    private final double epsilon;
    private final Tensor weight;
    private final Tensor bias;

    private LayerNorm(double epsilon, long[] sizes) {
        this.epsilon = epsilon;
        this.weight = parameter("weight", Init.ones().make(sizes));
        this.bias = parameter("bias", Init.zeros().make(sizes));
    }

    /** Returns a layer over the last dimensions, of these sizes, with ε = 10⁻⁵. */
    public static LayerNorm of(long... sizes) {
        return new LayerNorm(1e-5, sizes);
    }

    /** Returns a layer over the last dimension with another ε. */
    public static LayerNorm of(long size, double epsilon) {
        return new LayerNorm(epsilon, new long[] {size});
    }

    @Override
    protected Tensor compute(Tensor x) {
        return x.layerNorm(weight.shape(), weight, bias, epsilon);
    }

    @Override
    protected String describe() {
        return "LayerNorm(" + weight.shape() + ", ε " + epsilon + ")";
    }
}
