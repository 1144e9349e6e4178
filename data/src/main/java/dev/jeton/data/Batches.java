package dev.jeton.data;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A source's images in batches, made ahead by background threads.
 *
 * <p>Each loop over the batches is one epoch, in another order if they are shuffled:
 *
 * <pre>{@code
 * Batches batches = Images.open("photos").batches(128, Shuffle.seeded(1));
 * for (int epoch = 0; epoch < 10; epoch++) {
 *     for (Batch batch : batches) { … }
 * }
 * }</pre>
 *
 * <p>{@link #position()} says how far a loop has come. It is all that a checkpoint needs: after {@link #seek} the next loop
 * goes on with just the batches that were still to come. A loop that is left in the middle goes on there, too.
 *
 * <p>There is nothing to close: a loop that is left has at most a few batches under way, and idle threads end within a
 * second. For one thread at a time.
 */
public final class Batches implements Iterable<Batch> {
    /** Batches that are ready or under way for each that a worker makes. */
    private static final int AHEAD = 2;

    private static final long IDLE_MILLIS = 1000;

    private final ImageSource source;
    private final BatchOptions options;
    private final ImageShape shape;
    private final int perEpoch;
    private final ThreadPoolExecutor workers;
    private Position position = Position.START;
    private @Nullable Epoch current;

    /**
     * How far the batches were taken.
     *
     * @param epoch whole epochs before
     * @param batch batches of this epoch before
     */
    public record Position(long epoch, int batch) {
        /** Before the first batch. */
        public static final Position START = new Position(0, 0);

        /**
         * Checks the numbers.
         *
         * @throws IllegalArgumentException if one is negative
         */
        public Position {
            if (epoch < 0 || batch < 0) {
                throw new IllegalArgumentException(
                        "position: must not be negative: epoch " + epoch + ", batch " + batch);
            }
        }
    }

    private Batches(ImageSource source, BatchOptions options) {
        this.source = source;
        this.options = options;
        this.shape =
                options.augment() == null ? source.shape() : options.augment().shape(source.shape());
        this.perEpoch = options.dropLast()
                ? source.size() / options.batchSize()
                : Math.ceilDiv(source.size(), options.batchSize());
        this.workers = new ThreadPoolExecutor(
                options.workers(),
                options.workers(),
                IDLE_MILLIS,
                TimeUnit.MILLISECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name("jeton-batches-", 0).factory());
        workers.allowCoreThreadTimeOut(true);
    }

    /**
     * Batches of a source.
     *
     * @throws IllegalArgumentException if an epoch would have no batch, or a batch be larger than an array
     */
    public static Batches of(ImageSource source, BatchOptions options) {
        var batches = new Batches(source, options);
        if (batches.perEpoch == 0) {
            throw new IllegalArgumentException(
                    "batches: " + source.size() + " images make no batch of " + options.batchSize());
        }
        if ((long) batches.shape.bytes() * options.batchSize() > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(
                    "batches: " + options.batchSize() + " images of " + batches.shape + " are more than 2 GiB");
        }
        return batches;
    }

    /** Where the images come from. */
    public ImageSource source() {
        return source;
    }

    /** The shape of each image: the source's, unless they are cropped. */
    public ImageShape shape() {
        return shape;
    }

    /** How many batches an epoch has. */
    public int batchesPerEpoch() {
        return perEpoch;
    }

    /** How far the batches were taken: what was only made ahead does not count. */
    public Position position() {
        return position;
    }

    /**
     * Goes to a position; a loop under way ends.
     *
     * @throws IllegalArgumentException if an epoch has no such batch
     */
    public void seek(Position position) {
        if (position.batch() >= perEpoch) {
            throw new IllegalArgumentException(
                    "seek: an epoch has " + perEpoch + " batches, there is no batch " + position.batch());
        }
        abandon();
        this.position = position;
    }

    /** The batches that are left of the epoch; a loop under way ends. */
    @Override
    public Iterator<Batch> iterator() {
        abandon();
        var epoch = new Epoch(position);
        current = epoch;
        return epoch;
    }

    private void abandon() {
        if (current != null) {
            current.cancel();
            current = null;
        }
    }

    /** What is left of one epoch. */
    private final class Epoch implements Iterator<Batch> {
        private final long epoch;
        private final IntUnaryOperator order;
        private final Deque<Future<Batch>> ahead = new ArrayDeque<>();
        private int submitted;
        private int taken;

        Epoch(Position from) {
            epoch = from.epoch();
            order = options.shuffle().order(source.size(), epoch);
            submitted = from.batch();
            taken = from.batch();
            fill();
        }

        private void fill() {
            while (submitted < perEpoch && ahead.size() < options.workers() + AHEAD) {
                int batch = submitted++;
                ahead.add(workers.submit(() -> make(batch)));
            }
        }

        void cancel() {
            ahead.forEach(future -> future.cancel(false));
        }

        @Override
        public boolean hasNext() {
            return taken < perEpoch;
        }

        /**
         * The next batch.
         *
         * @throws DataException if a file is broken; asking again throws again
         * @throws IllegalStateException if another loop was begun since
         */
        @Override
        public Batch next() {
            if (!hasNext()) {
                throw new NoSuchElementException("the epoch has no more batches");
            }
            if (current != this) {
                throw new IllegalStateException("batches: another loop was begun, or the position changed, since");
            }
            Batch batch = await(ahead.element());
            ahead.remove();
            fill();
            taken++;
            position = taken < perEpoch ? new Position(epoch, taken) : new Position(epoch + 1, 0);
            return batch;
        }

        private Batch make(int batch) {
            int first = batch * options.batchSize();
            int count = Math.min(options.batchSize(), source.size() - first);
            byte[] bytes = new byte[count * shape.bytes()];
            int[] indices = new int[count];
            long[] labels = new long[source.labelled() ? count : 0];
            for (int i = 0; i < count; i++) {
                indices[i] = order.applyAsInt(first + i);
                Augment augment = options.augment();
                if (augment == null) {
                    source.read(indices[i], bytes, i * shape.bytes());
                } else {
                    byte[] pixels = source.pixels(indices[i]);
                    augment.apply(pixels, source.shape(), epoch, first + i, bytes, i * shape.bytes());
                }
                if (labels.length > 0) {
                    labels[i] = source.label(indices[i]);
                }
            }
            return new Batch(shape, bytes, indices, labels);
        }
    }

    private static Batch await(Future<Batch> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (CancellationException) new CancellationException("batches: interrupted while waiting").initCause(e);
        } catch (ExecutionException e) {
            // what the worker met, as if it had been met here
            switch (e.getCause()) {
                case RuntimeException broken -> throw broken;
                case Error broken -> throw broken;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }
}
