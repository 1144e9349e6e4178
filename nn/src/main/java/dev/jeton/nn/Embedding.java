package dev.jeton.nn;

import dev.jeton.torch.Gradients;
import dev.jeton.torch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Looks rows of a table up: ids {@code [...]} (int64) to {@code [..., D]}. Parameter: {@code weight} {@code [V, D]},
 * standard normal as in PyTorch.
 */
public final class Embedding extends UnaryLayer {
    private final Tensor weight;
    private final @Nullable Long padding;

    private Embedding(Tensor weight, @Nullable Long padding) {
        this.weight = parameter("weight", weight);
        this.padding = padding;
    }

    /** Returns a table of so many rows of so many features. */
    public static Embedding of(long rows, long features) {
        return new Embedding(Init.normal(0, 1).make(rows, features), null);
    }

    /** Returns a table in which one row stands for padding: it begins as zeros and receives no gradient. */
    public static Embedding withPadding(long rows, long features, long padding) {
        Tensor weight = Init.normal(0, 1).make(rows, features);
        try (var _ = Gradients.off()) {
            weight.select(0, padding).zeroInPlace();
        }
        return new Embedding(weight, padding);
    }

    /** Returns the table {@code [V, D]}. */
    public Tensor weight() {
        return weight;
    }

    @Override
    protected Tensor compute(Tensor ids) {
        return padding == null ? weight.embedding(ids) : weight.embedding(ids, padding);
    }

    @Override
    protected String describe() {
        return "Embedding(" + weight.size(0) + " × " + weight.size(1)
                + (padding == null ? ")" : ", padding " + padding + ")");
    }
}
