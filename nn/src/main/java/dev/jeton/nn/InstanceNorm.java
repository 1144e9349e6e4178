package dev.jeton.nn;

import dev.jeton.torch.Tensor;

/**
 * Shifts and scales each channel of each sample to mean 0 and variance 1 over its positions, then by {@code weight} and
 * {@code bias} (Ulyanov et al., 2016, arXiv 1607.08022): {@code [B, C, ...]} to the same.
 */
public final class InstanceNorm extends UnaryLayer {
    private static final double EPSILON = 1e-5;

    private final Tensor weight;
    private final Tensor bias;

    private InstanceNorm(long channels) {
        this.weight = parameter("weight", Init.ones().make(channels));
        this.bias = parameter("bias", Init.zeros().make(channels));
    }

    /** Returns a layer with a scale and a shift for each channel. */
    public static InstanceNorm of(long channels) {
        return new InstanceNorm(channels);
    }

    @Override
    protected Tensor compute(Tensor x) {
        return x.instanceNorm(weight, bias, EPSILON);
    }

    @Override
    protected String describe() {
        return "InstanceNorm(" + weight.size(0) + ")";
    }
}
