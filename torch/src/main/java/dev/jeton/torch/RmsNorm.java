package dev.jeton.torch;

import org.jspecify.annotations.Nullable;

/** Division by the root of the mean square over the last dimensions. */
final class RmsNorm {
    private static final Operator MUL_IN_PLACE = Operator.of("mul_", "Tensor");

    private RmsNorm() {}

    static Tensor of(Tensor x, Shape normalized, @Nullable Tensor weight, double epsilon) {
        Affine.check("rmsNorm", x, normalized, weight, null);
        int[] dimensions = Affine.last("rmsNorm", x.shape(), normalized);
        if (x.dtype().bytes() < 4) {
            Tensor wide = weight == null ? null : weight.to(DType.FLOAT32);
            return of(x.to(DType.FLOAT32), normalized, wide, epsilon).to(x.dtype());
        }
        Tensor rate;
        Tensor y;
        try (var _ = Gradients.off()) {
            rate = rate(x, normalized, epsilon);
            y = x.mul(rate);
            if (weight != null) {
                MUL_IN_PLACE.call().tensor(y).tensor(weight).inPlace(y);
            }
        }
        Tensor[] operands = Affine.operands(x, weight, null);
        if (!Tape.records(operands)) {
            return y;
        }
        return new Node("rmsNorm", y, operands) {
            private final Tensor input = save(x);
            private final Tensor savedRate = save(rate);
            private final @Nullable Tensor scale = weight == null ? null : save(weight);

            @Override
            void gradients(Tensor g, @Nullable Tensor[] into) {
                if (Context.current().recording) {
                    Standardised standard = Standardised.of(input, false, epsilon, dimensions);
                    into[0] = standard.gradient(scale == null ? g : g.mul(scale));
                    if (into.length > 1) {
                        into[1] = Broadcasting.sumTo(g.mul(standard.elements()), normalized);
                    }
                    return;
                }
                boolean ofWeight = into.length > 1 && needs(1);
                @Nullable
                Tensor[] found = LayerNorm.backward(
                        g, input, normalized, savedRate.zerosLike(), savedRate, scale, needs(0), ofWeight, false);
                Tensor centred = found[0];
                into[0] = centred == null
                        ? null
                        : centred.addInPlace(
                                mean(g, scale, normalized, savedRate.shape()).mul(savedRate));
                if (ofWeight) {
                    into[1] = found[1];
                }
            }
        }.result();
    }

    /** {@code 1 / √(mean(x²) + ε)}, of the mean and {@code 1 / √(variance + ε)} that a layer norm finds in one pass. */
    private static Tensor rate(Tensor x, Shape normalized, double epsilon) {
        Tensor[] results = LayerNorm.forward(x, normalized, null, null, epsilon);
        results[0].close();
        return results[2].square().reciprocal().add(results[1].square()).rsqrt();
    }

    /**
     * The mean of {@code g · weight}, which a layer norm's gradient subtracts and this one does not: with a mean of 0 put
     * in, the two are equal but for it.
     */
    private static Tensor mean(Tensor g, @Nullable Tensor weight, Shape normalized, Shape kept) {
        long size = normalized.elements();
        Tensor rows = g.reshape(Shape.of(kept.elements(), size));
        Tensor column = weight == null ? Tensor.full(normalized, 1, g.dtype(), g.device()) : weight;
        Tensor sums = MatrixProduct.PLAIN.of(rows, column.reshape(Shape.of(size, 1)));
        return sums.mul(1.0 / size).reshape(kept);
    }
}
