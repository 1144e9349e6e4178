package dev.jeton.models.vae;

import dev.jeton.nn.Init;
import dev.jeton.nn.Layer;
import dev.jeton.nn.distributions.Bernoulli;
import dev.jeton.nn.distributions.DiscretizedLogistic;
import dev.jeton.nn.distributions.Normal;
import dev.jeton.torch.Scope;
import dev.jeton.torch.Tensor;

/** Decoded numbers {@code [B, C, H, W]} as distributions of pixels, with the scale that these have of their own. */
final class PixelLikelihood extends Layer {
    /** The distance of two levels of a pixel. */
    private static final double LEVEL = 1 / 255.0;

    /** The logarithm of a learned scale at first. */
    private static final double FIRST_LOG_SCALE = -2;

    private final Likelihood kind;

    /** {@code [1, 1, 1]} or {@code [C, 1, 1]}: fixed, learned, or without meaning to those who have no scale. */
    private final Tensor logScale;

    PixelLikelihood(Likelihood kind, int channels) {
        this.kind = kind;
        this.logScale = switch (kind) {
            case Likelihood.Bernoulli _ -> constant("log_scale", Tensor.zeros(1, 1, 1));
            case Likelihood.Gaussian(double scale) ->
                constant("log_scale", Init.constant(Math.log(scale)).make(1, 1, 1));
            case Likelihood.LearnedGaussian _ ->
                parameter("log_scale", Init.constant(FIRST_LOG_SCALE).make(1, 1, 1));
            case Likelihood.DiscretizedLogistic _ ->
                parameter("log_scale", Init.constant(FIRST_LOG_SCALE).make(channels, 1, 1));
        };
    }

    /**
     * Returns the logarithm of the probability of pictures.
     *
     * @param decoded {@code [B, C, H, W]}
     * @param pixels {@code [B, C, H, W]} from 0 to 1
     * @return {@code [B]}: of densities, what they give to a level
     */
    Tensor logProb(Tensor decoded, Tensor pixels) {
        try (Scope scope = Scope.open()) {
            Tensor ofEach = switch (kind) {
                case Likelihood.Bernoulli _ -> Bernoulli.ofLogits(decoded).logProb(pixels);
                case Likelihood.Gaussian _, Likelihood.LearnedGaussian _ ->
                    Normal.of(toPixels(decoded), logScale.exp()).logProb(pixels).add(Math.log(LEVEL));
                case Likelihood.DiscretizedLogistic _ ->
                    DiscretizedLogistic.ofPixels(decoded, logScale)
                            .logProb(pixels.mul(2).sub(1));
            };
            return scope.keep(ofEach.sum(1, 2, 3));
        }
    }

    /** Returns the mean pixels, near 0 to 1, of decoded numbers. */
    Tensor mean(Tensor decoded) {
        return switch (kind) {
            case Likelihood.Bernoulli _ -> decoded.sigmoid();
            case Likelihood.Gaussian _, Likelihood.LearnedGaussian _, Likelihood.DiscretizedLogistic _ ->
                toPixels(decoded);
        };
    }

    private static Tensor toPixels(Tensor decoded) {
        return decoded.add(1).mul(0.5);
    }
}
