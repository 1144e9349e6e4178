package dev.jeton.torch;

import java.util.List;

/** The length of many gradients as one vector, and keeping it in bounds. */
public final class GradientNorm {
    private static final Operator DOT = Operator.of("dot");
    private static final Operator STACK = Operator.of("stack");
    private static final Operator SCALE_ALL = Operator.of("_foreach_mul_", "Tensor");

    private GradientNorm() {}

    /**
     * Returns the root of the sum of the squares of all elements, without dimensions.
     *
     * @param gradients floating point, of one element type, on one device, at least one
     */
    public static Tensor of(List<Tensor> gradients) {
        if (gradients.isEmpty()) {
            throw new IllegalArgumentException("GradientNorm: there must be at least one gradient");
        }
        try (Scope scope = Scope.open();
                var _ = Gradients.off()) {
            List<Tensor> squares = gradients.stream().map(GradientNorm::square).toList();
            return scope.keep(
                    STACK.call().tensors(squares).integer(0).one().sum().sqrt());
        }
    }

    /**
     * Shortens gradients in place so that their common length is at most {@code most}: multiplies by
     * {@code most / (length + 10⁻⁶)} where that is less than 1. The host does not wait for the device.
     *
     * @return the length before, without dimensions
     */
    public static Tensor clip(List<Tensor> gradients, double most) {
        Tensor length = of(gradients);
        try (var _ = Scope.open();
                var _ = Gradients.off()) {
            Tensor factor = length.add(1e-6).reciprocal().mul(most).clampMax(1);
            SCALE_ALL.call().tensors(gradients).tensor(factor).nothing();
            gradients.forEach(Tensor::changed);
        }
        return length;
    }

    private static Tensor square(Tensor x) {
        Check.floating("GradientNorm", x);
        Tensor flat = x.rank() == 1 ? x : x.reshape(Shape.of(x.elements()));
        return DOT.of(flat, flat);
    }
}
