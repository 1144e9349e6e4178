package dev.jeton.torch;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Attention made of products, a block of queries after the other: the weights never exist all at once, stay in the
 * processor's caches until they are used, and with a causal mask those of keys later than the block are not computed at all.
 * Not recorded; the gradient computes the weights anew.
 */
final class BlockedAttention {
    /** How many weights a block has at most: on the CPU 8 MiB of bfloat16. */
    private static final long WEIGHTS_AT_ONCE = 1 << 22;

    private static final long WEIGHTS_AT_ONCE_ON_GPU = 1 << 27;

    /** Products of fewer rows are slow. */
    private static final long FEWEST_ROWS = 64;

    private final Tensor queries;
    private final Tensor keys;
    private final Tensor values;
    private final AttentionMask mask;
    private final double scale;
    private final Shape heads;

    /** Queries, keys and values {@code [B, N, T, K]}; the mask's causality counts beside what it adds. */
    BlockedAttention(Tensor query, Tensor key, Tensor value, AttentionMask mask, double scale) {
        this.queries = ScaledDotProduct.matrices(query).mul(scale);
        this.keys = ScaledDotProduct.matrices(key);
        this.values = ScaledDotProduct.matrices(value);
        this.mask = mask;
        this.scale = scale;
        this.heads = Shape.of(query.size(0), query.size(1));
    }

    /** The queries of a block and the keys that they can see, both counted from 0. */
    private record Block(long start, long end, long seen) {
        long rows() {
            return end - start;
        }

        Tensor queries(Tensor x) {
            return x.narrow(1, start, rows());
        }

        Tensor keys(Tensor x) {
            return x.narrow(1, 0, seen);
        }
    }

    private List<Block> blocks() {
        long rows = queries.size(1);
        long most = queries.isCuda() ? WEIGHTS_AT_ONCE_ON_GPU : WEIGHTS_AT_ONCE;
        long fitting = most / Math.max(1, queries.size(0) * keys.size(1));
        long step = Math.max(FEWEST_ROWS, fitting / FEWEST_ROWS * FEWEST_ROWS);
        List<Block> blocks = new ArrayList<>();
        for (long start = 0; start < rows; start += step) {
            long end = Math.min(rows, start + step);
            blocks.add(new Block(start, end, mask.causal() ? Math.min(end, keys.size(1)) : keys.size(1)));
        }
        return blocks;
    }

    /** Returns the sums of values by their weights, {@code [B, N, T, K]}. */
    Tensor forward() {
        List<Tensor> parts = new ArrayList<>();
        for (Block block : blocks()) {
            try (Scope scope = Scope.open()) {
                parts.add(scope.keep(MatrixProduct.PLAIN.of(weights(block), block.keys(values))));
            }
        }
        return inHeads(Tensor.cat(parts, 1));
    }

    /** Puts the gradients of query, key and value into {@code into}, given that of the result. */
    void gradients(Tensor g, @Nullable Tensor[] into) {
        Tensor rows = ScaledDotProduct.matrices(g);
        List<Tensor> ofQueries = new ArrayList<>();
        Tensor ofKeys = keys.zerosLike();
        Tensor ofValues = values.zerosLike();
        for (Block block : blocks()) {
            try (Scope scope = Scope.open()) {
                Tensor p = weights(block);
                Tensor given = block.queries(rows);
                Tensor dp = MatrixProduct.RIGHT_TRANSPOSED.of(given, block.keys(values));
                Tensor ds = Softmax.backward(dp, p, -1);
                ofQueries.add(
                        scope.keep(MatrixProduct.PLAIN.of(ds, block.keys(keys)).mul(scale)));
                block.keys(ofKeys).addInPlace(MatrixProduct.LEFT_TRANSPOSED.of(ds, block.queries(queries)));
                block.keys(ofValues).addInPlace(MatrixProduct.LEFT_TRANSPOSED.of(p, given));
            }
        }
        into[0] = inHeads(Tensor.cat(ofQueries, 1));
        into[1] = inHeads(ofKeys);
        into[2] = inHeads(ofValues);
    }

    /** The weights {@code [B·N, rows, seen]} of a block. */
    private Tensor weights(Block block) {
        Tensor scores = MatrixProduct.RIGHT_TRANSPOSED.of(block.queries(queries), block.keys(keys));
        Tensor added = mask.added();
        if (added != null) {
            inHeads(scores).addInPlace(part(added, block));
        }
        if (mask.causal() && block.start < block.seen) {
            long late = block.seen - block.start;
            Shape corner = Shape.of(block.rows(), late);
            Tensor later = Tensor.full(corner, AttentionMask.lowest(scores.dtype()), scores.dtype(), scores.device());
            scores.narrow(2, block.start, late).addInPlace(later.triu(1));
        }
        return scores.softmax(-1);
    }

    /** A block's part of a mask of which any dimension may be 1. */
    private static Tensor part(Tensor added, Block block) {
        Tensor rows = added.size(2) == 1 ? added : added.narrow(2, block.start, block.rows());
        return added.size(3) == 1 ? rows : rows.narrow(3, 0, block.seen);
    }

    private Tensor inHeads(Tensor x) {
        return x.reshape(Shape.of(heads.size(0), heads.size(1), x.size(1), x.size(2)));
    }
}
