package dev.jeton.models.vae;

/** How probable pixels are, given what was decoded. */
public sealed interface Likelihood {
    /**
     * Pixels are probabilities of being white: for black and white pictures, and the usual choice for those that nearly
     * are. Its numbers are likelihoods only of pixels that are 0 or 1.
     */
    record Bernoulli() implements Likelihood {}

    /**
     * Pixels from 0 to 1 are spread normally around what was decoded.
     *
     * @param scale the standard deviation
     */
    record Gaussian(double scale) implements Likelihood {
        /** Checks the scale. */
        public Gaussian {
            if (!(scale > 0 && scale < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("Gaussian: scale must be positive, got " + scale);
            }
        }
    }

    /** The same with a standard deviation that is learned, one for all pixels (σ-VAE, Rybkin et al., arXiv 2006.13202). */
    record LearnedGaussian() implements Likelihood {}

    /**
     * Each of the 256 levels has the mass that a logistic distribution around what was decoded has near it; its scale is
     * learned for each channel (Kingma et al., 2016, arXiv 1606.04934; Salimans et al., 2017, arXiv 1701.05517). The one
     * whose bits can be compared between models.
     */
    record DiscretizedLogistic() implements Likelihood {}
}
