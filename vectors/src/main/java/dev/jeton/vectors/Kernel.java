package dev.jeton.vectors;

/**
 * The arithmetic of training and search. Two implementations agree: {@link VectorKernel} on the Vector API, and
 * {@link ScalarKernel} for a JVM without that module.
 */
interface Kernel {
    /** What a start-up line calls it. */
    String name();

    /** Copies a matrix row to {@code target[at…]}. */
    void load(Matrix matrix, int row, float[] target, int at);

    /** Adds a matrix row to {@code target[at…]}. */
    void accumulate(Matrix matrix, int row, float[] target, int at);

    /** Adds {@code now[at…] - before[at…]} to a matrix row. */
    void addChange(Matrix matrix, int row, float[] now, float[] before, int at);

    /** {@code target[at…] *= factor} over {@code count} floats, a multiple of {@link Matrix#LINE}. */
    void scale(float factor, float[] target, int at, int count);

    /** {@code target[targetAt…] += factor * source[sourceAt…]} over {@code count} floats, a multiple of {@link Matrix#LINE}. */
    void axpy(float factor, float[] source, int sourceAt, float[] target, int targetAt, int count);

    /** {@code target = left - right} over {@code count} floats, a multiple of {@link Matrix#LINE}. */
    void subtract(float[] left, int leftAt, float[] right, int rightAt, float[] target, int targetAt, int count);

    /** Fills {@link Block#products} with the product of every input and every output. */
    void products(Block block);

    /**
     * Turns products into gradients, those of absent outputs into zeros: {@code rate * sign * sigmoid(-sign * product)}.
     *
     * @return the loss before the step: the sum of {@code -log sigmoid(sign * product)}
     */
    double gradients(Block block, float rate);

    /** Adds to every input and every output its gradient, all taken where both were before. */
    void update(Block block);

    /** The product of a matrix row and {@code query}, over {@link Matrix#dimension} floats. */
    float dot(Matrix matrix, int row, float[] query);
}
