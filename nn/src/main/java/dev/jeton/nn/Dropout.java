package dev.jeton.nn;

import dev.jeton.torch.Tensor;

/**
 * In training, sets each element to zero with a probability and scales the others so that the mean stays; otherwise does
 * nothing (Srivastava et al., 2014).
 */
public final class Dropout extends UnaryLayer {
    private final double probability;

    private Dropout(double probability) {
        this.probability = probability;
    }

    /**
     * Returns a layer that drops elements with this probability.
     *
     * @throws IllegalArgumentException if it is not from 0 to below 1
     */
    public static Dropout of(double probability) {
        if (!(probability >= 0 && probability < 1)) {
            throw new IllegalArgumentException("dropout: the probability must be in [0, 1), got " + probability);
        }
        return new Dropout(probability);
    }

    @Override
    protected Tensor compute(Tensor x) {
        return isTraining() && probability > 0 ? x.dropout(probability) : x;
    }

    @Override
    protected String describe() {
        return "Dropout(" + probability + ")";
    }
}
