package dev.jeton.train;

/**
 * How steps, batches and epochs of a run relate. Steps go on over the ends of epochs: one may take its first batches from
 * one epoch and its last from the next.
 *
 * @param batchesPerEpoch how many batches the data gives
 * @param batchesPerStep how many batches a step adds up
 */
record Calendar(long batchesPerEpoch, int batchesPerStep) {
    /** Returns which batch comes first after so many steps, counted from the first of the first epoch. */
    long position(long steps) {
        return Math.multiplyExact(steps, (long) batchesPerStep);
    }

    /** Returns how many epochs are complete after so many steps. */
    long epochs(long steps) {
        return Math.floorDiv(position(steps), batchesPerEpoch);
    }

    /** Returns how often the data has been seen after so many steps. */
    double epoch(long steps) {
        return (double) position(steps) / batchesPerEpoch;
    }

    /** Returns how many steps a run of this length has. */
    long steps(Span length) {
        return switch (length) {
            case Span.Steps(long count) -> count;
            case Span.Epochs(long count) -> Math.ceilDiv(Math.multiplyExact(count, batchesPerEpoch), batchesPerStep);
            case Span.Time _ -> throw new IllegalArgumentException("length: a run lasts steps or epochs");
        };
    }
}
