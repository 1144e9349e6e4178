package dev.jeton.nn;

import dev.jeton.torch.FusedUpdate;
import dev.jeton.torch.Gradients;
import dev.jeton.torch.Scope;
import dev.jeton.torch.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Exponential moving averages of a model's parameters (Polyak and Juditsky, 1992), which often do better than the last
 * ones: {@code average ← decay · average + (1 - decay) · parameter} after each step of the optimizer.
 *
 * <pre>{@code
 * try (var averaged = ema.applied()) {
 *     validate(model); // with the averages
 * } // with its own parameters again
 * }</pre>
 */
public final class Ema implements AutoCloseable {
    private final Layer model;
    private final double decay;
    private final Map<String, Tensor> averages;

    private Ema(Layer model, double decay) {
        this.model = model;
        this.decay = decay;
        this.averages = copies(model.namedParameters());
    }

    /**
     * Returns averages that begin as the parameters are now.
     *
     * @param decay from 0 to below 1, such as 0.999
     */
    public static Ema of(Layer model, double decay) {
        if (!(decay >= 0 && decay < 1)) {
            throw new IllegalArgumentException("ema: the decay must be in [0, 1), got " + decay);
        }
        return new Ema(model, decay);
    }

    private static Map<String, Tensor> copies(Map<String, Tensor> originals) {
        Map<String, Tensor> copies = new LinkedHashMap<>();
        try (var _ = Scope.open();
                var _ = Gradients.off()) {
            originals.forEach((name, tensor) -> copies.put(name, tensor.copy().persist()));
        }
        return copies;
    }

    /** Moves the averages towards the parameters. */
    public void update() {
        try (var _ = Gradients.off()) {
            FusedUpdate.lerp(List.copyOf(averages.values()), model.parameters(), 1 - decay);
        }
    }

    /** Gives the model the averages until the result is closed, then its own parameters back. */
    public Applied applied() {
        return new Applied();
    }

    /** While it is open, the model computes with the averages. */
    public final class Applied implements AutoCloseable {
        private final Map<String, Tensor> own = copies(model.namedParameters());
        private boolean closed;

        private Applied() {
            overwrite(model.namedParameters(), averages);
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                overwrite(model.namedParameters(), own);
                own.values().forEach(Tensor::close);
            }
        }
    }

    /** Returns the averages by the parameters' names, themselves and not copies: to be stored. */
    public Map<String, Tensor> state() {
        return Collections.unmodifiableMap(averages);
    }

    /**
     * Copies stored averages.
     *
     * @throws CheckpointException if they are not this model's
     */
    public void load(Map<String, Tensor> stored) {
        StateDifference difference = StateDifference.between(averages, stored);
        if (!difference.isNone()) {
            throw new CheckpointException("ema: " + difference.describe());
        }
        overwrite(averages, stored);
    }

    private static void overwrite(Map<String, Tensor> targets, Map<String, Tensor> values) {
        try (var _ = Gradients.off()) {
            targets.forEach((name, target) -> {
                try (var _ = Scope.open()) {
                    target.copyInPlace(Objects.requireNonNull(values.get(name), name));
                }
            });
        }
    }

    /** Frees the averages. */
    @Override
    public void close() {
        averages.values().forEach(Tensor::close);
    }
}
