package dev.jeton.torch;

/** Arithmetic on each element by itself. Shapes are broadcast, element types promoted as in PyTorch and NumPy. */
public sealed interface Pointwise permits Tensor {
    // ---- arithmetic
    // --------------------------------------------------------------------------------------------------

    /** Returns {@code this + other}. */
    default Tensor add(Tensor other) {
        return Sum.of("add", (Tensor) this, other, 1);
    }

    /** Returns {@code this + value}. */
    default Tensor add(double value) {
        Tensor x = (Tensor) this;
        Tensor sum = Arithmetic.add(x, value);
        if (!Tape.records(x)) {
            return sum;
        }
        return new Node("add", sum, x) {
            @Override
            Tensor gradient(int input, Tensor g) {
                return g;
            }
        }.result();
    }

    /** Returns {@code this - other}. */
    default Tensor sub(Tensor other) {
        return Sum.of("sub", (Tensor) this, other, -1);
    }

    /** Returns {@code this - value}. */
    default Tensor sub(double value) {
        return add(-value);
    }

    /** Returns {@code this · other}. */
    default Tensor mul(Tensor other) {
        Tensor a = (Tensor) this;
        Tensor product = Arithmetic.mul(a, other);
        if (!Tape.records(a, other)) {
            return product;
        }
        Shape left = a.shape();
        Shape right = other.shape();
        DType leftType = a.dtype();
        DType rightType = other.dtype();
        return new Node("mul", product, a, other) {
            private final Tensor x = saveFor(1, a);
            private final Tensor y = saveFor(0, other);

            @Override
            Tensor gradient(int input, Tensor g) {
                return input == 0
                        ? Broadcasting.sumTo(g.mul(y), left, leftType)
                        : Broadcasting.sumTo(g.mul(x), right, rightType);
            }
        }.result();
    }

    /** Returns {@code this · value}. */
    default Tensor mul(double value) {
        Tensor x = (Tensor) this;
        Tensor product = Arithmetic.mul(x, value);
        if (!Tape.records(x)) {
            return product;
        }
        return new Node("mul", product, x) {
            @Override
            Tensor gradient(int input, Tensor g) {
                return g.mul(value);
            }
        }.result();
    }

    /** Returns {@code this / other}; whole numbers become float32. */
    default Tensor div(Tensor other) {
        Tensor a = (Tensor) this;
        Tensor ratio = Arithmetic.binary(Kernel.DIV, a, other);
        if (!Tape.records(a, other)) {
            return ratio;
        }
        Shape left = a.shape();
        Shape right = other.shape();
        DType leftType = a.dtype();
        DType rightType = other.dtype();
        return new Node("div", ratio, a, other) {
            private final Tensor y = save(other);
            private final Tensor r = saveFor(1, ratio);

            @Override
            Tensor gradient(int input, Tensor g) {
                Tensor scaled = g.div(y);
                return input == 0
                        ? Broadcasting.sumTo(scaled, left, leftType)
                        : Broadcasting.sumTo(scaled.mul(r).neg(), right, rightType);
            }
        }.result();
    }

    /** Returns {@code this / value}; whole numbers become float32. */
    default Tensor div(double value) {
        Tensor x = (Tensor) this;
        Tensor ratio = Elementwise.described(Kernel.DIV.of(x, Scalars.like(x, value)), x);
        if (!Tape.records(x)) {
            return ratio;
        }
        return new Node("div", ratio, x) {
            @Override
            Tensor gradient(int input, Tensor g) {
                return g.div(value);
            }
        }.result();
    }

    /** Returns {@code this - other · ⌊this / other⌋}: the remainder with the sign of the divisor. */
    default Tensor remainder(Tensor other) {
        Tensor a = (Tensor) this;
        Tensor rest = Arithmetic.binary(Kernel.REMAINDER, a, other);
        if (!Tape.records(a, other)) {
            return rest;
        }
        Shape left = a.shape();
        Shape right = other.shape();
        DType leftType = a.dtype();
        DType rightType = other.dtype();
        return new Node("remainder", rest, a, other) {
            private final Tensor x = saveFor(1, a);
            private final Tensor y = saveFor(1, other);

            @Override
            Tensor gradient(int input, Tensor g) {
                return input == 0
                        ? Broadcasting.sumTo(g, left, leftType)
                        : Broadcasting.sumTo(g.mul(x.div(y).floor()).neg(), right, rightType);
            }
        }.result();
    }

    /** Returns the remainder of a division, with the sign of the divisor. */
    default Tensor remainder(double value) {
        Tensor x = (Tensor) this;
        return remainder(Scalars.like(x, value));
    }

    /** Returns {@code -this}. */
    default Tensor neg() {
        return mul(-1);
    }

    /** Returns {@code 1 / this}. */
    default Tensor reciprocal() {
        return Elementwise.ofResult(
                Kernel.RECIPROCAL, (Tensor) this, (g, y) -> g.mul(y.square()).neg());
    }

    /** Returns {@code this · this}. */
    default Tensor square() {
        Tensor x = (Tensor) this;
        Tensor y = Elementwise.described(Arithmetic.mul(x, x), x);
        return Tape.records(x)
                ? Elementwise.recorded(
                        "square", y, x, x, (g, saved) -> g.mul(saved).mul(2))
                : y;
    }

    /** Returns the absolute value; its derivative at 0 is taken as 0. */
    default Tensor abs() {
        return Elementwise.ofArgument(Kernel.ABS, (Tensor) this, (g, x) -> g.mul(x.sign()));
    }

    /** Returns -1, 0 or 1. */
    default Tensor sign() {
        return Elementwise.constant(Kernel.SIGN, (Tensor) this);
    }

    // ---- powers
    // ------------------------------------------------------------------------------------------------------

    /** Returns {@code this} to the power of {@code exponent}. */
    default Tensor pow(double exponent) {
        Tensor x = (Tensor) this;
        Tensor y = Arithmetic.pow(x, exponent);
        if (!Tape.records(x)) {
            return y;
        }
        return Elementwise.recorded(
                "pow",
                y,
                x,
                x,
                (g, saved) -> exponent == 0
                        ? g.zerosLike()
                        : g.mul(saved.pow(exponent - 1)).mul(exponent));
    }

    /** Returns {@code this} to the power of {@code exponent}. */
    default Tensor pow(Tensor exponent) {
        Tensor a = (Tensor) this;
        Tensor power = Arithmetic.binary(Kernel.POW, a, exponent);
        if (!Tape.records(a, exponent)) {
            return power;
        }
        Shape left = a.shape();
        Shape right = exponent.shape();
        DType leftType = a.dtype();
        DType rightType = exponent.dtype();
        return new Node("pow", power, a, exponent) {
            private final Tensor x = save(a);
            private final Tensor e = save(exponent);
            private final Tensor y = saveFor(1, power);

            @Override
            Tensor gradient(int input, Tensor g) {
                if (input == 0) {
                    Tensor slope = e.mul(x.pow(e.sub(1))).maskedFill(e.eq(0), 0); // not 0 · ∞
                    return Broadcasting.sumTo(g.mul(slope), left, leftType);
                }
                Tensor zero = x.eq(0).and(e.ge(0)); // not 0 · -∞
                return Broadcasting.sumTo(g.mul(y.mul(x.log()).maskedFill(zero, 0)), right, rightType);
            }
        }.result();
    }

    /** Returns the square root. */
    default Tensor sqrt() {
        return Elementwise.ofResult(
                Kernel.SQRT, (Tensor) this, (g, y) -> g.div(y).mul(0.5));
    }

    /** Returns {@code 1 / √this}. */
    default Tensor rsqrt() {
        return Elementwise.ofResult(
                Kernel.RSQRT, (Tensor) this, (g, y) -> g.mul(y.pow(3)).mul(-0.5));
    }

    // ---- bounds
    // ------------------------------------------------------------------------------------------------------

    /** Returns the smaller of two; where they are equal, each gets half of the gradient. */
    default Tensor minimum(Tensor other) {
        return Extremum.of("minimum", Kernel.MINIMUM, (Tensor) this, other, -1);
    }

    /** Returns the larger of two; where they are equal, each gets half of the gradient. */
    default Tensor maximum(Tensor other) {
        return Extremum.of("maximum", Kernel.MAXIMUM, (Tensor) this, other, 1);
    }

    /** Returns what lies between two bounds as it is, the nearer bound for the rest. */
    default Tensor clamp(double min, double max) {
        return Extremum.clamp((Tensor) this, min, max);
    }

    /** Returns the elements that are not smaller than a bound as they are, the bound for the others. */
    default Tensor clampMin(double min) {
        return Extremum.clamp((Tensor) this, min, Double.POSITIVE_INFINITY);
    }

    /** Returns the elements that are not larger than a bound as they are, the bound for the others. */
    default Tensor clampMax(double max) {
        return Extremum.clamp((Tensor) this, Double.NEGATIVE_INFINITY, max);
    }

    /** Returns {@code this + weight · (end - this)}. */
    default Tensor lerp(Tensor end, double weight) {
        Tensor start = (Tensor) this;
        Check.sameType("lerp", start, end);
        Shape.broadcast("lerp", start.shape(), end.shape());
        Check.together("lerp", start, end);
        Tensor y = Kernel.LERP
                .call()
                .tensor(start)
                .tensor(end)
                .tensor(Scalars.like(start, weight))
                .one();
        if (!Tape.records(start, end)) {
            return y;
        }
        Shape left = start.shape();
        Shape right = end.shape();
        return new Node("lerp", y, start, end) {
            @Override
            Tensor gradient(int input, Tensor g) {
                return input == 0
                        ? Broadcasting.sumTo(g.mul(1 - weight), left)
                        : Broadcasting.sumTo(g.mul(weight), right);
            }
        }.result();
    }

    // ---- rounding
    // ----------------------------------------------------------------------------------------------------

    /** Returns the largest whole numbers that are not larger. */
    default Tensor floor() {
        return Elementwise.constant(Kernel.FLOOR, (Tensor) this);
    }

    /** Returns the smallest whole numbers that are not smaller. */
    default Tensor ceil() {
        return Elementwise.constant(Kernel.CEIL, (Tensor) this);
    }

    /** Returns the nearest whole numbers, of two equally near ones the even. */
    default Tensor round() {
        return Elementwise.constant(Kernel.ROUND, (Tensor) this);
    }

    /** Returns the whole numbers that remain when fractions are cut off. */
    default Tensor trunc() {
        return Elementwise.constant(Kernel.TRUNC, (Tensor) this);
    }

    /** libtorch's names. */
    final class Kernel {
        private static final Operator DIV = Operator.of("div", "Tensor");
        private static final Operator REMAINDER = Operator.of("remainder", "Tensor");
        private static final Operator RECIPROCAL = Operator.of("reciprocal");
        private static final Operator ABS = Operator.of("abs");
        private static final Operator SIGN = Operator.of("sign");
        private static final Operator POW = Operator.of("pow", "Tensor_Tensor");
        private static final Operator SQRT = Operator.of("sqrt");
        private static final Operator RSQRT = Operator.of("rsqrt");
        private static final Operator MINIMUM = Operator.of("minimum");
        private static final Operator MAXIMUM = Operator.of("maximum");
        private static final Operator LERP = Operator.of("lerp", "Tensor");
        private static final Operator FLOOR = Operator.of("floor");
        private static final Operator CEIL = Operator.of("ceil");
        private static final Operator ROUND = Operator.of("round");
        private static final Operator TRUNC = Operator.of("trunc");

        private Kernel() {}
    }
}
