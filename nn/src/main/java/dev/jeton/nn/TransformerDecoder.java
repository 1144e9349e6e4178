package dev.jeton.nn;

import dev.jeton.torch.Attention;
import dev.jeton.torch.Scope;
import dev.jeton.torch.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/** Transformer decoder layers one after the other, {@code layers.0} and so on, and a last {@code norm}. */
public final class TransformerDecoder extends Layer {
    private final List<TransformerDecoderLayer> layers;
    private final LayerNorm norm;

    private TransformerDecoder(TransformerConfig config, int number) {
        this.layers = children(
                "layers",
                IntStream.range(0, number)
                        .mapToObj(i -> TransformerDecoderLayer.of(config))
                        .toList());
        this.norm = child("norm", LayerNorm.of(config.width()));
    }

    /** Returns so many layers. */
    public static TransformerDecoder of(TransformerConfig config, int number) {
        return new TransformerDecoder(config, number);
    }

    /** Lets each token see those before it and all of the memory: {@code [B, T, D]} to the same. */
    public Tensor forward(Tensor x, Tensor memory) {
        return forward(x, memory, Attention.causally(), Attention.full());
    }

    /**
     * Lets tokens see one another and the memory {@code [B, S, D]}.
     *
     * @param mask among the tokens
     * @param memoryMask from the tokens to the memory
     */
    public Tensor forward(Tensor x, Tensor memory, Attention mask, Attention memoryMask) {
        try (Scope scope = Scope.open()) {
            Tensor y = x;
            for (TransformerDecoderLayer layer : layers) {
                Tensor before = y;
                y = layer.forward(before, memory, mask, memoryMask);
                if (before != x) {
                    before.close(); // what the gradient needs of it, the tape holds itself
                }
            }
            return scope.keep(norm.forward(y));
        }
    }
}
