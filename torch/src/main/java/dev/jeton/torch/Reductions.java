package dev.jeton.torch;

/**
 * Operators that make one number of many. Those that take dimensions reduce all of them where none is given; dimensions
 * count from the back where negative, and with {@code keepDimensions} they stay, with size 1.
 */
public sealed interface Reductions permits Tensor {
    // ---- sums
    // --------------------------------------------------------------------------------------------------------

    /** Returns the sum of all elements, without dimensions. Whole numbers and booleans are added as int64. */
    default Tensor sum() {
        return sum(false);
    }

    /** Returns sums over dimensions. */
    default Tensor sum(int... dimensions) {
        return sum(false, dimensions);
    }

    /** Returns sums over dimensions. */
    default Tensor sum(boolean keepDimensions, int... dimensions) {
        Tensor x = (Tensor) this;
        Reduction over = Reduction.of("sum", x.shape(), dimensions);
        Tensor y = Kernel.SUM
                .call()
                .tensor(x)
                .someIntegers(over.dimensions())
                .flag(keepDimensions)
                .none()
                .one();
        if (!Tape.records(x)) {
            return y;
        }
        return new Node("sum", y, x) {
            @Override
            Tensor gradient(int input, Tensor g) {
                return over.spread(g);
            }
        }.result();
    }

    /** Returns the mean of all elements, without dimensions. */
    default Tensor mean() {
        return mean(false);
    }

    /** Returns means over dimensions. */
    default Tensor mean(int... dimensions) {
        return mean(false, dimensions);
    }

    /**
     * Returns means over dimensions.
     *
     * @throws DTypeException if the elements are not floating point
     */
    default Tensor mean(boolean keepDimensions, int... dimensions) {
        Tensor x = (Tensor) this;
        Check.floating("mean", x);
        Reduction over = Reduction.of("mean", x.shape(), dimensions);
        Tensor y = Kernel.MEAN
                .call()
                .tensor(x)
                .someIntegers(over.dimensions())
                .flag(keepDimensions)
                .none()
                .one();
        if (!Tape.records(x)) {
            return y;
        }
        return new Node("mean", y, x) {
            @Override
            Tensor gradient(int input, Tensor g) {
                return over.spread(g.mul(1.0 / over.count()));
            }
        }.result();
    }

    /** Returns the product of all elements, without dimensions. */
    default Tensor prod() {
        return ((Tensor) this).reshape(-1).prod(0);
    }

    /** Returns products over one dimension. */
    default Tensor prod(int dimension) {
        return Cumulative.product((Tensor) this, dimension);
    }

    /** Returns how many elements are not 0, as int64. */
    default Tensor countNonzero() {
        return Kernel.COUNT_NONZERO.call().tensor((Tensor) this).none().one();
    }

    // ---- spread
    // ------------------------------------------------------------------------------------------------------

    /**
     * Returns variances over dimensions: the sum of squared differences from the mean over {@code count - correction}.
     *
     * @param correction what is taken off the count: 0 for the variance of these elements, 1 for an unbiased estimate
     */
    default Tensor variance(int correction, boolean keepDimensions, int... dimensions) {
        Tensor x = (Tensor) this;
        Check.floating("variance", x);
        Reduction over = Reduction.of("variance", x.shape(), dimensions);
        double divisor = over.count() - correction;
        Tensor y = spread(Kernel.VAR, x, correction, keepDimensions, over);
        return Tape.records(x)
                ? Elementwise.recorded(
                        "variance",
                        y,
                        x,
                        x,
                        (g, saved) -> over.spread(g)
                                .mul(saved.sub(saved.mean(true, over.indices())))
                                .mul(2 / divisor))
                : y;
    }

    /** Returns standard deviations over dimensions: square roots of {@link #variance}. */
    default Tensor std(int correction, boolean keepDimensions, int... dimensions) {
        Tensor x = (Tensor) this;
        Check.floating("std", x);
        Reduction over = Reduction.of("std", x.shape(), dimensions);
        double divisor = over.count() - correction;
        Tensor y = spread(Kernel.STD, x, correction, keepDimensions, over);
        if (!Tape.records(x)) {
            return y;
        }
        return new Node("std", y, x) {
            private final Tensor argument = save(x);
            private final Tensor deviation = save(y);

            @Override
            Tensor gradient(int input, Tensor g) {
                Tensor scaled = g.div(deviation).maskedFill(deviation.eq(0), 0).mul(1 / divisor);
                return over.spread(scaled).mul(argument.sub(argument.mean(true, over.indices())));
            }
        }.result();
    }

    private static Tensor spread(Operator kernel, Tensor x, int correction, boolean keep, Reduction over) {
        if (correction != 0 && correction != 1) {
            throw new IllegalArgumentException(kernel.name() + ": the correction must be 0 or 1, it is " + correction);
        }
        return kernel.call()
                .tensor(x)
                .someIntegers(over.dimensions())
                .flag(correction == 1)
                .flag(keep)
                .one();
    }

    // ---- extremes
    // ----------------------------------------------------------------------------------------------------

    /** Returns the largest element, without dimensions. Equally large ones share the gradient. */
    default Tensor max() {
        return amax(false);
    }

    /** Returns the smallest element, without dimensions. Equally small ones share the gradient. */
    default Tensor min() {
        return amin(false);
    }

    /** Returns the largest elements over dimensions. Equally large ones share the gradient. */
    default Tensor amax(boolean keepDimensions, int... dimensions) {
        return extreme(Kernel.AMAX, (Tensor) this, keepDimensions, dimensions);
    }

    /** Returns the smallest elements over dimensions. Equally small ones share the gradient. */
    default Tensor amin(boolean keepDimensions, int... dimensions) {
        return extreme(Kernel.AMIN, (Tensor) this, keepDimensions, dimensions);
    }

    private static Tensor extreme(Operator kernel, Tensor x, boolean keep, int[] dimensions) {
        Reduction over = Reduction.of(kernel.name(), x.shape(), dimensions);
        over.requireElements(kernel.name());
        Tensor y =
                kernel.call().tensor(x).integers(over.dimensions()).flag(keep).one();
        if (!Tape.records(x)) {
            return y;
        }
        return new Node(kernel.name(), y, x) {
            private final Tensor argument = save(x);
            private final Tensor extremes = save(y);

            @Override
            Tensor gradient(int input, Tensor g) {
                Tensor chosen = argument.eq(over.spread(extremes.detach()));
                Tensor share = chosen.to(g.dtype());
                return over.spread(g).mul(share.div(share.sum(true, over.indices())));
            }
        }.result();
    }

    // ---- norms
    // -------------------------------------------------------------------------------------------------------

    /** Returns the square root of the sum of all squares, without dimensions. */
    default Tensor norm() {
        return norm(false);
    }

    /** Returns the square roots of sums of squares over dimensions; the derivative at 0 is taken as 0. */
    default Tensor norm(boolean keepDimensions, int... dimensions) {
        Tensor x = (Tensor) this;
        Check.floating("norm", x);
        Reduction over = Reduction.of("norm", x.shape(), dimensions);
        Tensor y = euclidean(x, keepDimensions, over);
        if (!Tape.records(x)) {
            return y;
        }
        return new Node("norm", y, x) {
            private final Tensor argument = save(x);
            private final Tensor length = save(y);

            @Override
            Tensor gradient(int input, Tensor g) {
                return argument.mul(over.spread(g.div(length).maskedFill(length.eq(0), 0)));
            }
        }.result();
    }

    /** libtorch's kernel takes two dimensions, of which one may be made up. */
    private static Tensor euclidean(Tensor x, boolean keep, Reduction over) {
        try (Scope scope = Scope.open();
                var _ = Gradients.off()) {
            int[] dimensions = over.indices();
            Tensor length;
            if (dimensions.length == 2) {
                length = frobenius(x, dimensions[0], dimensions[1]);
            } else if (dimensions.length == 1) {
                length = frobenius(x.unsqueeze(-1), dimensions[0], x.rank());
            } else if (dimensions.length == x.rank()) {
                length = frobenius(x.reshape(Shape.of(x.elements(), 1)), 0, 1);
            } else {
                length = x.square().sum(false, dimensions).sqrt();
            }
            return scope.keep(keep ? length.reshape(over.kept()) : length);
        }
    }

    private static Tensor frobenius(Tensor x, int a, int b) {
        return Kernel.NORM
                .call()
                .tensor(x)
                .text("fro")
                .integers(a, b)
                .flag(false)
                .none()
                .one();
    }

    /** Returns {@code log Σ exp(x)} over dimensions, without overflow. */
    default Tensor logSumExp(boolean keepDimensions, int... dimensions) {
        Tensor x = (Tensor) this;
        Check.floating("logSumExp", x);
        Reduction over = Reduction.of("logSumExp", x.shape(), dimensions);
        Tensor y = Kernel.LOG_SUM_EXP
                .call()
                .tensor(x)
                .integers(over.dimensions())
                .flag(keepDimensions)
                .one();
        if (!Tape.records(x)) {
            return y;
        }
        return new Node("logsumexp", y, x) {
            private final Tensor argument = save(x);
            private final Tensor total = save(y);

            @Override
            Tensor gradient(int input, Tensor g) {
                return over.spread(g).mul(argument.sub(over.spread(total)).exp());
            }
        }.result();
    }

    // ---- truth
    // -------------------------------------------------------------------------------------------------------

    /** Whether all elements are true, or not 0. */
    default Tensor all() {
        return Kernel.ALL.of((Tensor) this);
    }

    /** Whether all elements along a dimension are true, or not 0. */
    default Tensor all(int dimension) {
        Tensor x = (Tensor) this;
        return Kernel.ALL_ALONG
                .call()
                .tensor(x)
                .integer(x.shape().index("all", dimension))
                .flag(false)
                .one();
    }

    /** Whether any element is true, or not 0. */
    default Tensor any() {
        return Kernel.ANY.of((Tensor) this);
    }

    /** Whether any element along a dimension is true, or not 0. */
    default Tensor any(int dimension) {
        Tensor x = (Tensor) this;
        return Kernel.ANY_ALONG
                .call()
                .tensor(x)
                .integer(x.shape().index("any", dimension))
                .flag(false)
                .one();
    }

    /** libtorch's names. */
    final class Kernel {
        private static final Operator SUM = Operator.of("sum", "dim_IntList");
        private static final Operator MEAN = Operator.of("mean", "dim");
        private static final Operator COUNT_NONZERO = Operator.of("count_nonzero");
        private static final Operator VAR = Operator.of("var", "dim");
        private static final Operator STD = Operator.of("std", "dim");
        private static final Operator AMAX = Operator.of("amax");
        private static final Operator AMIN = Operator.of("amin");
        private static final Operator NORM = Operator.of("linalg_matrix_norm", "str_ord");
        private static final Operator LOG_SUM_EXP = Operator.of("logsumexp");
        private static final Operator ALL = Operator.of("all");
        private static final Operator ALL_ALONG = Operator.of("all", "dim");
        private static final Operator ANY = Operator.of("any");
        private static final Operator ANY_ALONG = Operator.of("any", "dim");

        private Kernel() {}
    }
}
