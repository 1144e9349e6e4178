package dev.jeton.nn;

import dev.jeton.torch.Attention;
import dev.jeton.torch.Scope;
import dev.jeton.torch.Tensor;

/**
 * Self-attention and a feed-forward part, each added to its input and normalised (Vaswani et al., 2017,
 * arXiv 1706.03762), with PyTorch's names: {@code self_attn}, {@code linear1}, {@code linear2}, {@code norm1},
 * {@code norm2}.
 */
public final class TransformerEncoderLayer extends Layer {
    private final TransformerConfig config;
    private final MultiHeadAttention attention;
    private final FeedForward feedForward;
    private final LayerNorm norm1;
    private final LayerNorm norm2;
    private final Dropout dropout;

    private TransformerEncoderLayer(TransformerConfig config) {
        this.config = config;
        this.attention = child("self_attn", MultiHeadAttention.of(config.width(), config.heads(), config.dropout()));
        this.feedForward = new FeedForward(
                child("linear1", Linear.of(config.width(), config.feedForward())),
                child("linear2", Linear.of(config.feedForward(), config.width())),
                child("dropout", Dropout.of(config.dropout())),
                config.gelu());
        this.norm1 = child("norm1", LayerNorm.of(config.width()));
        this.norm2 = child("norm2", LayerNorm.of(config.width()));
        this.dropout = child("dropout1", Dropout.of(config.dropout()));
    }

    /** Returns a layer. */
    public static TransformerEncoderLayer of(TransformerConfig config) {
        return new TransformerEncoderLayer(config);
    }

    /** Lets all tokens see one another: {@code [B, T, D]} to the same. */
    public Tensor forward(Tensor x) {
        return forward(x, Attention.full());
    }

    /** Lets tokens see one another as far as the mask allows. */
    public Tensor forward(Tensor x, Attention mask) {
        try (Scope scope = Scope.open()) {
            if (config.preNorm()) {
                Tensor y = x.add(dropout.forward(attention.forward(norm1.forward(x), mask)));
                return scope.keep(y.add(dropout.forward(feedForward.of(norm2.forward(y)))));
            }
            Tensor y = norm1.forward(x.add(dropout.forward(attention.forward(x, mask))));
            return scope.keep(norm2.forward(y.add(dropout.forward(feedForward.of(y)))));
        }
    }

    @Override
    protected String describe() {
        return "TransformerEncoderLayer(" + (config.preNorm() ? "norm first)" : "norm last)");
    }
}
