package dev.jeton.data;

import org.jspecify.annotations.Nullable;

/**
 * How {@link Batches} are made.
 *
 * @param batchSize images of a batch
 * @param shuffle their order
 * @param dropLast whether an epoch's last batch is left out if it is smaller than the others
 * @param augment random changes; absent: images as they are
 * @param workers threads that make batches ahead of the one that takes them
 */
public record BatchOptions(
        int batchSize,
        Shuffle shuffle,
        boolean dropLast,
        @Nullable Augment augment,
        int workers) {
    private static final int MAX_WORKERS = 64;

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if the batch size is below 1, or the workers are not in 1..64
     */
    public BatchOptions {
        if (batchSize < 1) {
            throw new IllegalArgumentException("batches: the batch size must be at least 1, got " + batchSize);
        }
        if (workers < 1 || workers > MAX_WORKERS) {
            throw new IllegalArgumentException("batches: workers must be in 1.." + MAX_WORKERS + ", got " + workers);
        }
    }

    /** Batches in the order of the source, made by half of the processors. */
    public static BatchOptions of(int batchSize) {
        int workers = Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, 8);
        return new BatchOptions(batchSize, Shuffle.none(), false, null, workers);
    }

    /** Changes the order. */
    public BatchOptions withShuffle(Shuffle shuffle) {
        return new BatchOptions(batchSize, shuffle, dropLast, augment, workers);
    }

    /** Leaves out an epoch's last batch if it is smaller than the others. */
    public BatchOptions withDropLast() {
        return new BatchOptions(batchSize, shuffle, true, augment, workers);
    }

    /** Changes images at random. */
    public BatchOptions withAugment(Augment augment) {
        return new BatchOptions(batchSize, shuffle, dropLast, augment, workers);
    }

    /** Changes how many threads make batches. */
    public BatchOptions withWorkers(int workers) {
        return new BatchOptions(batchSize, shuffle, dropLast, augment, workers);
    }
}
