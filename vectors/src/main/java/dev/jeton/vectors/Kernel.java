package dev.jeton.vectors;

/**
 * The arithmetic of training and search. Two implementations agree: {@link VectorKernel} on the Vector API, and
 * {@link ScalarKernel} for a JVM without that module.
 */
interface Kernel {
    /** What a start-up line calls it. */
    String name();

    /** Sets {@code target}'s row, and the one after it, to the mean of rows {@code rows[from]} to {@code rows[to - 1]} of {@code source}. */
    void mean(Matrix source, int[] rows, int from, int to, Matrix target, int row);

    /** Adds to each of the rows what a row of {@code changed} has more than the one after it: what their mean has learned. */
    void spread(Matrix changed, int row, Matrix target, int[] rows, int from, int to);

    /**
     * One step of gradient descent on the sum of {@code -log sigmoid(sign * product)} over every input and output: both get what the
     * other was before. The loss before the step is added to the block's.
     */
    void step(Block block, float rate);

    /** The product of a matrix row and {@code query}, over {@link Matrix#dimension} floats. */
    float dot(Matrix matrix, int row, float[] query);
}
