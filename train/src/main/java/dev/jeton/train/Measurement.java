package dev.jeton.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was measured at one step of a run.
 *
 * @param step how many steps had been done
 * @param epoch how often the data had been seen
 * @param phase what the numbers are of
 * @param values by name, such as {@code loss}, in the order in which they were recorded
 */
public record Measurement(long step, double epoch, Phase phase, Map<String, Double> values) {
    /** What numbers are of. */
    public enum Phase {
        /** Averages over the training steps since the last measurement. */
        TRAIN,
        /** Averages over the validation data. */
        VALIDATION;

        /** Returns the name in files: {@code train}, {@code validation}. */
        public String label() {
            return this == TRAIN ? "train" : "validation";
        }
    }

    public Measurement {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
}
