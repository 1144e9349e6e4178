package dev.jeton.torch;

import org.jspecify.annotations.Nullable;

/** Attention by libtorch's fused kernels, which never hold the weights of all queries and keys at once. */
final class FusedAttention {
    private static final Operator FLASH = Operator.of("_scaled_dot_product_flash_attention_for_cpu");
    private static final Operator FLASH_BACKWARD = Operator.of("_scaled_dot_product_flash_attention_for_cpu_backward");

    private FusedAttention() {}

    /** Queries, keys and values {@code [B, N, T, K]} with equally many heads. */
    static Tensor of(Tensor query, Tensor key, Tensor value, AttentionMask asked, double scale) {
        if (!fits(query, key, value)) {
            return ScaledDotProduct.products(
                    query, key, value, asked.withCausality(query, key).added(), scale, 0);
        }
        AttentionMask mask = asked.added() == null ? asked : asked.withCausality(query, key);
        Tensor q = rowsContiguous(query);
        Tensor k = rowsContiguous(key);
        Tensor v = rowsContiguous(value);
        return flash(q, k, v, mask, scale);
    }

    private static boolean fits(Tensor q, Tensor k, Tensor v) {
        return !q.isCuda() && q.elements() > 0 && k.elements() > 0 && v.size(3) == q.size(3);
    }

    /** The kernels want each row of a head without gaps; the rows may lie anywhere. */
    private static Tensor rowsContiguous(Tensor x) {
        return x.strides()[3] == 1 ? x : x.contiguous();
    }

    private static Tensor flash(Tensor q, Tensor k, Tensor v, AttentionMask mask, double scale) {
        boolean causal = mask.causal();
        Tensor[] results = FLASH.call()
                .tensor(q)
                .tensor(k)
                .tensor(v)
                .real(0)
                .flag(causal)
                .tensorOrNone(mask.added())
                .someReal(scale)
                .all(2);
        Tensor y = results[0];
        if (!Tape.records(q, k, v)) {
            return y;
        }
        return new Node("scaledDotProductAttention", y, q, k, v) {
            private final Tensor query = save(q);
            private final Tensor key = save(k);
            private final Tensor value = save(v);
            private final Tensor output = save(y);
            private final Tensor logSums = save(results[1]);
            private final @Nullable Tensor added = mask.added() == null ? null : save(mask.added());

            @Override
            void gradients(Tensor g, @Nullable Tensor[] into) {
                if (Context.current().recording) {
                    AttentionMask whole = new AttentionMask(added, null, causal).withCausality(query, key);
                    ScaledDotProduct.gradients(g, query, key, value, whole.added(), scale, into);
                    return;
                }
                DType type = g.dtype();
                // in half precision the kernel's gradient is several times slower than in float32
                DType wide = type.bytes() < 4 ? DType.FLOAT32 : type;
                Tensor[] found = FLASH_BACKWARD
                        .call()
                        .tensor(rowsContiguous(g.to(wide)))
                        .tensor(query.to(wide))
                        .tensor(key.to(wide))
                        .tensor(value.to(wide))
                        .tensor(output.to(wide))
                        .tensor(logSums)
                        .real(0)
                        .flag(causal)
                        .tensorOrNone(added == null ? null : added.to(wide))
                        .someReal(scale)
                        .all(3);
                for (int i = 0; i < 3; i++) {
                    into[i] = found[i].to(type);
                }
            }
        }.result();
    }
}
