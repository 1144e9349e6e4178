package dev.jeton.torch;

/** Softmax and its logarithm over one dimension, with derivatives that can be differentiated again. */
final class Softmax {
    private static final Operator SOFTMAX = Operator.of("_softmax");
    private static final Operator SOFTMAX_BACKWARD = Operator.of("_softmax_backward_data");
    private static final Operator LOG_SOFTMAX = Operator.of("_log_softmax");
    private static final Operator LOG_SOFTMAX_BACKWARD = Operator.of("_log_softmax_backward_data");

    private Softmax() {}

    static Tensor of(Tensor x, int dimension) {
        int index = checked("softmax", x, dimension);
        Tensor y = SOFTMAX.call().tensor(x).integer(index).flag(false).one().like(x);
        return Tape.records(x) ? Elementwise.recorded("softmax", y, x, y, (g, saved) -> backward(g, saved, index)) : y;
    }

    /** {@code y · (g - Σ g y)}, itself differentiable. */
    static Tensor backward(Tensor g, Tensor y, int dimension) {
        Tensor product = SOFTMAX_BACKWARD
                .call()
                .tensor(g)
                .tensor(y)
                .integer(dimension)
                .type(y.dtype())
                .one()
                .like(y);
        if (!Tape.records(g, y)) {
            return product;
        }
        return new Node("softmax_backward", product, g, y) {
            private final Tensor gradient = saveFor(1, g);
            private final Tensor output = save(y);

            @Override
            Tensor gradient(int input, Tensor h) {
                if (input == 0) {
                    return backward(h, output, dimension);
                }
                Tensor gy = gradient.mul(output).sum(true, dimension);
                Tensor hy = h.mul(output).sum(true, dimension);
                return h.mul(gradient.sub(gy)).sub(gradient.mul(hy));
            }
        }.result();
    }

    static Tensor logOf(Tensor x, int dimension) {
        int index = checked("logSoftmax", x, dimension);
        Tensor y = LOG_SOFTMAX.call().tensor(x).integer(index).flag(false).one().like(x);
        return Tape.records(x)
                ? Elementwise.recorded("log_softmax", y, x, y, (g, saved) -> logBackward(g, saved, index))
                : y;
    }

    /** {@code g - exp(y) · Σ g}, itself differentiable. */
    private static Tensor logBackward(Tensor g, Tensor y, int dimension) {
        Tensor difference = LOG_SOFTMAX_BACKWARD
                .call()
                .tensor(g)
                .tensor(y)
                .integer(dimension)
                .type(y.dtype())
                .one()
                .like(y);
        if (!Tape.records(g, y)) {
            return difference;
        }
        return new Node("log_softmax_backward", difference, g, y) {
            private final Tensor gradient = saveFor(1, g);
            private final Tensor output = save(y);

            @Override
            Tensor gradient(int input, Tensor h) {
                Tensor weighted = h.mul(output.exp());
                return input == 0
                        ? h.sub(weighted.sum(true, dimension))
                        : weighted.mul(gradient.sum(true, dimension)).neg();
            }
        }.result();
    }

    private static int checked(String operator, Tensor x, int dimension) {
        Check.floating(operator, x);
        return x.shape().index(operator, dimension);
    }
}
