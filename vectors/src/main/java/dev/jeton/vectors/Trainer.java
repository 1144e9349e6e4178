package dev.jeton.vectors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One training: what all its threads share. Each takes piece after piece of the text, epoch after epoch. */
final class Trainer {
    /** Words between two looks at the learning rate. */
    private static final int RATE_STEP = 10_000;

    /** The learning rate never falls below this share of its start. */
    private static final double RATE_FLOOR = 1e-4;

    final Word2VecOptions options;
    final Kernel kernel;
    final InputRows inputs;
    final Matrix outputs;
    final @Nullable NegativeSampler negatives;
    final @Nullable HuffmanTree tree;

    private final Vocabulary vocabulary;
    private final long[] keep;
    private final AtomicInteger nextPiece = new AtomicInteger();
    private final AtomicLong wordsDone = new AtomicLong();
    private final long wordsTotal;
    private volatile boolean stopped;

    Trainer(Vocabulary vocabulary, Word2VecOptions options, Kernel kernel, InputRows inputs, Matrix outputs) {
        this.options = options;
        this.kernel = kernel;
        this.inputs = inputs;
        this.outputs = outputs;
        this.vocabulary = vocabulary;
        this.wordsTotal = vocabulary.total() * options.epochs();
        this.keep = keepThresholds();
        this.negatives =
                options.objective() instanceof Objective.NegativeSampling ? new NegativeSampler(vocabulary) : null;
        this.tree = options.objective() instanceof Objective.HierarchicalSoftmax ? new HuffmanTree(vocabulary) : null;
    }

    /** For each word the share, of 2^32, of its occurrences that stay: (sqrt(f / sample) + 1) * sample / f, at most 1. */
    private long[] keepThresholds() {
        long[] thresholds = new long[vocabulary.size()];
        for (int i = 0; i < thresholds.length; i++) {
            double ratio = options.sample() * vocabulary.total() / Math.max(1, vocabulary.count(i));
            double share = options.sample() == 0 ? 1 : Math.sqrt(ratio) + ratio;
            thresholds[i] = (long) Math.min(share * 0x1p32, 0x1p32);
        }
        return thresholds;
    }

    /** Most outputs that one word is predicted by. */
    int maxOutputs() {
        return switch (options.objective()) {
            case Objective.NegativeSampling n -> n.negatives() + 1;
            case Objective.HierarchicalSoftmax _ -> tree == null ? 1 : Math.max(1, tree.longest());
        };
    }

    /** Trains on a text as ids of the vocabulary. */
    void run(Spool text, Consumer<TrainingProgress> listener) throws IOException {
        long started = System.nanoTime();
        EpochLosses losses = new EpochLosses(options.epochs(), text.pieces());
        Workers.run(
                options.threads(),
                worker -> work(worker, text, losses),
                () -> stopped = true,
                () -> listener.accept(progress(started, losses)));
        losses.requireAll(options.sample());
        listener.accept(progress(started, losses));
    }

    private TrainingProgress progress(long started, EpochLosses losses) {
        return new TrainingProgress(
                wordsDone.get(),
                wordsTotal,
                Duration.ofNanos(System.nanoTime() - started),
                losses.means(),
                losses.soFar());
    }

    private void work(int worker, Spool text, EpochLosses losses) throws IOException {
        int[] ids = new int[Chunks.SIZE + 1];
        int[] kept = new int[RATE_STEP];
        ByteBuffer buffer = Spool.buffer();
        SentenceTrainer sentences = new SentenceTrainer(this, outputs.rows() - 1 - worker);
        int pieces = text.pieces();
        int units = Math.multiplyExact(pieces, options.epochs());
        for (int unit = nextPiece.getAndIncrement(); unit < units && !stopped; unit = nextPiece.getAndIncrement()) {
            int count = text.read(unit % pieces, ids, buffer);
            sentences.begin(new Randoms(options.seed(), unit / pieces, unit % pieces));
            trainPiece(ids, count, kept, sentences);
            losses.add(unit / pieces, sentences.takeLoss(), sentences.predictions());
        }
    }

    private void trainPiece(int[] ids, int count, int[] kept, SentenceTrainer sentences) {
        int position = 0;
        while (position < count && !stopped) {
            float rate = rate();
            int words = 0;
            while (position < count && words < RATE_STEP) {
                int length = 0;
                while (position < count && ids[position] != Splitter.SENTENCE_END && words < RATE_STEP) {
                    int word = ids[position++];
                    words++;
                    if ((sentences.random().next() >>> 32) < keep[word]) {
                        kept[length++] = word;
                    }
                }
                if (position < count && ids[position] == Splitter.SENTENCE_END) {
                    position++;
                }
                sentences.train(kept, length, rate);
            }
            wordsDone.addAndGet(words);
        }
    }

    private float rate() {
        double left = 1 - (double) wordsDone.get() / (wordsTotal + 1);
        return (float) (options.learningRate() * Math.max(left, RATE_FLOOR));
    }

    /** Sums of loss and predictions, by epoch; an epoch is told once all its pieces are in. */
    private static final class EpochLosses {
        private final double[] loss;
        private final long[] predictions;
        private final int[] missing;

        EpochLosses(int epochs, int pieces) {
            loss = new double[epochs];
            predictions = new long[epochs];
            missing = new int[epochs];
            java.util.Arrays.fill(missing, pieces);
        }

        synchronized void add(int epoch, double sum, long count) {
            loss[epoch] += sum;
            predictions[epoch] += count;
            missing[epoch]--;
        }

        /** The means of the finished epochs. */
        synchronized List<Double> means() {
            List<Double> means = new ArrayList<>();
            for (int i = 0; i < loss.length && missing[i] == 0 && predictions[i] > 0; i++) {
                means.add(loss[i] / predictions[i]);
            }
            return means;
        }

        /** The mean of the first epoch that is not finished. */
        synchronized OptionalDouble soFar() {
            for (int i = 0; i < loss.length; i++) {
                if (missing[i] > 0) {
                    return predictions[i] == 0 ? OptionalDouble.empty() : OptionalDouble.of(loss[i] / predictions[i]);
                }
            }
            return OptionalDouble.empty();
        }

        /** Refuses a text of which an epoch had nothing left. */
        synchronized void requireAll(double sample) {
            for (int i = 0; i < loss.length; i++) {
                if (predictions[i] == 0) {
                    throw new IllegalArgumentException(
                            sample == 0
                                    ? "word2vec: no line of this text has two words that are frequent enough"
                                    : "word2vec: sample " + sample + " (--sample) thins this text out until no two"
                                            + " words stand together: 0 keeps every word");
                }
            }
        }
    }
}
