package dev.jeton.bench.torch;

import dev.jeton.nn.Layer;
import dev.jeton.nn.LayerNorm;
import dev.jeton.nn.Linear;
import dev.jeton.torch.Attention;
import dev.jeton.torch.Scope;
import dev.jeton.torch.Tensor;
import java.util.List;

/** A transformer block with normalisation first: causal attention, then a GELU network of four times the width. */
final class Block extends Layer {
    private final LayerNorm norm1;
    private final LayerNorm norm2;
    private final Linear qkv;
    private final Linear out;
    private final Linear up;
    private final Linear down;
    private final int heads;

    Block(int width, int heads) {
        this.heads = heads;
        norm1 = child("norm1", LayerNorm.of(width));
        norm2 = child("norm2", LayerNorm.of(width));
        qkv = child("qkv", Linear.of(width, 3L * width));
        out = child("out", Linear.of(width, width));
        up = child("up", Linear.of(width, 4L * width));
        down = child("down", Linear.of(4L * width, width));
    }

    Tensor forward(Tensor x) { // [B, T, D]
        try (Scope scope = Scope.open()) {
            Tensor attended = x.add(out.forward(attention(qkv.forward(norm1.forward(x)))));
            return scope.keep(attended.add(
                    down.forward(up.forward(norm2.forward(attended)).gelu())));
        }
    }

    private Tensor attention(Tensor projected) { // [B, T, 3 · D]
        long batch = projected.size(0);
        long tokens = projected.size(1);
        long width = projected.size(2) / 3;
        List<Tensor> parts = projected
                .reshape(batch, tokens, 3, heads, width / heads)
                .permute(2, 0, 3, 1, 4) // [3, B, N, T, K]
                .unbind(0);
        Tensor attended = parts.get(0).scaledDotProductAttention(parts.get(1), parts.get(2), Attention.causally());
        return attended.transpose(1, 2).reshape(batch, tokens, width); // [B, T, D]
    }
}
