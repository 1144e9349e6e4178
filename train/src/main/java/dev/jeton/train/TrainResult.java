package dev.jeton.train;

import java.util.Map;
import java.util.OptionalLong;

/**
 * How a run ended.
 *
 * @param ending why
 * @param steps how many steps the run has done in all
 * @param training the last averages of the training metrics
 * @param validation the last validation, empty where there was none
 * @param bestStep after which step validation was best, where early stopping watched it
 */
public record TrainResult(
        Ending ending,
        long steps,
        Map<String, Double> training,
        Map<String, Double> validation,
        OptionalLong bestStep) {
    /** Why a run ended. */
    public enum Ending {
        /** It did all its steps. */
        FINISHED,
        /** Validation no longer got better; the model holds the best weights. */
        STOPPED_EARLY,
        /** The process or the thread was asked to end; all is saved, {@link Start.Resume} goes on. */
        INTERRUPTED
    }

    public TrainResult {
        training = Map.copyOf(training);
        validation = Map.copyOf(validation);
    }
}
