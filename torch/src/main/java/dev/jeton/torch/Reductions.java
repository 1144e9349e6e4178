package dev.jeton.torch;

/** Operators that make one number of many. */
public sealed interface Reductions permits Tensor {
    /** Returns the sum of all elements, without dimensions. */
    default Tensor sum() {
        return sum(false);
    }

    /**
     * Returns sums over dimensions.
     *
     * @param keepDimensions whether the dimensions stay, with size 1
     * @param dimensions which ones, counted from the back where negative; none for all
     */
    default Tensor sum(boolean keepDimensions, int... dimensions) {
        Tensor x = (Tensor) this;
        Shape shape = x.shape();
        Tensor y = Kernel.SUM
                .call()
                .tensor(x)
                .someIntegers(java.util.Arrays.stream(dimensions)
                        .mapToLong(shape::index)
                        .toArray())
                .flag(keepDimensions)
                .none()
                .one();
        if (!Tape.records(x)) {
            return y;
        }
        Shape kept = keptShape(shape, dimensions);
        return new Node("sum", y, x) {
            @Override
            Tensor gradient(int input, Tensor g) {
                return g.reshape(kept).expand(shape);
            }
        }.result();
    }

    /** The shape of a reduction that keeps its dimensions with size 1. */
    private static Shape keptShape(Shape shape, int[] dimensions) {
        long[] sizes = shape.sizes();
        if (dimensions.length == 0) {
            java.util.Arrays.fill(sizes, 1);
        }
        for (int dimension : dimensions) {
            sizes[shape.index(dimension)] = 1;
        }
        return Shape.of(sizes);
    }

    /** libtorch's names. */
    final class Kernel {
        private static final Operator SUM = Operator.of("sum", "dim_IntList");

        private Kernel() {}
    }
}
