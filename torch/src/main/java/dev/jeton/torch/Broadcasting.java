package dev.jeton.torch;

import java.util.Arrays;

/** Undoing a broadcast: a gradient has the shape of what was broadcast. */
final class Broadcasting {
    private Broadcasting() {}

    /** Sums over the dimensions along which {@code shape} was repeated to become that of {@code g}. */
    static Tensor sumTo(Tensor g, Shape shape) {
        Shape from = g.shape();
        if (from.equals(shape)) {
            return g;
        }
        int extra = from.rank() - shape.rank();
        int[] dimensions = new int[from.rank()];
        int count = 0;
        for (int i = 0; i < from.rank(); i++) {
            if (i < extra || (shape.size(i - extra) == 1 && from.size(i) != 1)) {
                dimensions[count++] = i;
            }
        }
        Tensor summed = g.sum(true, Arrays.copyOf(dimensions, count));
        return extra == 0 ? summed : summed.reshape(shape);
    }

    /** Sums to a shape, and converts to a type: operands of different types were promoted. */
    static Tensor sumTo(Tensor g, Shape shape, DType type) {
        return sumTo(g, shape).to(type);
    }
}
