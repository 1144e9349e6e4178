package dev.jeton.nn;

import dev.jeton.torch.Attention;
import dev.jeton.torch.Scope;
import dev.jeton.torch.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/** Transformer encoder layers one after the other, {@code layers.0} and so on, and a last {@code norm}. */
public final class TransformerEncoder extends Layer {
    private final List<TransformerEncoderLayer> layers;
    private final LayerNorm norm;

    private TransformerEncoder(TransformerConfig config, int number) {
        this.layers = children(
                "layers",
                IntStream.range(0, number)
                        .mapToObj(i -> TransformerEncoderLayer.of(config))
                        .toList());
        this.norm = child("norm", LayerNorm.of(config.width()));
    }

    /** Returns so many layers. */
    public static TransformerEncoder of(TransformerConfig config, int number) {
        return new TransformerEncoder(config, number);
    }

    /** Lets all tokens see one another: {@code [B, T, D]} to the same. */
    public Tensor forward(Tensor x) {
        return forward(x, Attention.full());
    }

    /** Lets tokens see one another as far as the mask allows. */
    public Tensor forward(Tensor x, Attention mask) {
        try (Scope scope = Scope.open()) {
            Tensor y = x;
            for (TransformerEncoderLayer layer : layers) {
                Tensor before = y;
                y = layer.forward(before, mask);
                if (before != x) {
                    before.close(); // what the gradient needs of it, the tape holds itself
                }
            }
            return scope.keep(norm.forward(y));
        }
    }
}
