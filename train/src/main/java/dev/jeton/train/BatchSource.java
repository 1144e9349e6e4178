package dev.jeton.train;

import java.util.List;

/**
 * Data cut into batches, epoch after epoch, in an order that is the same whenever it is asked for: the batch at a position
 * never changes. That is what lets a run go on exactly where it was.
 *
 * @param <B> what a batch is
 */
public interface BatchSource<B> {
    /** Returns how many batches one pass over the data gives. */
    long batchesPerEpoch();

    /** Opens the stream of all batches from a position on, counted from the first batch of the first epoch. */
    BatchStream<B> from(long position);

    /**
     * Returns how many examples a batch holds, by which validation weighs its scores: so the last batch of an epoch, which
     * may be shorter, counts for no more than it is. Where nothing else is said all batches count alike.
     */
    default long examples(B batch) {
        return 1;
    }

    /** Returns a source that gives the same batches in the same order in every epoch: for small things and tests. */
    static <B> BatchSource<B> of(List<B> batches) {
        List<B> all = List.copyOf(batches);
        if (all.isEmpty()) {
            throw new IllegalArgumentException("batches: there must be at least one");
        }
        return new BatchSource<>() {
            @Override
            public long batchesPerEpoch() {
                return all.size();
            }

            @Override
            public BatchStream<B> from(long position) {
                return new BatchStream<>() {
                    private long next = position;

                    @Override
                    public B next() {
                        return all.get((int) (next++ % all.size()));
                    }

                    @Override
                    public void close() {
                        // nothing to let go of
                    }
                };
            }
        };
    }
}
