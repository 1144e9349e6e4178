package dev.jeton.nn;

import dev.jeton.torch.Attention;
import dev.jeton.torch.DType;
import dev.jeton.torch.Scope;
import dev.jeton.torch.Shape;
import dev.jeton.torch.ShapeException;
import dev.jeton.torch.Tensor;
import java.util.List;

/**
 * Attention of several heads (Vaswani et al., 2017, arXiv 1706.03762, §3.2.2) with PyTorch's parameters:
 * {@code in_proj_weight} {@code [3 D, D]} for queries, keys and values, {@code in_proj_bias}, {@code out_proj.weight},
 * {@code out_proj.bias}. Batches come first: {@code [B, T, D]}.
 */
public final class MultiHeadAttention extends Layer {
    private final long width;
    private final int heads;
    private final double dropout;
    private final Tensor inWeight;
    private final Tensor inBias;
    private final Linear out;

    private MultiHeadAttention(long width, int heads, double dropout) {
        this.width = width;
        this.heads = heads;
        this.dropout = dropout;
        this.out = child("out_proj", Linear.of(width, width)); // drawn first, as PyTorch does
        this.inWeight = parameter("in_proj_weight", Init.xavierUniform(1).make(3 * width, width));
        this.inBias = parameter("in_proj_bias", Init.zeros().make(3 * width));
        out.bias().ifPresent(Init.zeros()::applyTo);
    }

    /** Returns a layer of so many heads, without dropout. */
    public static MultiHeadAttention of(long width, int heads) {
        return of(width, heads, 0);
    }

    /**
     * Returns a layer that drops attention weights in training.
     *
     * @throws IllegalArgumentException if the width cannot be cut into the heads
     */
    public static MultiHeadAttention of(long width, int heads, double dropout) {
        if (heads < 1 || width % heads != 0) {
            throw new IllegalArgumentException(
                    "attention: a width of " + width + " cannot be cut into " + heads + " equal heads");
        }
        return new MultiHeadAttention(width, heads, dropout);
    }

    /**
     * A result with the weights that made it.
     *
     * @param output {@code [B, T, D]}
     * @param weights of each head {@code [B, N, T, S]}; rows sum to one
     */
    public record Attended(Tensor output, Tensor weights) {}

    /** Attends from every token to every token: {@code [B, T, D]} to the same. */
    public Tensor forward(Tensor x) {
        return forward(x, x, x, Attention.full());
    }

    /** Attends among tokens, as far as the mask lets them. */
    public Tensor forward(Tensor x, Attention mask) {
        return forward(x, x, x, mask);
    }

    /**
     * Attends from queries to keys, and mixes values.
     *
     * @param query {@code [B, T, D]}
     * @param key {@code [B, S, D]}
     * @param value {@code [B, S, D]}
     * @return {@code [B, T, D]}
     */
    public Tensor forward(Tensor query, Tensor key, Tensor value, Attention mask) {
        try (Scope scope = Scope.open()) {
            Projected p = project(query, key, value);
            Attention how = isTraining() && dropout > 0 ? mask.withDropout(dropout) : mask;
            Tensor mixed = p.query().scaledDotProductAttention(p.key(), p.value(), how);
            return scope.keep(out.forward(joined(mixed)));
        }
    }

    /** As {@link #forward(Tensor, Tensor, Tensor, AttentionMask)} without dropout, and with the weights, which takes more memory. */
    public Attended attend(Tensor query, Tensor key, Tensor value, Attention mask) {
        try (Scope scope = Scope.open()) {
            Projected p = project(query, key, value);
            Tensor scores = p.query() // [B, N, T, S]
                    .matmul(p.key().transpose(-2, -1))
                    .mul(mask.scale().orElse(1 / Math.sqrt((double) width / heads)));
            Tensor weights = masked(scores, mask).softmax(-1);
            Tensor output = out.forward(joined(weights.matmul(p.value())));
            return new Attended(scope.keep(output), scope.keep(weights));
        }
    }

    private static Tensor masked(Tensor scores, Attention how) {
        Tensor masked = scores;
        Tensor mask = how.mask();
        if (mask != null) {
            masked = mask.dtype() == DType.BOOL ? hidden(masked, mask) : masked.add(mask);
        }
        if (how.causal()) {
            Shape square = Shape.of(scores.size(2), scores.size(3));
            masked = hidden(
                    masked, Tensor.full(square, 1, DType.BOOL, scores.device()).tril(0));
        }
        return masked;
    }

    private static Tensor hidden(Tensor scores, Tensor allowed) {
        return scores.maskedFill(allowed.not(), Double.NEGATIVE_INFINITY);
    }

    /**
     * Returns a mask that hides the padding behind sequences of these lengths from everybody: {@code [B, 1, 1, S]}, for
     * {@link Attention#masked}.
     */
    public static Tensor hidePadding(long[] lengths, long tokens) {
        try (Scope scope = Scope.open()) {
            Tensor places = Tensor.arange(tokens).reshape(1, 1, 1, tokens);
            Tensor ends = Tensor.of(lengths).reshape(lengths.length, 1, 1, 1);
            return scope.keep(places.lt(ends));
        }
    }

    /** Queries, keys and values of each head: {@code [B, N, T or S, K]}. */
    private record Projected(Tensor query, Tensor key, Tensor value) {}

    private Projected project(Tensor query, Tensor key, Tensor value) {
        check("query", query);
        check("key", key);
        check("value", value);
        if (query == key && key == value) {
            List<Tensor> parts = query.linear(inWeight, inBias).chunk(3, -1);
            return new Projected(cut(parts.get(0)), cut(parts.get(1)), cut(parts.get(2)));
        }
        List<Tensor> weights = inWeight.chunk(3, 0);
        List<Tensor> biases = inBias.chunk(3, 0);
        return new Projected(
                cut(query.linear(weights.get(0), biases.get(0))),
                cut(key.linear(weights.get(1), biases.get(1))),
                cut(value.linear(weights.get(2), biases.get(2))));
    }

    private Tensor cut(Tensor x) {
        return x.reshape(x.size(0), x.size(1), heads, width / heads).transpose(1, 2); // [B, N, T, K]
    }

    private Tensor joined(Tensor x) {
        return x.transpose(1, 2).reshape(x.size(0), x.size(2), width); // [B, T, D]
    }

    private void check(String what, Tensor x) {
        if (x.rank() != 3 || x.size(2) != width) {
            throw new ShapeException(
                    describe() + ": the " + what + " must have shape [B, T, " + width + "], got " + x.shape());
        }
    }

    @Override
    protected String describe() {
        return "MultiHeadAttention(" + width + ", " + heads + " heads)";
    }
}
