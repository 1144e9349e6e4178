package dev.jeton.train;

/**
 * Ends a run when validation no longer gets better, and keeps the best weights.
 *
 * @param metric of validation, such as {@code loss}
 * @param better which values are better
 * @param leastGain by how much a value must be better than the best to count
 * @param patience how many validations in a row may bring nothing better
 */
public record EarlyStopping(String metric, Better better, double leastGain, int patience) {
    /** Which values of a metric are better. */
    public enum Better {
        LESS,
        GREATER
    }

    public EarlyStopping {
        if (!(leastGain >= 0)) {
            throw new IllegalArgumentException("earlyStopping: leastGain must not be negative, got " + leastGain);
        }
        if (patience < 1) {
            throw new IllegalArgumentException("earlyStopping: patience must be positive, got " + patience);
        }
    }

    /** Returns the rule that the validation's loss must fall at least once in so many validations. */
    public static EarlyStopping onLoss(int patience) {
        return new EarlyStopping("loss", Better.LESS, 0, patience);
    }

    boolean isBetter(double value, double best) {
        return better == Better.LESS ? value < best - leastGain : value > best + leastGain;
    }
}
