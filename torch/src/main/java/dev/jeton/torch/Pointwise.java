package dev.jeton.torch;

/** Operators on each element by itself. Shapes are broadcast. */
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
        return new Node("mul", product, a, other) {
            private final Tensor x = saveFor(1, a);
            private final Tensor y = saveFor(0, other);

            @Override
            Tensor gradient(int input, Tensor g) {
                return input == 0 ? Broadcasting.sumTo(g.mul(y), left) : Broadcasting.sumTo(g.mul(x), right);
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

    /** Returns {@code -this}. */
    default Tensor neg() {
        return mul(-1);
    }

    // ---- functions
    // ---------------------------------------------------------------------------------------------------

    /** Returns the hyperbolic tangent. */
    default Tensor tanh() {
        Tensor x = (Tensor) this;
        Tensor y = Kernels.TANH.of(x).like(x);
        if (!Tape.records(x)) {
            return y;
        }
        return new Node("tanh", y, x) {
            private final Tensor saved = save(y);

            @Override
            Tensor gradient(int input, Tensor g) {
                return tanhBackward(g, saved);
            }
        }.result();
    }

    /** {@code g · (1 - y²)}, itself differentiable. */
    private static Tensor tanhBackward(Tensor g, Tensor y) {
        Tensor product = Kernels.TANH_BACKWARD.of(g, y).like(y);
        if (!Tape.records(g, y)) {
            return product;
        }
        return new Node("tanh_backward", product, g, y) {
            private final Tensor gradient = saveFor(1, g);
            private final Tensor output = save(y);

            @Override
            Tensor gradient(int input, Tensor h) {
                return input == 0
                        ? tanhBackward(h, output)
                        : h.mul(gradient).mul(output).mul(-2);
            }
        }.result();
    }
}
