package dev.jeton.vectors;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One thread's training of sentences.
 *
 * <p>What limits word2vec is the way to memory, so rows are worked on in the first-level cache, and each goes to and from its matrix as
 * rarely as possible. Inputs wait in a ring: a word's vector is read once when it comes into sight, and what it learned is added to the
 * shared matrix once when it leaves. Outputs are read for {@link #STEP} positions together, so that their cache misses overlap, and
 * {@link #SHARE} positions share their negative words.
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

    /** The rows of {@link Block#in} and {@link Block#out} as they were read. */
    private final float[] inBefore;

    private final float[] outBefore;
    private final float[] delta;

    /** The matrix row in each slot of {@link Block#out}: the words of the step, then their negatives; or a path. */
    private final int[] outputRows;

    private final int negativeCount;

    private Randoms random = new Randoms(0, 0, 0);
    private double loss;
    private long predictions;

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
        int maxOutputs = trainer.maxOutputs();
        negativeCount = negatives == null ? 0 : maxOutputs - 1;
        int outputSlots = negatives == null ? maxOutputs : STEP + (STEP + SHARE - 1) / SHARE * negativeCount;
        block = new Block(stride, ring + 1, outputSlots, 2 * window, maxOutputs);
        inBefore = new float[block.in.length];
        outBefore = new float[block.out.length];
        delta = new float[stride];
        outputRows = new int[outputSlots];
    }

    /** Starts a piece of text with random numbers of its own. */
    void begin(Randoms pieceRandom) {
        random = pieceRandom;
        loss = 0;
        predictions = 0;
    }

    Randoms random() {
        return random;
    }

    /** The loss since {@link #begin}. */
    double loss() {
        return loss;
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
            for (int sight = Math.min(length, end + window); entered < sight; entered++) {
                enter(words[entered], entered);
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

    private void enter(int word, int position) {
        int at = position % ring * stride;
        inputs.load(word, block.in, at);
        System.arraycopy(block.in, at, inBefore, at, stride);
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
            block.outputAt[0] = i * stride;
            block.sign[0] = 1;
            int first = count + i / SHARE * negativeCount;
            for (int n = 0; n < negativeCount; n++) {
                block.outputAt[n + 1] = (first + n) * stride;
                block.sign[n + 1] = outputRows[first + n] == outputRows[i] ? 0 : -1;
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
                block.sign[slot] = paths.sign(from + slot);
                block.outputAt[slot] = slot * stride;
            }
            readOutputs(count);
            predict(position, length, count, rate);
            writeOutputs(count);
        }
    }

    private void readOutputs(int slots) {
        for (int slot = 0; slot < slots; slot++) {
            kernel.load(outputs, outputRows[slot], block.out, slot * stride);
        }
        System.arraycopy(block.out, 0, outBefore, 0, slots * stride);
    }

    private void writeOutputs(int slots) {
        for (int slot = 0; slot < slots; slot++) {
            kernel.addChange(outputs, outputRows[slot], block.out, outBefore, slot * stride);
        }
    }

    private void predict(int position, int length, int outputCount, float rate) {
        int reach = 1 + random.below(window);
        int from = Math.max(0, position - reach);
        int to = Math.min(length - 1, position + reach);
        int count = 0;
        for (int near = from; near <= to; near++) {
            if (near != position) {
                block.inputAt[count++] = near % ring * stride;
            }
        }
        if (cbow) {
            predictFromMean(count, outputCount, rate);
        } else {
            block.resize(count, outputCount);
            step(rate);
            predictions += count;
        }
    }

    private void predictFromMean(int count, int outputCount, float rate) {
        int mean = ring * stride;
        int first = block.inputAt[0];
        Arrays.fill(block.in, mean, mean + stride, 0f);
        for (int i = 0; i < count; i++) {
            kernel.axpy(1f / count, block.in, block.inputAt[i], block.in, mean, stride);
        }
        System.arraycopy(block.in, mean, inBefore, mean, stride);
        block.inputAt[0] = mean;
        block.resize(1, outputCount);
        step(rate);
        predictions++;
        kernel.subtract(block.in, mean, inBefore, mean, delta, 0, stride);
        block.inputAt[0] = first;
        for (int i = 0; i < count; i++) {
            kernel.axpy(1f, delta, 0, block.in, block.inputAt[i], stride);
        }
    }

    private void step(float rate) {
        kernel.products(block);
        loss += kernel.gradients(block, rate);
        kernel.update(block);
    }
}
