package dev.jeton.vectors;

import java.util.Arrays;

/**
 * One small matrix product of training: input rows against the output rows that they all share.
 *
 * <p>All rows lie in the worker's own arrays, {@code stride} floats each, so that they stay in the first-level cache. Outputs are
 * processed in groups of {@link #GROUP}; those of the last group that are not there have sign 0 and take no part.
 */
final class Block {
    /** Output rows that a kernel holds in registers at once: a word and its five negatives, which is the field's default. */
    static final int GROUP = 6;

    final int stride;

    /** The inputs, each at its offset of {@link #inputAt}. */
    final float[] in;

    final int[] inputAt;
    int inputs;

    /** The outputs, each at its offset of {@link #outputAt}. */
    final float[] out;

    final int[] outputAt;
    int outputs;

    /** 1 where an output is to be predicted, -1 where not, 0 where it takes no part. */
    final float[] sign;

    /** Products, then gradients: for each output in turn one for each input, and zeros up to a whole register. */
    final float[] products;

    /** The sign for each of {@link #products}. */
    final float[] signs;

    /** A register of every input, at its offset of {@link #nextAt}, while several groups of outputs are applied to it. */
    final float[] next;

    final int[] nextAt;

    /** An output row that absent outputs point to. */
    private final int spare;

    Block(int stride, int inputSlots, int outputSlots, int maxInputs, int maxOutputs) {
        int padded = (maxOutputs + GROUP - 1) / GROUP * GROUP;
        this.stride = stride;
        this.in = new float[inputSlots * stride];
        this.inputAt = new int[maxInputs];
        this.out = new float[(outputSlots + 1) * stride];
        this.outputAt = new int[padded];
        this.sign = new float[padded];
        this.products = new float[padded * maxInputs + Matrix.LINE];
        this.signs = new float[products.length];
        this.next = new float[maxInputs * Matrix.LINE];
        this.nextAt = new int[maxInputs];
        this.spare = outputSlots * stride;
        Arrays.setAll(nextAt, i -> i * Matrix.LINE);
    }

    /** Takes the first inputs and outputs, whose offsets and signs are set; the rest of the last group takes no part. */
    void resize(int inputCount, int outputCount) {
        inputs = inputCount;
        outputs = outputCount;
        for (int o = 0; o < outputCount; o++) {
            Arrays.fill(signs, o * inputCount, (o + 1) * inputCount, sign[o]);
        }
        for (int o = outputCount; o % GROUP != 0; o++) {
            outputAt[o] = spare;
        }
        int used = inputCount * outputCount;
        Arrays.fill(signs, used, Matrix.padded(groups() * GROUP * inputCount), 0f);
    }

    int groups() {
        return (outputs + GROUP - 1) / GROUP;
    }
}
