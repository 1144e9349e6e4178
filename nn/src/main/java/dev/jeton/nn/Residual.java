package dev.jeton.nn;

import dev.jeton.torch.Tensor;

/** Adds what a layer computes to its input: {@code x + layer(x)}. The layer is named {@code inner}. */
public final class Residual extends UnaryLayer {
    private final UnaryLayer inner;

    private Residual(UnaryLayer inner) {
        this.inner = child("inner", inner);
    }

    /** Returns the sum of the identity and a layer that keeps shapes. */
    public static Residual of(UnaryLayer inner) {
        return new Residual(inner);
    }

    @Override
    protected Tensor compute(Tensor x) {
        return x.add(inner.forward(x));
    }
}
