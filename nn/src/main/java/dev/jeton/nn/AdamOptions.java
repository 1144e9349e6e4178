package dev.jeton.nn;

/**
 * The settings of {@link Adam} and {@link AdamW}.
 *
 * @param beta1 smoothing of the average of gradients
 * @param beta2 smoothing of the average of their squares
 * @param epsilon added to the root of the latter
 * @param weightDecay how fast parameters shrink
 * @param amsgrad whether the greatest average of squares so far counts (Reddi et al., 2018, arXiv 1904.09237)
 */
public record AdamOptions(double beta1, double beta2, double epsilon, double weightDecay, boolean amsgrad) {
    /** Checks the ranges. */
    public AdamOptions {
        if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1)) {
            throw new IllegalArgumentException("adam: betas must be in [0, 1), got " + beta1 + " and " + beta2);
        }
        if (!(epsilon >= 0 && weightDecay >= 0)) {
            throw new IllegalArgumentException(
                    "adam: epsilon and weight decay must not be negative, got " + epsilon + " and " + weightDecay);
        }
    }

    /** Returns betas 0.9 and 0.999, ε 10⁻⁸, no decay. */
    public static AdamOptions defaults() {
        return new AdamOptions(0.9, 0.999, 1e-8, 0, false);
    }

    /** Returns the same with other betas. */
    public AdamOptions withBetas(double first, double second) {
        return new AdamOptions(first, second, epsilon, weightDecay, amsgrad);
    }

    /** Returns the same with another ε. */
    public AdamOptions withEpsilon(double value) {
        return new AdamOptions(beta1, beta2, value, weightDecay, amsgrad);
    }

    /** Returns the same with weight decay. */
    public AdamOptions withWeightDecay(double decay) {
        return new AdamOptions(beta1, beta2, epsilon, decay, amsgrad);
    }

    /** Returns the same with the greatest average of squares so far. */
    public AdamOptions withAmsgrad() {
        return new AdamOptions(beta1, beta2, epsilon, weightDecay, true);
    }
}
