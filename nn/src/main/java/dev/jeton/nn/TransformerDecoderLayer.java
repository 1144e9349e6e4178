package dev.jeton.nn;

import dev.jeton.torch.Attention;
import dev.jeton.torch.Scope;
import dev.jeton.torch.Tensor;

/**
 * Self-attention, attention to an encoder's states and a feed-forward part, each added to its input and normalised
 * (Vaswani et al., 2017, arXiv 1706.03762), with PyTorch's names: {@code self_attn}, {@code multihead_attn},
 * {@code linear1}, {@code linear2}, {@code norm1} to {@code norm3}.
 */
public final class TransformerDecoderLayer extends Layer {
    private final TransformerConfig config;
    private final MultiHeadAttention selfAttention;
    private final MultiHeadAttention crossAttention;
    private final FeedForward feedForward;
    private final LayerNorm norm1;
    private final LayerNorm norm2;
    private final LayerNorm norm3;
    private final Dropout dropout;

    private TransformerDecoderLayer(TransformerConfig config) {
        this.config = config;
        this.selfAttention =
                child("self_attn", MultiHeadAttention.of(config.width(), config.heads(), config.dropout()));
        this.crossAttention =
                child("multihead_attn", MultiHeadAttention.of(config.width(), config.heads(), config.dropout()));
        this.feedForward = new FeedForward(
                child("linear1", Linear.of(config.width(), config.feedForward())),
                child("linear2", Linear.of(config.feedForward(), config.width())),
                child("dropout", Dropout.of(config.dropout())),
                config.gelu());
        this.norm1 = child("norm1", LayerNorm.of(config.width()));
        this.norm2 = child("norm2", LayerNorm.of(config.width()));
        this.norm3 = child("norm3", LayerNorm.of(config.width()));
        this.dropout = child("dropout1", Dropout.of(config.dropout()));
    }

    /** Returns a layer. */
    public static TransformerDecoderLayer of(TransformerConfig config) {
        return new TransformerDecoderLayer(config);
    }

    /** Lets each token see those before it and all of the memory. */
    public Tensor forward(Tensor x, Tensor memory) {
        return forward(x, memory, Attention.causally(), Attention.full());
    }

    /**
     * Lets tokens see one another and the memory.
     *
     * @param x {@code [B, T, D]}
     * @param memory an encoder's states {@code [B, S, D]}
     * @param mask among the tokens
     * @param memoryMask from the tokens to the memory
     * @return {@code [B, T, D]}
     */
    public Tensor forward(Tensor x, Tensor memory, Attention mask, Attention memoryMask) {
        try (Scope scope = Scope.open()) {
            if (config.preNorm()) {
                Tensor y = x.add(dropout.forward(selfAttention.forward(norm1.forward(x), mask)));
                Tensor seen = crossAttention.forward(norm2.forward(y), memory, memory, memoryMask);
                Tensor z = y.add(dropout.forward(seen));
                return scope.keep(z.add(dropout.forward(feedForward.of(norm3.forward(z)))));
            }
            Tensor y = norm1.forward(x.add(dropout.forward(selfAttention.forward(x, mask))));
            Tensor seen = crossAttention.forward(y, memory, memory, memoryMask);
            Tensor z = norm2.forward(y.add(dropout.forward(seen)));
            return scope.keep(norm3.forward(z.add(dropout.forward(feedForward.of(z)))));
        }
    }

    @Override
    protected String describe() {
        return "TransformerDecoderLayer(" + (config.preNorm() ? "norm first)" : "norm last)");
    }
}
