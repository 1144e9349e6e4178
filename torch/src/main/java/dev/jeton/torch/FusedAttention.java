package dev.jeton.torch;

import dev.jeton.torch.internal.InnerProducts;
import org.jspecify.annotations.Nullable;

/** Attention as one operator, which does not keep the weights of all queries and keys for its gradient. */
final class FusedAttention {
    private static final Operator FLASH = Operator.of("_scaled_dot_product_flash_attention_for_cpu");
    private static final Operator FLASH_BACKWARD = Operator.of("_scaled_dot_product_flash_attention_for_cpu_backward");
    private static final Operator ANY = Operator.of("scaled_dot_product_attention");

    /**
     * Weights are kept for the gradient where there are at most so many times as many of them as numbers in the query;
     * beyond, computing them anew costs less than their memory.
     */
    private static final long MOST_KEPT = 4;

    private FusedAttention() {}

    /** Queries, keys and values {@code [B, N, T, K]} with equally many heads. */
    static Tensor of(Tensor query, Tensor key, Tensor value, AttentionMask asked, double scale) {
        if (query.elements() == 0 || key.elements() == 0 || value.size(3) != query.size(3)) {
            Tensor added = asked.withCausality(query, key).added();
            return ScaledDotProduct.products(query, key, value, added, scale, 0);
        }
        if (!query.isCuda() && query.dtype().bytes() < 4) {
            // the CPU's kernel is slow in short types: 12 heads of 64, 4 × 512 tokens, two cores, forward 500 ms,
            // backward
            // 1,070 ms, where products take 42; up to 4,096 tokens they are level with the kernel in float32
            return recomputing(query, key, value, asked, scale, false);
        }
        // a kernel takes a mask or causality, not both
        AttentionMask mask = asked.added() == null ? asked : asked.withCausality(query, key);
        if (query.isCuda()) {
            return recomputing(query, key, value, mask, scale, true);
        }
        return flash(rowsContiguous(query), rowsContiguous(key), rowsContiguous(value), mask, scale);
    }

    /** The kernel wants each row of a head without gaps; the rows may lie anywhere. */
    private static Tensor rowsContiguous(Tensor x) {
        return x.strides()[3] == 1 ? x : x.contiguous();
    }

    // ---- by products, or by a kernel without a gradient
    // ----------------------------------------------------------------------

    /**
     * Attention whose gradient is made of products, of weights that are kept if they are few or else computed anew.
     *
     * @param byKernel whether libtorch chooses a fused kernel for the result, as for GPUs
     */
    static Tensor recomputing(Tensor q, Tensor k, Tensor v, AttentionMask mask, double scale, boolean byKernel) {
        boolean records = Tape.records(q, k, v);
        boolean keeps = records && !byKernel && k.size(2) <= MOST_KEPT * q.size(3);
        Tensor y;
        ScaledDotProduct.@Nullable Kept computed = null;
        try (var _ = Gradients.off()) {
            if (byKernel) {
                y = byKernel(q, k, v, mask, scale);
            } else if (!keeps) {
                y = new BlockedAttention(q, k, v, mask, scale).forward();
            } else {
                computed =
                        ScaledDotProduct.weigh(q, k, v, mask.withCausality(q, k).added(), scale);
                y = computed.result(q.shape());
            }
        }
        if (!records) {
            return y;
        }
        ScaledDotProduct.@Nullable Kept known = computed;
        return new Node("scaledDotProductAttention", y, q, k, v) {
            private final Tensor query = save(q);
            private final Tensor key = save(k);
            private final Tensor value = save(v);
            private final @Nullable Tensor added = mask.added() == null ? null : save(mask.added());
            private final ScaledDotProduct.@Nullable Kept kept = known == null ? null : known.each(this::save);

            @Override
            void gradients(Tensor g, @Nullable Tensor[] into) {
                AttentionMask asked = new AttentionMask(added, null, mask.causal());
                if (Context.current().recording) {
                    Tensor whole = asked.withCausality(query, key).added();
                    ScaledDotProduct.gradients(g, query, key, value, whole, scale, into);
                } else if (kept != null) {
                    kept.gradients(g, scale, query.shape(), key.shape(), into);
                } else {
                    new BlockedAttention(query, key, value, asked, scale).gradients(g, into);
                }
            }
        }.result();
    }

    private static Tensor byKernel(Tensor q, Tensor k, Tensor v, AttentionMask mask, double scale) {
        return ANY.call()
                .tensor(q)
                .tensor(k)
                .tensor(v)
                .tensorOrNone(mask.added())
                .real(0)
                .flag(mask.causal())
                .someReal(scale)
                .flag(false)
                .one();
    }

    // ---- the CPU's kernel
    // --------------------------------------------------------------------------------------------

    private static Tensor flash(Tensor q, Tensor k, Tensor v, AttentionMask mask, double scale) {
        boolean causal = mask.causal();
        Tensor y;
        Tensor sums;
        try (var _ = Gradients.off();
                var _ = InnerProducts.onOneThread()) {
            Tensor[] results = FLASH.call()
                    .tensor(q)
                    .tensor(k)
                    .tensor(v)
                    .real(0)
                    .flag(causal)
                    .tensorOrNone(mask.added())
                    .someReal(scale)
                    .all(2);
            y = results[0];
            sums = results[1];
        }
        if (!Tape.records(q, k, v)) {
            return y;
        }
        return new Node("scaledDotProductAttention", y, q, k, v) {
            private final Tensor query = save(q);
            private final Tensor key = save(k);
            private final Tensor value = save(v);
            private final Tensor output = save(y);
            private final Tensor logSums = save(sums);
            private final @Nullable Tensor added = mask.added() == null ? null : save(mask.added());

            @Override
            void gradients(Tensor g, @Nullable Tensor[] into) {
                if (Context.current().recording) {
                    AttentionMask whole = new AttentionMask(added, null, causal).withCausality(query, key);
                    ScaledDotProduct.gradients(g, query, key, value, whole.added(), scale, into);
                    return;
                }
                try (var _ = InnerProducts.onOneThread()) {
                    Tensor[] found = FLASH_BACKWARD
                            .call()
                            .tensor(rowsContiguous(g))
                            .tensor(query)
                            .tensor(key)
                            .tensor(value)
                            .tensor(output)
                            .tensor(logSums)
                            .real(0)
                            .flag(causal)
                            .tensorOrNone(added)
                            .someReal(scale)
                            .all(3);
                    System.arraycopy(found, 0, into, 0, found.length);
                }
            }
        }.result();
    }
}
