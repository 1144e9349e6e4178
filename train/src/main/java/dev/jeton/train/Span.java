package dev.jeton.train;

import java.time.Duration;

/** A stretch of a run: how often something is due. */
public sealed interface Span {
    /** So many updates of the weights. */
    record Steps(long count) implements Span {
        public Steps {
            checkPositive(count);
        }
    }

    /** So many passes over the data. */
    record Epochs(long count) implements Span {
        public Epochs {
            checkPositive(count);
        }
    }

    /** So much time. */
    record Time(Duration duration) implements Span {
        public Time {
            if (!duration.isPositive()) {
                throw new IllegalArgumentException("span: the time must be positive, got " + duration);
            }
        }
    }

    /** Returns so many updates of the weights. */
    static Span steps(long count) {
        return new Steps(count);
    }

    /** Returns so many passes over the data. */
    static Span epochs(long count) {
        return new Epochs(count);
    }

    /** Returns so many minutes. */
    static Span minutes(long count) {
        return new Time(Duration.ofMinutes(count));
    }

    private static void checkPositive(long count) {
        if (count < 1) {
            throw new IllegalArgumentException("span: the count must be positive, got " + count);
        }
    }
}
