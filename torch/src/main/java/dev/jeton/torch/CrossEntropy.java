package dev.jeton.torch;

import org.jspecify.annotations.Nullable;

/**
 * How a cross-entropy is computed.
 *
 * @param reduction what becomes of the samples
 * @param ignoredTarget samples with this target do not count; PyTorch's convention is −100
 * @param labelSmoothing the part of the target's probability that is spread evenly over all classes
 * @param weights of the classes, {@code [C]}, of the logits' type (float32 for shorter ones), or none
 */
public record CrossEntropy(
        LossReduction reduction,
        long ignoredTarget,
        double labelSmoothing,
        @Nullable Tensor weights) {
    private static final CrossEntropy MEAN = new CrossEntropy(LossReduction.MEAN, -100, 0, null);

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if the smoothing is not between 0 and 1
     */
    public CrossEntropy {
        if (!(labelSmoothing >= 0 && labelSmoothing <= 1)) {
            throw new IllegalArgumentException(
                    "crossEntropy: labelSmoothing must be between 0 and 1, it is " + labelSmoothing);
        }
    }

    /** Returns the average over samples whose target is not −100. */
    public static CrossEntropy mean() {
        return MEAN;
    }

    /** Returns these options with another reduction. */
    public CrossEntropy withReduction(LossReduction reduction) {
        return new CrossEntropy(reduction, ignoredTarget, labelSmoothing, weights);
    }

    /** Returns these options with another target that does not count. */
    public CrossEntropy withIgnoredTarget(long ignoredTarget) {
        return new CrossEntropy(reduction, ignoredTarget, labelSmoothing, weights);
    }

    /** Returns these options with label smoothing. */
    public CrossEntropy withLabelSmoothing(double labelSmoothing) {
        return new CrossEntropy(reduction, ignoredTarget, labelSmoothing, weights);
    }

    /** Returns these options with weights of the classes, through which no gradient flows. */
    public CrossEntropy withWeights(Tensor weights) {
        return new CrossEntropy(reduction, ignoredTarget, labelSmoothing, weights);
    }
}
