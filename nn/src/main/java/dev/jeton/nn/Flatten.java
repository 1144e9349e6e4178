package dev.jeton.nn;

import dev.jeton.torch.Tensor;

/** Joins all dimensions behind the first: {@code [B, ...]} to {@code [B, D]}. */
public final class Flatten extends UnaryLayer {
    private Flatten() {}

    /** Returns the layer. */
    public static Flatten of() {
        return new Flatten();
    }

    @Override
    protected Tensor compute(Tensor x) {
        return x.flatten(1, -1);
    }
}
