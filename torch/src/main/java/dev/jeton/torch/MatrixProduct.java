package dev.jeton.torch;

import dev.jeton.torch.internal.InnerProducts;
import org.jspecify.annotations.Nullable;

/**
 * Products of two matrices, or of two equally long rows of matrices ({@code [N, m, k]}): the one place where they are
 * computed.
 *
 * <p>The three forms are closed under differentiation: the derivative of each, with respect to either factor, is one of
 * the three. So no transposed view is ever recorded, and the gradient of a factor comes out in that factor's own layout.
 */
enum MatrixProduct {
    /** {@code a · b}. */
    PLAIN {
        @Override
        Tensor compute(Tensor a, Tensor b) {
            if (a.rank() != 2) {
                return each(a, b);
            }
            if (!OneDnn.takesPlain(a, b)) {
                return MM.of(a, b);
            }
            try (Tensor transposed = transposed(b)) {
                return OneDnn.linear(a, transposed, null);
            }
        }

        @Override
        Tensor leftGradient(Tensor g, Tensor b) {
            return RIGHT_TRANSPOSED.of(g, b);
        }

        @Override
        Tensor rightGradient(Tensor a, Tensor g) {
            return LEFT_TRANSPOSED.of(a, g);
        }
    },

    /** {@code a · bᵀ}. */
    RIGHT_TRANSPOSED {
        @Override
        Tensor compute(Tensor a, Tensor b) {
            if (a.rank() == 2) {
                return linear(a, b, null);
            }
            try (Tensor transposed = transposed(b)) {
                return each(a, transposed);
            }
        }

        @Override
        Tensor leftGradient(Tensor g, Tensor b) {
            return PLAIN.of(g, b);
        }

        @Override
        Tensor rightGradient(Tensor a, Tensor g) {
            return LEFT_TRANSPOSED.of(g, a);
        }
    },

    /** {@code aᵀ · b}. */
    LEFT_TRANSPOSED {
        @Override
        Tensor compute(Tensor a, Tensor b) {
            try (Tensor transposed = transposed(a)) {
                return a.rank() == 2 ? MM.of(transposed, b) : each(transposed, b);
            }
        }

        @Override
        Tensor leftGradient(Tensor g, Tensor b) {
            return RIGHT_TRANSPOSED.of(b, g);
        }

        @Override
        Tensor rightGradient(Tensor a, Tensor g) {
            return PLAIN.of(a, g);
        }
    };

    private static final Operator MM = Operator.of("mm");
    private static final Operator BMM = Operator.of("bmm");
    private static final Operator SQUEEZE = Operator.of("squeeze", "dim");
    private static final Operator UNSQUEEZE = Operator.of("unsqueeze");
    private static final Operator LINEAR = Operator.of("linear");
    private static final Operator TRANSPOSE = Operator.of("transpose", "int");

    /** Returns the product of operands whose shapes and types are known to fit, and records it. */
    Tensor of(Tensor a, Tensor b) {
        Tensor product = compute(a, b);
        if (!Tape.records(a, b)) {
            return product;
        }
        return new Node("matmul", product, a, b) {
            private final Tensor left = saveFor(1, a);
            private final Tensor right = saveFor(0, b);

            @Override
            Tensor gradient(int input, Tensor g) {
                return input == 0 ? leftGradient(g, right) : rightGradient(left, g);
            }
        }.result();
    }

    /** {@code x · weightᵀ + bias}, the sum taken inside the product. */
    static Tensor affine(Tensor x, Tensor weight, Tensor bias) {
        Tensor y = linear(x, weight, bias);
        if (!Tape.records(x, weight, bias)) {
            return y;
        }
        return new Node("linear", y, x, weight, bias) {
            private final Tensor left = saveFor(1, x);
            private final Tensor right = saveFor(0, weight);

            @Override
            Tensor gradient(int input, Tensor g) {
                return switch (input) {
                    case 0 -> RIGHT_TRANSPOSED.leftGradient(g, right);
                    case 1 -> RIGHT_TRANSPOSED.rightGradient(left, g);
                    default -> g.sum(false, 0);
                };
            }
        }.result();
    }

    private static Tensor linear(Tensor x, Tensor weight, @Nullable Tensor bias) {
        return x.rank() == 2 && OneDnn.takes(x, weight)
                ? OneDnn.linear(x, weight, bias)
                : LINEAR.call().tensor(x).tensor(weight).tensorOrNone(bias).one();
    }

    abstract Tensor compute(Tensor a, Tensor b);

    abstract Tensor leftGradient(Tensor g, Tensor b);

    abstract Tensor rightGradient(Tensor a, Tensor g);

    /** Products of corresponding matrices; libtorch divides the rows among its threads, one matrix is divided itself. */
    private static Tensor each(Tensor a, Tensor b) {
        if (a.size(0) == 1) {
            try (Tensor left = SQUEEZE.call().tensor(a).integer(0).view(a);
                    Tensor right = SQUEEZE.call().tensor(b).integer(0).view(b);
                    Tensor product = MM.of(left, right)) {
                return UNSQUEEZE.call().tensor(product).integer(0).one();
            }
        }
        try (var _ = InnerProducts.onOneThread()) {
            return BMM.of(a, b);
        }
    }

    private static Tensor transposed(Tensor x) {
        return TRANSPOSE.call().tensor(x).integer(-2).integer(-1).view(x);
    }
}
