package dev.jeton.train;

import dev.jeton.nn.CheckpointException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Decides from which checkpoint a run goes on, and whether it is the same run. */
final class Resumption {
    private Resumption() {}

    /**
     * Returns the step to go on from, nothing if the run begins anew.
     *
     * @param notes gets what the user should know
     * @throws CheckpointException if there are checkpoints, but none is whole
     */
    static Optional<Long> choose(Checkpoints checkpoints, Start start, List<String> notes) {
        return switch (start) {
            case Start.Fresh _, Start.Overwrite _ -> Optional.empty();
            case Start.ResumeAt(long step) -> {
                notes.add("going on from step " + step);
                yield Optional.of(step);
            }
            case Start.Resume _ -> newest(checkpoints, notes);
        };
    }

    private static Optional<Long> newest(Checkpoints checkpoints, List<String> notes) {
        List<Long> steps = checkpoints.steps();
        if (steps.isEmpty()) {
            notes.add("there is no checkpoint yet: beginning at step 0");
            return Optional.empty();
        }
        for (Long step : steps.reversed()) {
            Optional<String> lack = checkpoints.lack(step);
            if (lack.isEmpty()) {
                notes.add("going on from step " + step);
                return Optional.of(step);
            }
            notes.add(lack.get());
        }
        throw new CheckpointException(String.join("; ", notes) + "; no older checkpoint is left");
    }

    /**
     * Checks that a run with these options would give the batches that the checkpoint's run gave.
     *
     * @throws IllegalArgumentException if not
     */
    static void checkSame(Path checkpoint, RunState state, TrainOptions options, Calendar calendar) {
        check(checkpoint, "seed", state.seed(), options.seed());
        check(checkpoint, "batch size", state.batchSize(), options.batchSize());
        check(checkpoint, "accumulation", state.batchesPerStep(), calendar.batchesPerStep());
        check(checkpoint, "number of batches in the data", state.batchesPerEpoch(), calendar.batchesPerEpoch());
    }

    private static void check(Path checkpoint, String what, long stored, long given) {
        if (stored != given) {
            throw new IllegalArgumentException("resume: the " + what + " must stay " + stored + ", as in " + checkpoint
                    + ", it is " + given + " now");
        }
    }
}
