package dev.jeton.torch;

import org.jspecify.annotations.Nullable;

/** Attention: the choice of a kernel, and the form made of products that serves where no kernel does. */
final class ScaledDotProduct {
    private static final String OPERATOR = "scaledDotProductAttention";

    private ScaledDotProduct() {}

    static Tensor of(Tensor query, Tensor key, Tensor value, Attention options) {
        check(query, key, value, options);
        if (query.rank() == 3) {
            return of(withHead(query), withHead(key), withHead(value), options)
                    .reshape(query.shape().with(-1, value.size(-1)));
        }
        Tensor k = repeated(key, query.size(1));
        Tensor v = repeated(value, query.size(1));
        double scale = options.scale().orElse(1 / Math.sqrt((double) query.size(-1)));
        AttentionMask mask = AttentionMask.of(options, query, key);
        Tensor y;
        if (options.dropout() > 0 || (mask.added() != null && mask.added().isRecorded())) {
            y = products(query, k, v, mask.withCausality(query, key).added(), scale, options.dropout());
        } else {
            y = FusedAttention.of(query, k, v, mask, scale);
        }
        return mask.withoutBlindRows(y);
    }

    /** {@code [B, T, K]} as {@code [B, 1, T, K]}. */
    private static Tensor withHead(Tensor x) {
        return x.reshape(Shape.of(x.size(0), 1, x.size(1), x.size(2)));
    }

    /** Gives each of the query's heads its own copy of the head that it shares. */
    private static Tensor repeated(Tensor x, long heads) {
        long own = x.size(1);
        if (own == heads) {
            return x;
        }
        return x.reshape(Shape.of(x.size(0), own, 1, x.size(2), x.size(3)))
                .expand(Shape.of(x.size(0), own, heads / own, x.size(2), x.size(3)))
                .reshape(Shape.of(x.size(0), heads, x.size(2), x.size(3)));
    }

    // ---- by products
    // -------------------------------------------------------------------------------------------------

    /** The form made of recorded operators. */
    static Tensor products(Tensor q, Tensor k, Tensor v, @Nullable Tensor mask, double scale, double dropout) {
        return weighted(weights(q, k, mask, scale).dropout(dropout), v);
    }

    /** Returns {@code softmax(q · kᵀ · scale + mask)} as {@code [B·N, T, S]}. */
    private static Tensor weights(Tensor q, Tensor k, @Nullable Tensor mask, double scale) {
        return weights(q.shape(), matrices(q).mul(scale), k, mask);
    }

    private static Tensor weights(Shape queries, Tensor scaled, Tensor k, @Nullable Tensor mask) {
        return weights(queries, scaled, k, matrices(k), mask);
    }

    private static Tensor weights(Shape queries, Tensor scaled, Tensor k, Tensor keys, @Nullable Tensor mask) {
        Tensor scores = MatrixProduct.RIGHT_TRANSPOSED.of(scaled, keys);
        if (mask == null) {
            return scores.softmax(-1);
        }
        Tensor masked = scores.reshape(Shape.of(queries.size(0), queries.size(1), queries.size(2), k.size(2)))
                .add(mask);
        return masked.softmax(-1).reshape(scores.shape());
    }

    /** Returns the sums of values by their weights. */
    private static Tensor weighted(Tensor weights, Tensor v) {
        Tensor y = MatrixProduct.PLAIN.of(weights, matrices(v));
        return y.reshape(Shape.of(v.size(0), v.size(1), weights.size(1), v.size(3)));
    }

    /** Puts the gradients of query, key and value into {@code into}, by operators that can be recorded. */
    static void gradients(
            Tensor g, Tensor q, Tensor k, Tensor v, @Nullable Tensor mask, double scale, @Nullable Tensor[] into) {
        Tensor scaled = matrices(q).mul(scale);
        Tensor weights = weights(q.shape(), scaled, k, mask);
        new Kept(scaled, matrices(k), matrices(v), weights).gradients(g, scale, q.shape(), k.shape(), into);
    }

    /** Computes the weights; nothing is recorded. */
    static Kept weigh(Tensor q, Tensor k, Tensor v, @Nullable Tensor mask, double scale) {
        Tensor scaled = matrices(q.isContiguous() ? q.mul(scale) : q.copy().mulInPlace(scale));
        Tensor keys = matrices(k);
        return new Kept(scaled, keys, matrices(v), weights(q.shape(), scaled, k, keys, mask));
    }

    /**
     * What the gradient needs, as products take it, so that heads which lie apart are brought together once.
     *
     * @param scaled the queries times the scale {@code [B·N, T, K]}
     * @param keys {@code [B·N, S, K]}
     * @param values {@code [B·N, S, V]}
     * @param weights {@code [B·N, T, S]}
     */
    record Kept(Tensor scaled, Tensor keys, Tensor values, Tensor weights) {
        Kept each(java.util.function.UnaryOperator<Tensor> change) {
            return new Kept(change.apply(scaled), change.apply(keys), change.apply(values), change.apply(weights));
        }

        /** Returns the sums of values by their weights, in the shape of the query but for the size of a value. */
        Tensor result(Shape query) {
            return MatrixProduct.PLAIN.of(weights, values).reshape(query.with(-1, values.size(2)));
        }

        /** Puts the gradients of query, key and value into {@code into}, by operators that can be recorded. */
        void gradients(Tensor g, double scale, Shape query, Shape key, @Nullable Tensor[] into) {
            Tensor rows = matrices(g);
            Tensor ds = Softmax.backward(MatrixProduct.RIGHT_TRANSPOSED.of(rows, values), weights, -1);
            into[0] = MatrixProduct.PLAIN.of(ds, keys).mul(scale).reshape(query);
            into[1] = MatrixProduct.LEFT_TRANSPOSED.of(ds, scaled).reshape(key);
            into[2] = MatrixProduct.LEFT_TRANSPOSED.of(weights, rows).reshape(key.with(-1, values.size(2)));
        }
    }

    /** {@code [B, N, T, K]} as {@code [B·N, T, K]}. */
    static Tensor matrices(Tensor x) {
        return x.reshape(Shape.of(x.size(0) * x.size(1), x.size(2), x.size(3)));
    }

    // ---- what must fit
    // -----------------------------------------------------------------------------------------------

    private static void check(Tensor q, Tensor k, Tensor v, Attention options) {
        Check.floating(OPERATOR, q);
        Check.alike(OPERATOR, q, k, v);
        int rank = q.rank();
        boolean fits = (rank == 3 || rank == 4) && k.rank() == rank && v.rank() == rank;
        fits = fits && k.size(0) == q.size(0) && v.size(0) == q.size(0);
        fits = fits && k.size(-1) == q.size(-1) && v.size(-2) == k.size(-2);
        if (fits && rank == 4) {
            fits = k.size(1) == v.size(1) && k.size(1) > 0 && q.size(1) % k.size(1) == 0;
        }
        if (!fits) {
            throw new ShapeException(
                    OPERATOR + ": query [B, N, T, K], key [B, N, S, K] and value [B, N, S, V] must fit,"
                            + " the query's heads a multiple of the others': query " + q.shape() + ", key " + k.shape()
                            + ", value " + v.shape());
        }
        Tensor mask = options.mask();
        if (mask != null) {
            Check.sameDevice(OPERATOR, q, mask);
            if (mask.dtype() != DType.BOOL && !mask.dtype().isFloating()) {
                throw new DTypeException(
                        OPERATOR + ": the mask must be boolean or floating point, it is " + mask.describe());
            }
        }
    }
}
