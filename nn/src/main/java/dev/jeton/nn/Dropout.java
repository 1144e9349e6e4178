package dev.jeton.nn;

import dev.jeton.torch.Generator;
import dev.jeton.torch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * In training, sets each element to zero with a probability and scales the others so that the mean stays; otherwise does
 * nothing (Srivastava et al., 2014).
 */
public final class Dropout extends UnaryLayer {
    private final double probability;
    private final @Nullable Generator generator;

    private Dropout(double probability, @Nullable Generator generator) {
        if (!(probability >= 0 && probability < 1)) {
            throw new IllegalArgumentException("dropout: the probability must be in [0, 1), got " + probability);
        }
        this.probability = probability;
        this.generator = generator;
    }

    /**
     * Returns a layer that drops elements with this probability.
     *
     * @throws IllegalArgumentException if it is not from 0 to below 1
     */
    public static Dropout of(double probability) {
        return new Dropout(probability, null);
    }

    /**
     * Returns a layer that drops elements with this probability, chosen by a generator of the caller's rather than by the
     * process's.
     *
     * @throws IllegalArgumentException if it is not from 0 to below 1
     */
    public static Dropout of(double probability, Generator generator) {
        return new Dropout(probability, generator);
    }

    @Override
    protected Tensor compute(Tensor x) {
        if (!isTraining() || probability == 0) {
            return x;
        }
        return generator == null ? x.dropout(probability) : x.dropout(probability, generator);
    }

    @Override
    protected String describe() {
        return "Dropout(" + probability + ")";
    }
}
