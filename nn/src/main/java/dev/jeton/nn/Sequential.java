package dev.jeton.nn;

import dev.jeton.torch.Tensor;
import java.util.List;

/**
 * Layers one after the other, named {@code 0}, {@code 1} and so on. What one returns is freed as soon as the next has
 * used it; what the gradient needs of it, the tape holds itself.
 */
public final class Sequential extends UnaryLayer {
    private final List<UnaryLayer> layers;

    private Sequential(List<UnaryLayer> layers) {
        this.layers = List.copyOf(layers);
        for (int i = 0; i < layers.size(); i++) {
            child(String.valueOf(i), layers.get(i));
        }
    }

    /** Returns these layers as one. */
    public static Sequential of(UnaryLayer... layers) {
        return new Sequential(List.of(layers));
    }

    /** Returns these layers as one. */
    public static Sequential of(List<? extends UnaryLayer> layers) {
        return new Sequential(List.copyOf(layers));
    }

    @Override
    protected Tensor compute(Tensor x) {
        Tensor y = x;
        for (UnaryLayer layer : layers) {
            Tensor before = y;
            y = layer.forward(before);
            if (before != x && before != y) {
                before.close();
            }
        }
        return y;
    }
}
