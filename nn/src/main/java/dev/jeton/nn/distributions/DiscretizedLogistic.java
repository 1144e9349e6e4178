package dev.jeton.nn.distributions;

import dev.jeton.torch.DType;
import dev.jeton.torch.Generator;
import dev.jeton.torch.Gradients;
import dev.jeton.torch.Scope;
import dev.jeton.torch.Tensor;

/**
 * Distributions over evenly spaced levels from -1 to 1, such as the 256 of a pixel: the mass that a logistic distribution
 * has nearest to each level, the outermost taking what lies beyond (Salimans et al., 2017, arXiv 1701.05517, §2.1, one
 * component).
 */
public final class DiscretizedLogistic implements Distribution {
    private final Tensor mean;
    private final Tensor logScale;
    private final int levels;

    private DiscretizedLogistic(Tensor mean, Tensor logScale, int levels) {
        this.mean = mean;
        this.logScale = logScale;
        this.levels = levels;
    }

    /**
     * Returns distributions.
     *
     * @param mean of the logistic distribution, on the scale from -1 to 1
     * @param logScale logarithm of its scale
     * @param levels how many there are, at least 2
     */
    public static DiscretizedLogistic of(Tensor mean, Tensor logScale, int levels) {
        if (levels < 2) {
            throw new IllegalArgumentException("discretized logistic: at least 2 levels are needed, got " + levels);
        }
        return new DiscretizedLogistic(mean, logScale, levels);
    }

    /** Returns the distributions over the 256 levels of bytes that were scaled to -1 to 1. */
    public static DiscretizedLogistic ofPixels(Tensor mean, Tensor logScale) {
        return of(mean, logScale, 256);
    }

    /** Returns the means of the logistic distributions. */
    public Tensor mean() {
        return mean;
    }

    /** Draws a level for each distribution. */
    @Override
    public Tensor sample(Generator random) {
        try (Scope scope = Scope.open();
                var _ = Gradients.off()) {
            Tensor spread = mean.shape().equals(logScale.shape()) ? mean : mean.add(logScale);
            Tensor quantile = random.rand(spread.shape(), DType.FLOAT64)
                    .clamp(1e-12, 1 - 1e-12)
                    .to(mean.device());
            Tensor noise = quantile.log().sub(quantile.neg().add(1).log());
            Tensor x = mean.add(logScale.exp().mul(noise.to(mean.dtype()))).clamp(-1, 1);
            double half = (levels - 1) / 2.0;
            return scope.keep(x.add(1).mul(half).round().div(half).sub(1));
        }
    }

    /**
     * Returns the logarithm of the mass of levels.
     *
     * <p>With {@code a} and {@code b} the scaled distances of a level's upper and lower border, the mass is
     * {@code σ(a) - σ(b) = σ(a) · σ(-b) · (1 - exp(b - a))}, whose logarithm is a sum of three terms, none of which
     * cancels. That takes the place of the paper's case for small masses.
     *
     * @param value levels on the scale from -1 to 1
     */
    @Override
    public Tensor logProb(Tensor value) {
        try (Scope scope = Scope.open()) {
            double half = 1.0 / (levels - 1);
            Tensor inverseScale = logScale.neg().exp();
            Tensor distance = value.sub(mean);
            Tensor below = distance.add(half).mul(inverseScale).logSigmoid(); // log σ(a)
            Tensor above = distance.sub(half).mul(inverseScale).neg().logSigmoid(); // log σ(-b)
            Tensor width = inverseScale.mul(-2 * half).expm1().neg().log(); // log(1 - exp(b - a))
            Tensor inside = below.add(above).add(width);
            Tensor upper = value.gt(1 - half).where(above, inside);
            return scope.keep(value.lt(half - 1).where(below, upper));
        }
    }
}
