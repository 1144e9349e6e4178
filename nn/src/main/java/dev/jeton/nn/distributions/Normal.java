package dev.jeton.nn.distributions;

import dev.jeton.torch.Generator;
import dev.jeton.torch.Gradients;
import dev.jeton.torch.Scope;
import dev.jeton.torch.Tensor;

/** Normal distributions: density {@code exp(-(x - mean)² / 2 scale²) / (scale √2π)}. */
public final class Normal implements Distribution {
    private static final double LOG_SQRT_TWO_PI = Math.log(2 * Math.PI) / 2;

    private final Tensor mean;
    private final Tensor scale;

    private Normal(Tensor mean, Tensor scale) {
        this.mean = mean;
        this.scale = scale;
    }

    /**
     * Returns distributions with these means and standard deviations; shapes are broadcast.
     *
     * @param scale positive
     */
    public static Normal of(Tensor mean, Tensor scale) {
        return new Normal(mean, scale);
    }

    /** Returns the distribution with mean 0 and standard deviation 1, which goes with any shape. */
    public static Normal standard() {
        return new Normal(Tensor.scalar(0f), Tensor.scalar(1f));
    }

    /** Returns the means. */
    public Tensor mean() {
        return mean;
    }

    /** Returns the standard deviations. */
    public Tensor scale() {
        return scale;
    }

    /** Draws {@code mean + scale · noise}, through which the gradient flows to both (Kingma and Welling, arXiv 1312.6114). */
    public Tensor rsample(Generator random) {
        try (Scope scope = Scope.open()) {
            Tensor spread = mean.shape().equals(scale.shape()) ? mean : mean.add(scale);
            Tensor noise = random.randn(spread.shape(), spread.dtype()).to(spread.device());
            return scope.keep(mean.add(scale.mul(noise)));
        }
    }

    /** Draws from the process's generator; the gradient flows to mean and scale. */
    public Tensor rsample() {
        return rsample(Generator.standard());
    }

    @Override
    public Tensor sample(Generator random) {
        try (var _ = Gradients.off()) {
            return rsample(random);
        }
    }

    @Override
    public Tensor logProb(Tensor value) {
        try (Scope scope = Scope.open()) {
            Tensor distance = value.sub(mean).div(scale);
            return scope.keep(distance.square().mul(-0.5).sub(scale.log()).sub(LOG_SQRT_TWO_PI));
        }
    }

    /** Returns the Kullback-Leibler divergence from this distribution to another, for each element. */
    public Tensor klTo(Normal other) {
        try (Scope scope = Scope.open()) {
            Tensor ratio = scale.div(other.scale).square();
            Tensor distance = mean.sub(other.mean).div(other.scale).square();
            return scope.keep(ratio.add(distance).sub(1).sub(ratio.log()).mul(0.5));
        }
    }

    /** Returns the entropy {@code log(scale √2πe)}. */
    public Tensor entropy() {
        try (Scope scope = Scope.open()) {
            return scope.keep(scale.log().add(0.5 + LOG_SQRT_TWO_PI));
        }
    }
}
