package dev.jeton.torch;

/** Elementary and special functions of each element by itself. Whole numbers become float32. */
public sealed interface Functions permits Tensor {
    // ---- exponentials and logarithms
    // ---------------------------------------------------------------------------------

    /** Returns {@code e} to the power of {@code this}. */
    default Tensor exp() {
        return Elementwise.ofResult(Kernel.EXP, (Tensor) this, Tensor::mul);
    }

    /** Returns {@code exp(this) - 1}, exact for small elements too. */
    default Tensor expm1() {
        return Elementwise.ofResult(Kernel.EXPM1, (Tensor) this, (g, y) -> g.mul(y.add(1)));
    }

    /** Returns the natural logarithm. */
    default Tensor log() {
        return Elementwise.ofArgument(Kernel.LOG, (Tensor) this, Tensor::div);
    }

    /** Returns {@code log(1 + this)}, exact for small elements too. */
    default Tensor log1p() {
        return Elementwise.ofArgument(Kernel.LOG1P, (Tensor) this, (g, x) -> g.div(x.add(1)));
    }

    /** Returns the logarithm to base 2. */
    default Tensor log2() {
        return Elementwise.ofArgument(Kernel.LOG2, (Tensor) this, (g, x) -> g.div(x.mul(Math.log(2))));
    }

    /** Returns {@code log(exp(this) + exp(other))} without overflow. */
    default Tensor logAddExp(Tensor other) {
        Tensor a = (Tensor) this;
        Tensor y = Arithmetic.binary(Kernel.LOG_ADD_EXP, a, other);
        if (!Tape.records(a, other)) {
            return y;
        }
        Shape left = a.shape();
        Shape right = other.shape();
        DType leftType = a.dtype();
        DType rightType = other.dtype();
        return new Node("logaddexp", y, a, other) {
            private final Tensor p = save(a);
            private final Tensor q = save(other);

            @Override
            Tensor gradient(int input, Tensor g) {
                return input == 0
                        ? Broadcasting.sumTo(g.mul(p.sub(q).sigmoid()), left, leftType)
                        : Broadcasting.sumTo(g.mul(q.sub(p).sigmoid()), right, rightType);
            }
        }.result();
    }

    // ---- trigonometry
    // ------------------------------------------------------------------------------------------------

    /** Returns the sine of an angle in radians. */
    default Tensor sin() {
        return Elementwise.ofArgument(Kernel.SIN, (Tensor) this, (g, x) -> g.mul(x.cos()));
    }

    /** Returns the cosine of an angle in radians. */
    default Tensor cos() {
        return Elementwise.ofArgument(
                Kernel.COS, (Tensor) this, (g, x) -> g.mul(x.sin()).neg());
    }

    /** Returns the tangent of an angle in radians. */
    default Tensor tan() {
        return Elementwise.ofResult(
                Kernel.TAN, (Tensor) this, (g, y) -> g.mul(y.square().add(1)));
    }

    /** Returns the angle between -π/2 and π/2 with this tangent. */
    default Tensor atan() {
        return Elementwise.ofArgument(
                Kernel.ATAN, (Tensor) this, (g, x) -> g.div(x.square().add(1)));
    }

    // ---- hyperbolic functions
    // ----------------------------------------------------------------------------------------

    /** Returns the hyperbolic tangent. */
    default Tensor tanh() {
        Tensor x = (Tensor) this;
        Tensor y = Small.takes("tanh", x) ? Small.tanh(x) : Elementwise.described(Kernel.TANH.of(x), x);
        return Tape.records(x) ? Elementwise.recorded("tanh", y, x, y, Functions::tanhBackward) : y;
    }

    /** {@code g · (1 - y²)}, itself differentiable. */
    private static Tensor tanhBackward(Tensor g, Tensor y) {
        Tensor product = Small.takes("tanh_backward", g, y)
                ? Small.tanhBackward(g, y)
                : Kernel.TANH_BACKWARD.of(g, y).like(y);
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

    /** Returns the number whose hyperbolic tangent this is. */
    default Tensor atanh() {
        return Elementwise.ofArgument(
                Kernel.ATANH, (Tensor) this, (g, x) -> g.div(x.square().neg().add(1)));
    }

    /** Returns {@code 1 / (1 + exp(-this))}. */
    default Tensor sigmoid() {
        return Elementwise.ofResult(Kernel.SIGMOID, (Tensor) this, Functions::sigmoidBackward);
    }

    /** {@code g · y · (1 - y)}, itself differentiable. */
    private static Tensor sigmoidBackward(Tensor g, Tensor y) {
        Tensor product = Kernel.SIGMOID_BACKWARD.of(g, y).like(y);
        if (!Tape.records(g, y)) {
            return product;
        }
        return new Node("sigmoid_backward", product, g, y) {
            private final Tensor gradient = saveFor(1, g);
            private final Tensor output = save(y);

            @Override
            Tensor gradient(int input, Tensor h) {
                return input == 0
                        ? sigmoidBackward(h, output)
                        : h.mul(gradient).mul(output.mul(-2).add(1));
            }
        }.result();
    }

    // ---- special functions
    // -------------------------------------------------------------------------------------------

    /** Returns the error function {@code 2/√π ∫₀ˣ exp(-t²) dt}. */
    default Tensor erf() {
        return Elementwise.ofArgument(
                Kernel.ERF,
                (Tensor) this,
                (g, x) -> g.mul(x.square().neg().exp()).mul(2 / Math.sqrt(Math.PI)));
    }

    /** Returns the number whose error function this is, for elements between -1 and 1. */
    default Tensor erfinv() {
        return Elementwise.ofResult(
                Kernel.ERFINV, (Tensor) this, (g, y) -> g.mul(y.square().exp()).mul(Math.sqrt(Math.PI) / 2));
    }

    /** Returns the logarithm of the absolute value of the gamma function. */
    default Tensor lgamma() {
        return Elementwise.ofArgument(Kernel.LGAMMA, (Tensor) this, (g, x) -> g.mul(x.digamma()));
    }

    /** Returns the derivative of {@link #lgamma()}. */
    default Tensor digamma() {
        return Elementwise.ofArgument(Kernel.DIGAMMA, (Tensor) this, (g, x) -> g.mul(polygamma(1, x)));
    }

    /** The n-th derivative of the digamma function. */
    private static Tensor polygamma(int n, Tensor x) {
        Tensor y = Kernel.POLYGAMMA.call().integer(n).tensor(x).one().like(x);
        return Tape.records(x)
                ? Elementwise.recorded("polygamma", y, x, x, (g, saved) -> g.mul(polygamma(n + 1, saved)))
                : y;
    }

    /** libtorch's names. */
    final class Kernel {
        private static final Operator EXP = Operator.of("exp");
        private static final Operator EXPM1 = Operator.of("expm1");
        private static final Operator LOG = Operator.of("log");
        private static final Operator LOG1P = Operator.of("log1p");
        private static final Operator LOG2 = Operator.of("log2");
        private static final Operator LOG_ADD_EXP = Operator.of("logaddexp");
        private static final Operator SIN = Operator.of("sin");
        private static final Operator COS = Operator.of("cos");
        private static final Operator TAN = Operator.of("tan");
        private static final Operator ATAN = Operator.of("atan");
        private static final Operator TANH = Operator.of("tanh");
        private static final Operator TANH_BACKWARD = Operator.of("tanh_backward");
        private static final Operator ATANH = Operator.of("atanh");
        private static final Operator SIGMOID = Operator.of("sigmoid");
        private static final Operator SIGMOID_BACKWARD = Operator.of("sigmoid_backward");
        private static final Operator ERF = Operator.of("erf");
        private static final Operator ERFINV = Operator.of("erfinv");
        private static final Operator LGAMMA = Operator.of("lgamma");
        private static final Operator DIGAMMA = Operator.of("digamma");
        private static final Operator POLYGAMMA = Operator.of("polygamma");

        private Kernel() {}
    }
}
