package dev.jeton.torch;

/** Operators that order elements along a dimension. Gradients go back to the places where the chosen elements were. */
public sealed interface Ordering permits Tensor {
    /** Returns the largest element along a dimension, which goes away, and where it is. */
    default Ranked max(int dimension) {
        return max(dimension, false);
    }

    /** Returns the largest element along a dimension, and where it is. */
    default Ranked max(int dimension, boolean keepDimension) {
        return Ranking.extreme(Kernel.MAX, (Tensor) this, dimension, keepDimension);
    }

    /** Returns the smallest element along a dimension, which goes away, and where it is. */
    default Ranked min(int dimension) {
        return min(dimension, false);
    }

    /** Returns the smallest element along a dimension, and where it is. */
    default Ranked min(int dimension, boolean keepDimension) {
        return Ranking.extreme(Kernel.MIN, (Tensor) this, dimension, keepDimension);
    }

    /** Returns where the largest element lies in row-major order, as int64. */
    default Tensor argmax() {
        return Ranking.place(Kernel.ARGMAX, (Tensor) this);
    }

    /** Returns where the largest element along a dimension is, as int64; the dimension goes away. */
    default Tensor argmax(int dimension) {
        return Ranking.place(Kernel.ARGMAX, Kernel.AMAX, (Tensor) this, dimension);
    }

    /** Returns where the smallest element lies in row-major order, as int64. */
    default Tensor argmin() {
        return Ranking.place(Kernel.ARGMIN, (Tensor) this);
    }

    /** Returns where the smallest element along a dimension is, as int64; the dimension goes away. */
    default Tensor argmin(int dimension) {
        return Ranking.place(Kernel.ARGMIN, Kernel.AMIN, (Tensor) this, dimension);
    }

    /**
     * Returns the k largest elements along a dimension, largest first, and where they were.
     *
     * @throws ShapeException if the dimension has fewer than k
     */
    default Ranked topK(int k, int dimension) {
        return topK(k, dimension, true);
    }

    /** Returns the k largest, or smallest, elements along a dimension, the most extreme first, and where they were. */
    default Ranked topK(int k, int dimension, boolean largest) {
        Tensor x = (Tensor) this;
        int index = x.shape().index("topK", dimension);
        if (k < 0 || k > x.size(index)) {
            throw new ShapeException("topK: k must be between 0 and the size of the dimension, " + x.size(index)
                    + " in " + x.shape() + ": it is " + k);
        }
        Tensor[] results = Kernel.TOP_K
                .call()
                .tensor(x)
                .integer(k)
                .integer(index)
                .flag(largest)
                .flag(true)
                .all(2);
        return Ranking.recorded("topk", x, index, results[0], results[1]);
    }

    /** Returns the elements in order along a dimension, equal ones as they were, and where they were. */
    default Ranked sort(int dimension, boolean descending) {
        Tensor x = (Tensor) this;
        int index = x.shape().index("sort", dimension);
        Tensor[] results = Kernel.SORT
                .call()
                .tensor(x)
                .someInteger(1)
                .integer(index)
                .flag(descending)
                .all(2);
        return Ranking.recorded("sort", x, index, results[0], results[1]);
    }

    /** Returns where the elements in order along a dimension were, as int64; equal ones stay as they were. */
    default Tensor argsort(int dimension, boolean descending) {
        try (Scope scope = Scope.open();
                var _ = Gradients.off()) {
            return scope.keep(sort(dimension, descending).indices());
        }
    }

    // ---- running totals
    // ----------------------------------------------------------------------------------------------

    /** Returns the sums of all elements up to each along a dimension. Whole numbers are added as int64. */
    default Tensor cumsum(int dimension) {
        return Cumulative.sum((Tensor) this, dimension);
    }

    /** Returns the products of all elements up to each along a dimension. */
    default Tensor cumprod(int dimension) {
        return Cumulative.products((Tensor) this, dimension);
    }

    /** Returns {@code log Σ exp(x)} of all elements up to each along a dimension, without overflow. */
    default Tensor logCumSumExp(int dimension) {
        return Cumulative.logSumExp((Tensor) this, dimension);
    }

    /** libtorch's names. */
    final class Kernel {
        private static final Operator MAX = Operator.of("max", "dim");
        private static final Operator MIN = Operator.of("min", "dim");
        private static final Operator ARGMAX = Operator.of("argmax");
        private static final Operator ARGMIN = Operator.of("argmin");
        private static final Operator AMAX = Operator.of("amax");
        private static final Operator AMIN = Operator.of("amin");
        private static final Operator TOP_K = Operator.of("topk");
        private static final Operator SORT = Operator.of("sort", "stable");

        private Kernel() {}
    }
}
