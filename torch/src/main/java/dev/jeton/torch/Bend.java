package dev.jeton.torch;

/** Activations whose derivatives are worth a kernel of their own, or several steps. */
final class Bend {
    static final double SELU_ALPHA = 1.6732632423543772;
    static final double SELU_SCALE = 1.0507009873554805;

    private static final double ROOT_2_PI = Math.sqrt(2 * Math.PI);
    private static final Operator GELU = Operator.of("gelu");
    private static final Operator GELU_BACKWARD = Operator.of("gelu_backward");
    private static final Operator SILU_BACKWARD = Operator.of("silu_backward");
    private static final Operator MISH_BACKWARD = Operator.of("mish_backward");

    private Bend() {}

    /** {@code scale · x} where positive, {@code scale · alpha · (exp(x) - 1)} elsewhere. */
    static Tensor elu(String operator, Tensor x, double alpha, double scale) {
        Check.floating(operator, x);
        Tensor y;
        try (Scope scope = Scope.open();
                var _ = Gradients.off()) {
            Tensor bent = x.clampMax(0).expm1().mul(alpha);
            y = scope.keep(x.gt(0).where(x, bent).mul(scale)).like(x);
        }
        return Tape.records(x)
                ? Elementwise.recorded(
                        operator,
                        y,
                        x,
                        y,
                        (g, saved) -> saved.gt(0).where(g.mul(scale), g.mul(saved.add(scale * alpha))))
                : y;
    }

    // ---- gelu
    // --------------------------------------------------------------------------------------------------------

    static Tensor gelu(Tensor x, String approximation) {
        Check.floating("gelu", x);
        Tensor y = GELU.call().tensor(x).text(approximation).one().like(x);
        return Tape.records(x)
                ? Elementwise.recorded("gelu", y, x, x, (g, saved) -> geluBackward(g, saved, approximation))
                : y;
    }

    /** {@code g · gelu'(x)}, itself differentiable. */
    private static Tensor geluBackward(Tensor g, Tensor x, String approximation) {
        Tensor product = GELU_BACKWARD
                .call()
                .tensor(g)
                .tensor(x)
                .text(approximation)
                .one()
                .like(x);
        if (!Tape.records(g, x)) {
            return product;
        }
        return new Node("gelu_backward", product, g, x) {
            private final Tensor gradient = saveFor(1, g);
            private final Tensor argument = save(x);

            @Override
            Tensor gradient(int input, Tensor h) {
                if (input == 0) {
                    return geluBackward(h, argument, approximation);
                }
                Tensor curvature = approximation.equals("none") ? geluCurvature(argument) : geluTanhCurvature(argument);
                return h.mul(gradient).mul(curvature);
            }
        }.result();
    }

    /** The second derivative of x Φ(x): {@code φ(x) · (2 - x²)}. */
    private static Tensor geluCurvature(Tensor x) {
        Tensor square = x.square();
        Tensor density = square.mul(-0.5).exp().div(ROOT_2_PI);
        return density.mul(square.neg().add(2));
    }

    /** The second derivative of ½x (1 + tanh u) with u = k (x + c x³). */
    private static Tensor geluTanhCurvature(Tensor x) {
        double k = Math.sqrt(2 / Math.PI);
        double c = 0.044715;
        Tensor square = x.square();
        Tensor t = x.mul(square.mul(c).add(1)).mul(k).tanh();
        Tensor slope = square.mul(3 * c).add(1).mul(k); // u'
        Tensor bend = x.mul(6 * c * k); // u''
        Tensor sech = t.square().neg().add(1); // 1 - tanh²
        Tensor half = x.mul(bend.mul(0.5).sub(t.mul(slope.square())));
        return sech.mul(slope.add(half));
    }

    // ---- silu and mish
    // -----------------------------------------------------------------------------------------------

    /** {@code g · silu'(x)}, itself differentiable. */
    static Tensor siluBackward(Tensor g, Tensor x) {
        Tensor product = SILU_BACKWARD.of(g, x).like(x);
        if (!Tape.records(g, x)) {
            return product;
        }
        return new Node("silu_backward", product, g, x) {
            private final Tensor gradient = saveFor(1, g);
            private final Tensor argument = save(x);

            @Override
            Tensor gradient(int input, Tensor h) {
                if (input == 0) {
                    return siluBackward(h, argument);
                }
                Tensor s = argument.sigmoid();
                Tensor slope = s.mul(s.neg().add(1));
                Tensor curvature = slope.mul(argument.mul(s.mul(-2).add(1)).add(2));
                return h.mul(gradient).mul(curvature);
            }
        }.result();
    }

    /** {@code g · mish'(x)}, itself differentiable. */
    static Tensor mishBackward(Tensor g, Tensor x) {
        Tensor product = MISH_BACKWARD.of(g, x).like(x);
        if (!Tape.records(g, x)) {
            return product;
        }
        return new Node("mish_backward", product, g, x) {
            private final Tensor gradient = saveFor(1, g);
            private final Tensor argument = save(x);

            @Override
            Tensor gradient(int input, Tensor h) {
                return input == 0 ? mishBackward(h, argument) : h.mul(gradient).mul(mishCurvature(argument));
            }
        }.result();
    }

    /** The second derivative of x w with w = tanh(softplus(x)): {@code 2w' + x w''}. */
    private static Tensor mishCurvature(Tensor x) {
        Tensor s = x.sigmoid();
        Tensor w = x.softplus().tanh();
        Tensor slope = s.mul(w.square().neg().add(1));
        Tensor bend = slope.mul(s.neg().add(1).sub(w.mul(s).mul(2)));
        return slope.mul(2).add(x.mul(bend));
    }
}
