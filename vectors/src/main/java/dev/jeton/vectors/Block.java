package dev.jeton.vectors;

import java.util.Arrays;

/**
 * One small matrix product of training: input rows against a few output rows that they all share.
 *
 * <p>The rows are those of the matrices themselves: training brings them into the first-level cache before it steps on them. An output
 * that is not there has sign 0 and takes no part; a row of the thread's own stands in its place, since the kernels write every row.
 */
final class Block {
    /** Output rows that a kernel holds in registers at once: a word and its five negatives, which is the field's default. */
    static final int GROUP = 6;

    /** Places for an input's products: a group, and two that stay empty so that they fill half a register of 16. */
    static final int SLOTS = 8;

    /** Most inputs whose products a kernel takes at once; it may read as many rows beyond the last. */
    static final int TILE = 4;

    /** Most inputs of a step. */
    static final int MAX_INPUTS = 128;

    /** Factors of up to 2 that a float takes before it overflows. */
    private static final int MAX_FACTORS = 120;

    final Matrix in;
    final int[] inputRows;
    int inputs;

    final Matrix out;
    final int[] outputRows = new int[GROUP];
    int outputs;

    /** Products, then gradients: {@link #SLOTS} for each input in turn. */
    final float[] products;

    /**
     * The sign for each of {@link #products}, which is 1 where an output is to be predicted, -1 where not, 0 where it takes no part: for two
     * inputs, and from {@link Matrix#LINE} on for one input and none.
     */
    final float[] signs = new float[2 * Matrix.LINE];

    /** Sums of a kernel's registers on their way to {@link #products}. */
    final float[] scratch = new float[TILE * GROUP * Matrix.LINE];

    /** The loss, by lane, since it was last read or gathered: {@code log(factors) + excess}. */
    final float[] factors = new float[Matrix.LINE];

    final float[] excess = new float[Matrix.LINE];
    private int factorCount;
    private double loss;

    /** A row of {@link #out} that no other thread has and that stays zero: absent outputs point to it. */
    private final int spare;

    Block(Matrix in, Matrix out, int spare, int maxInputs) {
        this.in = in;
        this.out = out;
        this.spare = spare;
        this.inputRows = new int[maxInputs + TILE];
        this.products = new float[(maxInputs + TILE) * SLOTS];
        Arrays.fill(factors, 1f);
    }

    /** Places an output. */
    void output(int index, int row, float sign) {
        outputRows[index] = row;
        signs[index] = sign;
        signs[index + SLOTS] = sign;
        signs[index + Matrix.LINE] = sign;
    }

    /** Leaves an output's place empty. */
    void noOutput(int index) {
        output(index, spare, 0f);
    }

    /** Takes the first outputs, which are placed; the rest of the group takes no part. */
    void outputs(int count) {
        outputs = count;
        for (int o = count; o < GROUP; o++) {
            noOutput(o);
        }
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
