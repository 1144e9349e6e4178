package dev.jeton.torch;

/** Comparisons, logic, and choices made by them. Results of comparisons are booleans; no gradient flows through them. */
public sealed interface Comparisons permits Tensor {
    // ---- comparisons
    // -------------------------------------------------------------------------------------------------

    /** Whether {@code this = other}. */
    default Tensor eq(Tensor other) {
        return Arithmetic.compare(Kernel.EQ, (Tensor) this, other);
    }

    /** Whether {@code this = value}. */
    default Tensor eq(double value) {
        return Arithmetic.compare(Kernel.EQ, (Tensor) this, value);
    }

    /** Whether {@code this ≠ other}. */
    default Tensor ne(Tensor other) {
        return Arithmetic.compare(Kernel.NE, (Tensor) this, other);
    }

    /** Whether {@code this ≠ value}. */
    default Tensor ne(double value) {
        return Arithmetic.compare(Kernel.NE, (Tensor) this, value);
    }

    /** Whether {@code this < other}. */
    default Tensor lt(Tensor other) {
        return Arithmetic.compare(Kernel.LT, (Tensor) this, other);
    }

    /** Whether {@code this < value}. */
    default Tensor lt(double value) {
        return Arithmetic.compare(Kernel.LT, (Tensor) this, value);
    }

    /** Whether {@code this ≤ other}. */
    default Tensor le(Tensor other) {
        return Arithmetic.compare(Kernel.LE, (Tensor) this, other);
    }

    /** Whether {@code this ≤ value}. */
    default Tensor le(double value) {
        return Arithmetic.compare(Kernel.LE, (Tensor) this, value);
    }

    /** Whether {@code this > other}. */
    default Tensor gt(Tensor other) {
        return Arithmetic.compare(Kernel.GT, (Tensor) this, other);
    }

    /** Whether {@code this > value}. */
    default Tensor gt(double value) {
        return Arithmetic.compare(Kernel.GT, (Tensor) this, value);
    }

    /** Whether {@code this ≥ other}. */
    default Tensor ge(Tensor other) {
        return Arithmetic.compare(Kernel.GE, (Tensor) this, other);
    }

    /** Whether {@code this ≥ value}. */
    default Tensor ge(double value) {
        return Arithmetic.compare(Kernel.GE, (Tensor) this, value);
    }

    /** Whether elements are not a number. */
    default Tensor isNan() {
        return Kernel.IS_NAN.of((Tensor) this);
    }

    /** Whether elements are neither infinite nor not a number. */
    default Tensor isFinite() {
        return Kernel.IS_FINITE.of((Tensor) this);
    }

    // ---- logic
    // -------------------------------------------------------------------------------------------------------

    /** Whether both are true; numbers are true where they are not 0. */
    default Tensor and(Tensor other) {
        return Arithmetic.compare(Kernel.AND, (Tensor) this, other);
    }

    /** Whether one or both are true; numbers are true where they are not 0. */
    default Tensor or(Tensor other) {
        return Arithmetic.compare(Kernel.OR, (Tensor) this, other);
    }

    /** Whether just one is true; numbers are true where they are not 0. */
    default Tensor xor(Tensor other) {
        return Arithmetic.compare(Kernel.XOR, (Tensor) this, other);
    }

    /** Whether elements are false, or 0. */
    default Tensor not() {
        return Kernel.NOT.of((Tensor) this);
    }

    // ---- choices
    // -----------------------------------------------------------------------------------------------------

    /**
     * Returns elements of {@code a} where these booleans are true, of {@code b} where they are false.
     *
     * @throws DTypeException if this tensor does not hold booleans
     */
    default Tensor where(Tensor a, Tensor b) {
        Tensor condition = (Tensor) this;
        Check.mask("where", condition);
        Check.together("where", condition, a);
        Check.together("where", condition, b);
        Shape.broadcast("where", condition.shape(), Shape.broadcast("where", a.shape(), b.shape()));
        Tensor y = Kernel.WHERE.call().tensor(condition).tensor(a).tensor(b).one();
        if (!Tape.records(a, b)) {
            return y;
        }
        Shape left = a.shape();
        Shape right = b.shape();
        DType leftType = a.dtype();
        DType rightType = b.dtype();
        return new Node("where", y, a, b) {
            private final Tensor chosen = save(condition);

            @Override
            Tensor gradient(int input, Tensor g) {
                Tensor zero = Scalars.like(g, 0);
                return input == 0
                        ? Broadcasting.sumTo(chosen.where(g, zero), left, leftType)
                        : Broadcasting.sumTo(chosen.where(zero, g), right, rightType);
            }
        }.result();
    }

    /**
     * Returns this tensor with a value in the places where a mask is true.
     *
     * @param mask booleans, broadcast to this shape
     */
    default Tensor maskedFill(Tensor mask, double value) {
        Tensor x = (Tensor) this;
        Check.mask("maskedFill", mask);
        Shape broadcast = Shape.broadcast("maskedFill", x.shape(), mask.shape());
        Check.together("maskedFill", x, mask);
        Tensor y = Kernel.MASKED_FILL
                .call()
                .tensor(x)
                .tensor(mask)
                .tensor(Scalars.like(x, value))
                .one();
        if (broadcast.equals(x.shape())) {
            y.like(x);
        }
        if (!Tape.records(x)) {
            return y;
        }
        Shape shape = x.shape();
        return new Node("masked_fill", y, x) {
            private final Tensor filled = save(mask);

            @Override
            Tensor gradient(int input, Tensor g) {
                return Broadcasting.sumTo(g.maskedFill(filled, 0), shape);
            }
        }.result();
    }

    /** libtorch's names. */
    final class Kernel {
        private static final Operator EQ = Operator.of("eq", "Tensor");
        private static final Operator NE = Operator.of("ne", "Tensor");
        private static final Operator LT = Operator.of("lt", "Tensor");
        private static final Operator LE = Operator.of("le", "Tensor");
        private static final Operator GT = Operator.of("gt", "Tensor");
        private static final Operator GE = Operator.of("ge", "Tensor");
        private static final Operator IS_NAN = Operator.of("isnan");
        private static final Operator IS_FINITE = Operator.of("isfinite");
        private static final Operator AND = Operator.of("logical_and");
        private static final Operator OR = Operator.of("logical_or");
        private static final Operator XOR = Operator.of("logical_xor");
        private static final Operator NOT = Operator.of("logical_not");
        private static final Operator WHERE = Operator.of("where", "self");
        private static final Operator MASKED_FILL = Operator.of("masked_fill", "Tensor");

        private Kernel() {}
    }
}
