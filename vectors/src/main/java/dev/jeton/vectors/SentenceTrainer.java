package dev.jeton.vectors;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One thread's training of sentences.
 *
 * <p>What limits word2vec is the way to memory. So the rows of {@link #STEP} positions are touched together before any of them is worked on:
 * the cache misses overlap, and the work finds its rows in the first-level cache. All words near a position share its negative
 * words, each of which serves several positions ({@link NegativeRing}).
 */
final class SentenceTrainer {
    /** Positions whose rows are touched together. */
    static final int STEP = 8;

    private final Kernel kernel;
    private final Sight inputs;
    private final Matrix outputs;
    private final @Nullable NegativeRing negatives;
    private final @Nullable HuffmanTree tree;
    private final int window;
    private final Block block;

    /** The rows of the words near the position at hand. */
    private final int[] nearRows;

    /** CBOW's input, the mean of the words near, and beside it what it was; null for skip-gram. */
    private final @Nullable Matrix mean;

    /** For the position at hand: the outputs that it predicts, and their signs, which on paths are those of the way. */
    private final int[] targets;

    private final float[] signs;

    private Randoms random = new Randoms(0, 0, 0);
    private long predictions;

    /** What touching rows adds up to: nobody reads it, but without it the JIT would drop the touching. */
    @SuppressWarnings("UnusedVariable")
    private float touched;

    /** @param spare an output row that no other thread has */
    SentenceTrainer(Trainer trainer, int spare) {
        kernel = trainer.kernel;
        outputs = trainer.outputs;
        tree = trainer.tree;
        window = trainer.options.window();
        inputs = new Sight(trainer.inputs, 2 * window + STEP);
        nearRows = new int[2 * window];
        boolean cbow = trainer.options.architecture() == Architecture.CBOW;
        mean = cbow ? Matrix.zeros(2, outputs.dimension()) : null;
        block = mean == null
                ? new Block(inputs.rows(), outputs, spare, Math.min(2 * window, Block.MAX_INPUTS))
                : new Block(mean, outputs, spare, 1);
        int maxOutputs = trainer.maxOutputs();
        negatives = trainer.negatives == null ? null : new NegativeRing(trainer.negatives, maxOutputs - 1);
        targets = new int[maxOutputs];
        signs = new float[maxOutputs];
        Arrays.fill(signs, -1);
        signs[0] = 1;
    }

    /** Starts a piece of text with random numbers of its own. */
    void begin(Randoms pieceRandom) {
        random = pieceRandom;
        predictions = 0;
        if (negatives != null) {
            negatives.begin(random);
        }
    }

    Randoms random() {
        return random;
    }

    /** The loss since this was last asked. */
    double takeLoss() {
        return block.takeLoss();
    }

    /** The pairs of an input and a word since {@link #begin}. */
    long predictions() {
        return predictions;
    }

    void train(int[] words, int length, float rate) {
        if (length < 2) {
            return;
        }
        int entered = 0;
        int left = 0;
        for (int start = 0; start < length; start += STEP) {
            int end = Math.min(length, start + STEP);
            for (; left < start - window; left++) {
                inputs.leave(words[left], left);
            }
            for (int sight = Math.min(length, end + window); entered < sight; entered++) {
                touched += inputs.enter(words[entered], entered);
            }
            if (negatives != null) {
                trainAgainstNegatives(negatives, words, start, end, length, rate);
            } else if (tree != null) {
                trainOnPaths(tree, words, start, end, length, rate);
            }
        }
        for (; left < length; left++) {
            inputs.leave(words[left], left);
        }
    }

    private void trainAgainstNegatives(NegativeRing ring, int[] words, int start, int end, int length, float rate) {
        touched += ring.draw(end - start, random, outputs);
        for (int position = start; position < end; position++) {
            touched += outputs.touch(words[position]);
        }
        for (int position = start; position < end; position++) {
            int count = ring.targets(end - position, words[position], targets);
            predict(words, position, length, count, rate);
        }
    }

    private void trainOnPaths(HuffmanTree paths, int[] words, int start, int end, int length, float rate) {
        for (int position = start; position < end; position++) {
            for (int at = paths.start(words[position]); at < paths.end(words[position]); at++) {
                touched += outputs.touch(paths.node(at));
            }
        }
        for (int position = start; position < end; position++) {
            int from = paths.start(words[position]);
            int count = paths.end(words[position]) - from;
            for (int i = 0; i < count; i++) {
                targets[i] = paths.node(from + i);
                signs[i] = paths.sign(from + i);
            }
            predict(words, position, length, count, rate);
        }
    }

    /** Predicts the targets from the words near a position, whose number is random as in the original. */
    private void predict(int[] words, int position, int length, int targetCount, float rate) {
        int reach = 1 + random.below(window);
        int from = Math.max(0, position - reach);
        int to = Math.min(length - 1, position + reach);
        int near = 0;
        for (int other = from; other <= to; other++) {
            if (other != position) {
                nearRows[near++] = inputs.row(words[other], other);
            }
        }
        if (mean != null) {
            kernel.mean(inputs.rows(), nearRows, 0, near, mean, 0);
            block.inputs = 1;
            step(targetCount, rate);
            kernel.spread(mean, 0, inputs.rows(), nearRows, 0, near);
            predictions++;
        } else {
            for (int first = 0; first < near; first += Block.MAX_INPUTS) {
                block.inputs = Math.min(Block.MAX_INPUTS, near - first);
                System.arraycopy(nearRows, first, block.inputRows, 0, block.inputs);
                step(targetCount, rate);
            }
            predictions += near;
        }
    }

    /** One step for each group of targets. */
    private void step(int targetCount, float rate) {
        for (int first = 0; first < targetCount; first += Block.GROUP) {
            int count = Math.min(Block.GROUP, targetCount - first);
            for (int o = 0; o < count; o++) {
                block.output(o, targets[first + o], signs[first + o]);
            }
            block.outputs(count);
            kernel.step(block, rate);
        }
    }
}
