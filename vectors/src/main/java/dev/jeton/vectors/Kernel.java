package dev.jeton.vectors;

/**
 * The arithmetic of training and search. Two implementations agree: {@link VectorKernel} on the Vector API, and
 * {@link ScalarKernel} for a JVM without that module.
 */
interface Kernel {
    /** What a start-up line calls it. */
    String name();

    /** Copies a matrix row to {@code now[at…]} and {@code before[at…]}. */
    void load(Matrix matrix, int row, float[] now, float[] before, int at);

    /** Adds a matrix row to {@code target[at…]}. */
    void accumulate(Matrix matrix, int row, float[] target, int at);

    /** Adds {@code now[at…] - before[at…]} to a matrix row. */
    void addChange(Matrix matrix, int row, float[] now, float[] before, int at);

    /** {@code now[at…] *= factor} over {@code count} floats, a multiple of {@link Matrix#LINE}; {@code before} becomes the same. */
    void scale(float factor, float[] now, float[] before, int at, int count);

    /** Sets {@code block.in[at…]} and {@code before[at…]} to the mean of the words near. */
    void mean(Block block, float[] before, int at);

    /** Adds {@code block.in[at…] - before[at…]} to each of the words near. */
    void spread(Block block, float[] before, int at);

    /**
     * One step of gradient descent on the sum of {@code -log sigmoid(sign * product)} over every input and output: both get what the
     * other was before. The loss before the step is added to the block's.
     */
    void step(Block block, float rate);

    /** The product of a matrix row and {@code query}, over {@link Matrix#dimension} floats. */
    float dot(Matrix matrix, int row, float[] query);
}
