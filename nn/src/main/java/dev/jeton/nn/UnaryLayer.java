package dev.jeton.nn;

import dev.jeton.torch.Scope;
import dev.jeton.torch.Tensor;

/**
 * A layer that makes one tensor of one. Subclasses write {@link #compute}; what it makes on the way is freed when it
 * returns, except what the gradient needs.
 */
public abstract class UnaryLayer extends Layer {
    /** For subclasses. */
    protected UnaryLayer() {}

    /** Computes the layer's result, which belongs to the caller's scope. */
    public final Tensor forward(Tensor x) {
        try (Scope scope = Scope.open()) {
            return scope.keep(compute(x));
        }
    }

    /**
     * Computes the result: a new tensor or {@code x} itself, not one that the layer keeps. Every other tensor made here is
     * freed afterwards.
     */
    protected abstract Tensor compute(Tensor x);
}
