package dev.jeton.cli.tokenizer;

import dev.jeton.text.TrainingProgress;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Shows how far a training is: on a terminal one line that changes, elsewhere a line when something else begins and one
 * every ten seconds, unless all is over in one.
 */
final class TrainingLine implements Consumer<TrainingProgress> {
    /** Goes to the start of the line and clears it. */
    private static final String OVER = "\r\u001b[2K";

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final PrintWriter err;
    private final boolean terminal;
    private final LongSupplier nanos;
    private final long started;
    private TrainingProgress.@Nullable Phase phase;
    private long shownAt;

    /**
     * @param nanos a clock, such as {@link System#nanoTime}
     */
    TrainingLine(PrintWriter err, boolean terminal, LongSupplier nanos) {
        this.err = err;
        this.terminal = terminal;
        this.nanos = nanos;
        started = nanos.getAsLong();
    }

    /** Whether somebody looks on. */
    @SuppressWarnings("SystemConsoleNull") // asked for its terminal, not for null
    static boolean isTerminal() {
        return System.console() != null && System.console().isTerminal();
    }

    @Override
    public void accept(TrainingProgress progress) {
        long now = nanos.getAsLong();
        if (!terminal && now - started < SECOND) {
            return;
        }
        if (progress.phase() == phase && now - shownAt < (terminal ? SECOND / 10 : 10 * SECOND)) {
            return;
        }
        phase = progress.phase();
        shownAt = now;
        if (terminal) {
            err.print(OVER + text(progress));
        } else {
            err.println(text(progress));
        }
        err.flush();
    }

    private static String text(TrainingProgress progress) {
        long done = progress.done();
        long total = progress.total();
        return switch (progress.phase()) {
            case READING ->
                total == 0
                        ? "reading: %s".formatted(megabytes(done))
                        : "reading: %s of %s, %s".formatted(megabytes(done), megabytes(total), percent(done, total));
            case LEARNING -> String.format(Locale.ROOT, "learning: %,d of %,d, %s", done, total, percent(done, total));
        };
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%,.1f MB", bytes / 1e6);
    }

    private static String percent(long done, long total) {
        return 100 * done / Math.max(1, total) + " %";
    }

    /** Leaves a terminal's line empty. */
    void end() {
        if (terminal) {
            err.print(OVER);
            err.flush();
        }
    }
}
