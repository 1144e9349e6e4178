package dev.jeton.vectors;

import java.util.Arrays;

/**
 * One small matrix product of training: input rows against a few output rows that they all share.
 *
 * <p>All rows lie in the worker's own arrays, {@code stride} floats each, so that they stay in the first-level cache. Outputs that are
 * not there have sign 0 and take no part.
 */
final class Block {
    /** Output rows that a kernel holds in registers at once: a word and its five negatives, which is the field's default. */
    static final int GROUP = 6;

    /** Places for an input's products: a group, and two that stay empty so that they fill half a register of 16. */
    static final int SLOTS = 8;

    /** Most inputs of a step. */
    static final int MAX_INPUTS = 128;

    /** Factors of up to 2 that a float takes before it overflows. */
    private static final int MAX_FACTORS = 120;

    final int stride;

    /** The inputs, each at its offset of {@link #inputAt}. */
    final float[] in;

    final int[] inputAt;
    int inputs;

    /** All words near a position, in {@link #in} too: they are inputs, or their mean is. */
    final int[] nearAt;

    int near;

    /** The outputs, each at its offset of {@link #outputAt}. */
    final float[] out;

    final int[] outputAt = new int[GROUP];
    int outputs;

    /** Products, then gradients: {@link #SLOTS} for each input in turn. */
    final float[] products;

    /**
     * The sign for each of {@link #products}, which is 1 where an output is to be predicted, -1 where not, 0 where it takes no part: for two
     * inputs, and from {@link Matrix#LINE} on for one input and none.
     */
    final float[] signs = new float[2 * Matrix.LINE];

    /** Sums of a kernel's registers on their way to {@link #products}. */
    final float[] scratch = new float[2 * GROUP * Matrix.LINE];

    /** The loss, by lane, since it was last read or gathered: {@code log(factors) + excess}. */
    final float[] factors = new float[Matrix.LINE];

    final float[] excess = new float[Matrix.LINE];
    private int factorCount;
    private double loss;

    /** An output row that absent outputs point to. */
    private final int spare;

    Block(int stride, int inputSlots, int outputSlots, int maxNear) {
        int maxInputs = Math.min(maxNear, MAX_INPUTS);
        this.stride = stride;
        this.in = new float[inputSlots * stride];
        this.inputAt = new int[maxInputs];
        this.nearAt = new int[maxNear];
        this.out = new float[(outputSlots + 1) * stride];
        this.products = new float[(maxInputs + 1) * SLOTS];
        this.spare = outputSlots * stride;
        Arrays.fill(factors, 1f);
    }

    /** Places an output. */
    void output(int index, int at, float sign) {
        outputAt[index] = at;
        signs[index] = sign;
        signs[index + SLOTS] = sign;
        signs[index + Matrix.LINE] = sign;
    }

    /** Takes the first outputs, which are placed; the rest of the group takes no part. */
    void outputs(int count) {
        outputs = count;
        for (int o = count; o < GROUP; o++) {
            output(o, spare, 0f);
        }
    }

    /** Takes some of the words near as inputs. */
    void inputs(int from, int count) {
        System.arraycopy(nearAt, from, inputAt, 0, count);
        inputs = count;
    }

    /** Makes room for the factors of one more step. */
    void expectFactors() {
        int more = (inputs * SLOTS + Matrix.LINE - 1) / Matrix.LINE;
        if (factorCount + more > MAX_FACTORS) {
            gatherLoss();
        }
        factorCount += more;
    }

    private void gatherLoss() {
        for (int lane = 0; lane < factors.length; lane++) {
            loss += Math.log(factors[lane]) + excess[lane];
        }
        Arrays.fill(factors, 1f);
        Arrays.fill(excess, 0f);
        factorCount = 0;
    }

    /** The loss of all steps since this was last asked: the sum of {@code -log sigmoid(sign * product)}. */
    double takeLoss() {
        gatherLoss();
        double taken = loss;
        loss = 0;
        return taken;
    }
}
