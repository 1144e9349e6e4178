package dev.jeton.nn;

import dev.jeton.torch.Tensor;

/**
 * Shifts and scales groups of channels to mean 0 and variance 1 over all positions, then each channel by {@code weight}
 * and {@code bias} (Wu and He, 2018, arXiv 1803.08494): {@code [B, C, ...]} to the same.
 */
public final class GroupNorm extends UnaryLayer {
    private final int groups;
    private final double epsilon;
    private final Tensor weight;
    private final Tensor bias;

    private GroupNorm(int groups, long channels, double epsilon) {
        this.groups = groups;
        this.epsilon = epsilon;
        this.weight = parameter("weight", Init.ones().make(channels));
        this.bias = parameter("bias", Init.zeros().make(channels));
    }

    /**
     * Returns a layer of so many groups, with ε = 10⁻⁵.
     *
     * @throws IllegalArgumentException if the channels cannot be cut into the groups
     */
    public static GroupNorm of(int groups, long channels) {
        return of(groups, channels, 1e-5);
    }

    /** Returns a layer with another ε. */
    public static GroupNorm of(int groups, long channels, double epsilon) {
        if (groups < 1 || channels % groups != 0) {
            throw new IllegalArgumentException(
                    "groupNorm: " + channels + " channels cannot be cut into " + groups + " equal groups");
        }
        return new GroupNorm(groups, channels, epsilon);
    }

    @Override
    protected Tensor compute(Tensor x) {
        return x.groupNorm(groups, weight, bias, epsilon);
    }

    @Override
    protected String describe() {
        return "GroupNorm(" + groups + " groups, " + weight.size(0) + " channels, ε " + epsilon + ")";
    }
}
