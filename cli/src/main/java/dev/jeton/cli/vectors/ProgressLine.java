package dev.jeton.cli.vectors;

import dev.jeton.vectors.TrainingProgress;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Shows how far a training is: on a terminal one line that changes, elsewhere a line for each epoch. */
final class ProgressLine {
    private final PrintWriter err;
    private final boolean terminal;
    private TrainingProgress last = new TrainingProgress(0, 0, Duration.ZERO, List.of(), OptionalDouble.empty());

    ProgressLine(PrintWriter err) {
        this.err = err;
        @SuppressWarnings("SystemConsoleNull") // asked for its terminal, not for null
        boolean console = System.console() != null && System.console().isTerminal();
        this.terminal = console;
    }

    void show(TrainingProgress progress) {
        boolean newEpoch = progress.epochLosses().size() > last.epochLosses().size();
        last = progress;
        if (terminal) {
            err.print("\r" + text(progress, progress.loss()));
        } else if (newEpoch) {
            err.println(text(progress, OptionalDouble.of(progress.epochLosses().getLast())));
        }
        err.flush();
    }

    /** Leaves the line as it is. */
    void end() {
        if (terminal) {
            err.println();
        }
    }

    /** What was shown last. */
    TrainingProgress last() {
        return last;
    }

    private static String text(TrainingProgress progress, OptionalDouble mean) {
        String loss = mean.isPresent() ? String.format(Locale.ROOT, "  loss %.4f", mean.getAsDouble()) : "";
        long left = progress.remaining().toSeconds();
        return String.format(
                Locale.ROOT,
                "%5.1f %%  %,.0f words/s%s  %d:%02d left ",
                100.0 * progress.wordsDone() / Math.max(1, progress.wordsTotal()),
                progress.wordsPerSecond(),
                loss,
                left / 60,
                left % 60);
    }
}
