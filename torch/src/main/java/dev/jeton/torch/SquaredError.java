package dev.jeton.torch;

/** The mean of squared differences, in one pass over both tensors and one for each gradient. */
final class SquaredError {
    private static final Operator FORWARD = Operator.of("mse_loss");
    private static final Operator BACKWARD = Operator.of("mse_loss_backward");
    private static final long MEAN = 1;

    private SquaredError() {}

    static Tensor of(Tensor a, Tensor b) {
        if (!a.shape().equals(b.shape())) {
            throw new ShapeException(
                    "meanSquaredError: both tensors must have one shape: " + a.shape() + " and " + b.shape());
        }
        Check.floating("meanSquaredError", a);
        Check.floating("meanSquaredError", b);
        Check.sameDevice("meanSquaredError", a, b);
        DType type = a.dtype() == DType.FLOAT64 || b.dtype() == DType.FLOAT64 ? DType.FLOAT64 : DType.FLOAT32;
        Tensor y = forward(a, b, type);
        if (!Tape.records(a, b)) {
            return y;
        }
        return new Node("meanSquaredError", y, a, b) {
            private final Tensor left = save(a);
            private final Tensor right = save(b);

            @Override
            void gradients(Tensor g, @org.jspecify.annotations.Nullable Tensor[] into) {
                Tensor ofLeft = Context.current().recording
                        ? left.to(type).sub(right.to(type)).mul(g.mul(2.0 / left.elements()))
                        : backward(g, left, right, type);
                into[0] = needs(0) ? ofLeft.to(left.dtype()) : null;
                into[1] = needs(1) ? ofLeft.neg().to(right.dtype()) : null;
            }
        }.result();
    }

    /** Casts are copies that this thread frees at once. */
    private static Tensor forward(Tensor a, Tensor b, DType type) {
        try (Scope scope = Scope.open();
                var _ = Gradients.off()) {
            return scope.keep(FORWARD.call()
                    .tensor(a.to(type))
                    .tensor(b.to(type))
                    .integer(MEAN)
                    .one());
        }
    }

    private static Tensor backward(Tensor g, Tensor a, Tensor b, DType type) {
        return BACKWARD.call()
                .tensor(g)
                .tensor(a.to(type))
                .tensor(b.to(type))
                .integer(MEAN)
                .one();
    }
}
