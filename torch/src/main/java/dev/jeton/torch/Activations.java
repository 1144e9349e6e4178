package dev.jeton.torch;

/** The non-linear functions of neural networks, on each element by itself; softmax over a dimension. */
public sealed interface Activations permits Tensor {
    /** Returns {@code max(0, x)}; at 0, its derivative is 0. */
    default Tensor relu() {
        return Elementwise.ofResult(Kernel.RELU, (Tensor) this, Dense::reluBackward);
    }

    /** Returns {@code min(max(0, x), 6)}. */
    default Tensor relu6() {
        return Extremum.clamp((Tensor) this, 0, 6);
    }

    /** Returns {@code x} where positive, {@code slope · x} elsewhere. */
    default Tensor leakyRelu(double slope) {
        Tensor x = (Tensor) this;
        Check.floating("leakyRelu", x);
        Tensor y = Kernel.PRELU.of(x, Scalars.like(x, slope)).like(x);
        return Tape.records(x)
                ? Elementwise.recorded(
                        "leaky_relu",
                        y,
                        x,
                        x,
                        (g, saved) -> g.mul(
                                saved.detach().sign().relu().mul(1 - slope).add(slope)))
                : y;
    }

    /** Returns {@code x} where positive, {@code alpha · (exp(x) - 1)} elsewhere. */
    default Tensor elu(double alpha) {
        return Bend.elu("elu", (Tensor) this, alpha, 1);
    }

    /** Returns the self-normalising unit, {@code 1.0507 · elu(x, 1.6733)} (arXiv 1706.02515). */
    default Tensor selu() {
        return Bend.elu("selu", (Tensor) this, Bend.SELU_ALPHA, Bend.SELU_SCALE);
    }

    /** Returns {@code x · Φ(x)} with the normal distribution function Φ (arXiv 1606.08415). */
    default Tensor gelu() {
        return Bend.gelu((Tensor) this, "none");
    }

    /** Returns the approximation {@code ½x · (1 + tanh(√(2/π) · (x + 0.044715 x³)))} of {@link #gelu()}. */
    default Tensor geluTanh() {
        return Bend.gelu((Tensor) this, "tanh");
    }

    /** Returns {@code x · sigmoid(x)}. */
    default Tensor silu() {
        return Elementwise.ofArgument(Kernel.SILU, (Tensor) this, Bend::siluBackward);
    }

    /** Returns {@code log(1 + exp(x))}. */
    default Tensor softplus() {
        Tensor x = (Tensor) this;
        Check.floating("softplus", x);
        Tensor y = Kernel.LOG_ADD_EXP.of(x, Scalars.like(x, 0)).like(x);
        return Tape.records(x) ? Elementwise.recorded("softplus", y, x, x, (g, saved) -> g.mul(saved.sigmoid())) : y;
    }

    /** Returns {@code log(1 + exp(beta · x)) / beta}, and {@code x} where {@code beta · x > threshold}. */
    default Tensor softplus(double beta, double threshold) {
        Tensor x = (Tensor) this;
        Tensor scaled = x.mul(beta);
        return scaled.gt(threshold).where(x, scaled.softplus().div(beta));
    }

    /** Returns {@code x · tanh(softplus(x))} (arXiv 1908.08681). */
    default Tensor mish() {
        return Elementwise.ofArgument(Kernel.MISH, (Tensor) this, Bend::mishBackward);
    }

    /** Returns {@code x · relu6(x + 3) / 6} (arXiv 1905.02244). */
    default Tensor hardswish() {
        return Elementwise.ofArgument(Kernel.HARDSWISH, (Tensor) this, (g, x) -> {
            Tensor inner = g.mul(x.div(3).add(0.5));
            Tensor outer = x.gt(0).where(g, Scalars.like(g, 0));
            return x.abs().lt(3).where(inner, outer);
        });
    }

    /** Returns {@code relu6(x + 3) / 6}. */
    default Tensor hardsigmoid() {
        return Elementwise.ofArgument(
                Kernel.HARDSIGMOID, (Tensor) this, (g, x) -> x.abs().lt(3).where(g.div(6), Scalars.like(g, 0)));
    }

    /** Returns {@code min(max(least, x), most)}. */
    default Tensor hardtanh(double least, double most) {
        return Extremum.clamp((Tensor) this, least, most);
    }

    /** Returns {@code log(sigmoid(x))} without underflow. */
    default Tensor logSigmoid() {
        Tensor x = (Tensor) this;
        Check.floating("logSigmoid", x);
        Tensor[] results = Kernel.LOG_SIGMOID.call().tensor(x).all(2);
        results[1].close();
        Tensor y = results[0].like(x);
        return Tape.records(x)
                ? Elementwise.recorded(
                        "log_sigmoid", y, x, x, (g, saved) -> g.mul(saved.neg().sigmoid()))
                : y;
    }

    /** Returns {@code x / (1 + |x|)}. */
    default Tensor softsign() {
        Tensor x = (Tensor) this;
        return x.div(x.abs().add(1));
    }

    /**
     * Returns {@code a · sigmoid(b)} with the two halves a and b of a dimension.
     *
     * @throws ShapeException if its size is odd
     */
    default Tensor glu(int dimension) {
        Tensor x = (Tensor) this;
        long size = x.size(dimension);
        if (size % 2 != 0) {
            throw new ShapeException(
                    "glu: the dimension must have an even size: dimension " + dimension + " of " + x.shape());
        }
        return x.narrow(dimension, 0, size / 2)
                .mul(x.narrow(dimension, size / 2, size / 2).sigmoid());
    }

    // ---- over a dimension
    // --------------------------------------------------------------------------------------------

    /** Returns {@code exp(x) / Σ exp(x)}, the sum over one dimension. */
    default Tensor softmax(int dimension) {
        return Softmax.of((Tensor) this, dimension);
    }

    /** Returns {@code x - log Σ exp(x)}, the sum over one dimension. */
    default Tensor logSoftmax(int dimension) {
        return Softmax.logOf((Tensor) this, dimension);
    }

    /** libtorch's names. */
    final class Kernel {
        private static final Operator RELU = Operator.of("relu");
        private static final Operator PRELU = Operator.of("_prelu_kernel");
        private static final Operator SILU = Operator.of("silu");
        private static final Operator LOG_ADD_EXP = Operator.of("logaddexp");
        private static final Operator MISH = Operator.of("mish");
        private static final Operator HARDSWISH = Operator.of("hardswish");
        private static final Operator HARDSIGMOID = Operator.of("hardsigmoid");
        private static final Operator LOG_SIGMOID = Operator.of("log_sigmoid_forward");

        private Kernel() {}
    }
}
