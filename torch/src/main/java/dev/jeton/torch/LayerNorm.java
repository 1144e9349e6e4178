package dev.jeton.torch;

import org.jspecify.annotations.Nullable;

/** Normalisation over the last dimensions. */
final class LayerNorm {
    private static final Operator FORWARD = Operator.of("native_layer_norm");
    private static final Operator BACKWARD = Operator.of("native_layer_norm_backward");

    private LayerNorm() {}

    static Tensor of(Tensor x, Shape normalized, @Nullable Tensor weight, @Nullable Tensor bias, double epsilon) {
        Affine.check("layerNorm", x, normalized, weight, bias);
        int[] dimensions = Affine.last("layerNorm", x.shape(), normalized);
        Tensor[] results = forward(x, normalized, weight, bias, epsilon);
        Tensor y = results[0].like(x);
        Tensor[] operands = Affine.operands(x, weight, bias);
        if (!Tape.records(operands)) {
            return y;
        }
        return new Node("layerNorm", y, operands) {
            private final Tensor input = save(x);
            private final Tensor mean = save(results[1]);
            private final Tensor rate = save(results[2]);
            private final @Nullable Tensor scale = weight == null ? null : save(weight);

            @Override
            void gradients(Tensor g, @Nullable Tensor[] into) {
                if (Context.current().recording) {
                    differentiable(g, into);
                    return;
                }
                @Nullable
                Tensor[] found =
                        backward(g, input, normalized, mean, rate, scale, needs(0), asks(1, into), asks(2, into));
                System.arraycopy(found, 0, into, 0, into.length);
            }

            private boolean asks(int operand, @Nullable Tensor[] into) {
                return operand < into.length && needs(operand);
            }

            private void differentiable(Tensor g, @Nullable Tensor[] into) {
                Standardised standard = Standardised.of(input, true, epsilon, dimensions);
                int[] rows = Affine.first(g.rank() - dimensions.length);
                into[0] = standard.gradient(scale == null ? g : g.mul(scale));
                if (into.length > 1) {
                    into[1] = sum(g.mul(standard.elements()), rows);
                }
                if (into.length > 2) {
                    into[2] = sum(g, rows);
                }
            }
        }.result();
    }

    private static Tensor sum(Tensor x, int[] dimensions) {
        return dimensions.length == 0 ? x : x.sum(false, dimensions);
    }

    /** libtorch's result, mean and {@code 1 / √(variance + ε)}. */
    static Tensor[] forward(
            Tensor x, Shape normalized, @Nullable Tensor weight, @Nullable Tensor bias, double epsilon) {
        return FORWARD.call()
                .tensor(x)
                .integers(normalized.raw())
                .tensorOrNone(weight)
                .tensorOrNone(bias)
                .real(epsilon)
                .all(3);
    }

    /** libtorch's gradients of input, weight and bias; those not asked for are absent. */
    static @Nullable Tensor[] backward(
            Tensor g,
            Tensor x,
            Shape normalized,
            Tensor mean,
            Tensor rate,
            @Nullable Tensor weight,
            boolean ofInput,
            boolean ofWeight,
            boolean ofBias) {
        return BACKWARD.call()
                .tensor(g)
                .tensor(x)
                .integers(normalized.raw())
                .tensor(mean)
                .tensor(rate)
                .tensorOrNone(weight)
                .tensorOrNone(ofBias ? weight : null) // of a bias, only the shape is looked at
                .flags(ofInput, ofWeight, ofBias)
                .several(3);
    }
}
