package dev.jeton.train;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run must know to go on, beside its tensors.
 *
 * @param step how many steps are done
 * @param seed where random choices started
 * @param batchSize of data that came uncut
 * @param batchesPerEpoch how many batches the data gives
 * @param batchesPerStep how many of them a step adds up
 * @param best the best validation so far, where early stopping watches
 * @param validationsSinceBest how many validations brought nothing better
 * @param averages the metrics since they were last written
 */
record RunState(
        long step,
        long seed,
        int batchSize,
        long batchesPerEpoch,
        int batchesPerStep,
        @Nullable Best best,
        int validationsSinceBest,
        Map<String, Recorder.Total> averages) {
    /** A validation that was better than all before. */
    record Best(long step, double value) {}
}
