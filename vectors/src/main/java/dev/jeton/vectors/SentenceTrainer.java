package dev.jeton.vectors;

import org.jspecify.annotations.Nullable;

/**
 * One thread's training of sentences.
 *
 * <p>What limits word2vec is the way to memory, so rows are worked on in the first-level cache, and each goes to and from its matrix as
 * rarely as possible. Inputs wait in a ring: a word's vector is read once when it comes into sight, and what it learned is added to the
 * shared matrix once when it leaves. Outputs are read for {@link #STEP} positions together, and {@link #SHARE} positions share their
 * negative words. Before rows are copied, their cache lines are touched, so that the misses overlap: that halves their cost.
 */
final class SentenceTrainer {
    /** Positions whose rows are read together. */
    static final int STEP = 8;

    /** Positions in a row that share negative words: eight are a third faster, but cost a sixth of the analogies. */
    static final int SHARE = 2;

    private final Kernel kernel;
    private final InputRows inputs;
    private final Matrix outputs;
    private final @Nullable NegativeSampler negatives;
    private final @Nullable HuffmanTree tree;
    private final int window;
    private final boolean cbow;
    private final int stride;

    /** Input positions held: those of a step, and {@code window} to each side. */
    private final int ring;

    private final Block block;

    /** Where in {@link Block#in} the mean of CBOW lies. */
    private final int mean;

    /** The rows of {@link Block#in} and {@link Block#out} as they were read. */
    private final float[] inBefore;

    private final float[] outBefore;

    /** The matrix row in each slot of {@link Block#out}: the words of the step, then their negatives; or a path. */
    private final int[] outputRows;

    /** For the position at hand: the slots that it predicts, and their signs. */
    private final int[] targets;

    private final float[] signs;

    private final int negativeCount;

    private Randoms random = new Randoms(0, 0, 0);
    private long predictions;

    /** What touching rows adds up to: nobody reads it, but without it the JIT would drop the touching. */
    @SuppressWarnings("UnusedVariable")
    private float touched;

    SentenceTrainer(Trainer trainer) {
        kernel = trainer.kernel;
        inputs = trainer.inputs;
        outputs = trainer.outputs;
        negatives = trainer.negatives;
        tree = trainer.tree;
        window = trainer.options.window();
        cbow = trainer.options.architecture() == Architecture.CBOW;
        stride = outputs.stride();
        ring = 2 * window + STEP;
        mean = ring * stride;
        int maxOutputs = trainer.maxOutputs();
        negativeCount = negatives == null ? 0 : maxOutputs - 1;
        int outputSlots = negatives == null ? maxOutputs : STEP + (STEP + SHARE - 1) / SHARE * negativeCount;
        block = new Block(stride, ring + 1, outputSlots, 2 * window);
        inBefore = new float[block.in.length];
        outBefore = new float[block.out.length];
        outputRows = new int[outputSlots];
        targets = new int[maxOutputs];
        signs = new float[maxOutputs];
    }

    /** Starts a piece of text with random numbers of its own. */
    void begin(Randoms pieceRandom) {
        random = pieceRandom;
        predictions = 0;
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
                leave(words[left], left);
            }
            int sight = Math.min(length, end + window);
            for (int position = entered; position < sight; position++) {
                touched += inputs.touch(words[position]);
            }
            for (; entered < sight; entered++) {
                inputs.load(words[entered], block.in, inBefore, entered % ring * stride);
            }
            if (negatives != null) {
                trainAgainstNegatives(negatives, words, start, end, length, rate);
            } else if (tree != null) {
                trainOnPaths(tree, words, start, end, length, rate);
            }
        }
        for (; left < length; left++) {
            leave(words[left], left);
        }
    }

    private void leave(int word, int position) {
        inputs.addChange(word, block.in, inBefore, position % ring * stride);
    }

    private void trainAgainstNegatives(
            NegativeSampler sampler, int[] words, int start, int end, int length, float rate) {
        int count = end - start;
        System.arraycopy(words, start, outputRows, 0, count);
        int slots = count + (count + SHARE - 1) / SHARE * negativeCount;
        for (int slot = count; slot < slots; slot++) {
            outputRows[slot] = sampler.draw(random);
        }
        readOutputs(slots);
        for (int i = 0; i < count; i++) {
            targets[0] = i;
            signs[0] = 1;
            int first = count + i / SHARE * negativeCount;
            for (int n = 0; n < negativeCount; n++) {
                targets[n + 1] = first + n;
                signs[n + 1] = outputRows[first + n] == outputRows[i] ? 0 : -1;
            }
            predict(start + i, length, negativeCount + 1, rate);
        }
        writeOutputs(slots);
    }

    private void trainOnPaths(HuffmanTree paths, int[] words, int start, int end, int length, float rate) {
        for (int position = start; position < end; position++) {
            int from = paths.start(words[position]);
            int count = paths.end(words[position]) - from;
            for (int slot = 0; slot < count; slot++) {
                outputRows[slot] = paths.node(from + slot);
                targets[slot] = slot;
                signs[slot] = paths.sign(from + slot);
            }
            readOutputs(count);
            predict(position, length, count, rate);
            writeOutputs(count);
        }
    }

    private void readOutputs(int slots) {
        for (int slot = 0; slot < slots; slot++) {
            touched += outputs.touch(outputRows[slot]);
        }
        for (int slot = 0; slot < slots; slot++) {
            kernel.load(outputs, outputRows[slot], block.out, outBefore, slot * stride);
        }
    }

    private void writeOutputs(int slots) {
        for (int slot = 0; slot < slots; slot++) {
            kernel.addChange(outputs, outputRows[slot], block.out, outBefore, slot * stride);
        }
    }

    /** Predicts the targets from the words near a position, whose number is random as in the original. */
    private void predict(int position, int length, int targetCount, float rate) {
        int reach = 1 + random.below(window);
        int from = Math.max(0, position - reach);
        int to = Math.min(length - 1, position + reach);
        int near = 0;
        for (int other = from; other <= to; other++) {
            if (other != position) {
                block.nearAt[near++] = other % ring * stride;
            }
        }
        block.near = near;
        if (cbow) {
            kernel.mean(block, inBefore, mean);
            block.inputs = 1;
            block.inputAt[0] = mean;
            step(targetCount, rate);
            kernel.spread(block, inBefore, mean);
            predictions++;
        } else {
            for (int first = 0; first < near; first += Block.MAX_INPUTS) {
                block.inputs(first, Math.min(Block.MAX_INPUTS, near - first));
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
                block.output(o, targets[first + o] * stride, signs[first + o]);
            }
            block.outputs(count);
            kernel.step(block, rate);
        }
    }
}
