package dev.jeton.nn;

import dev.jeton.torch.Tensor;

/**
 * Scales the last dimension to a root mean square of 1, then by {@code weight}: {@code x / √(mean(x²) + ε) · weight}
 * (Zhang and Sennrich, 2019, arXiv 1910.07467).
 */
public final class RmsNorm extends UnaryLayer {
    private final double epsilon;
    private final Tensor weight;

    private RmsNorm(long size, double epsilon) {
        this.epsilon = epsilon;
        this.weight = parameter("weight", Init.ones().make(size));
    }

    /** Returns a layer over the last dimension. */
    public static RmsNorm of(long size, double epsilon) {
        return new RmsNorm(size, epsilon);
    }

    @Override
    protected Tensor compute(Tensor x) {
        return x.rmsNorm(weight.shape(), weight, epsilon);
    }

    @Override
    protected String describe() {
        return "RmsNorm(" + weight.size(0) + ", ε " + epsilon + ")";
    }
}
