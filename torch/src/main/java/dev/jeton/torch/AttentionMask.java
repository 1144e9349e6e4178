package dev.jeton.torch;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is added to the products of queries and keys before the softmax.
 *
 * <p>Hidden keys get a number that is very low but finite: with an infinite one, the row of a query that sees no key, and
 * its gradient, would not be numbers.
 *
 * @param added of a shape that is broadcast to {@code [B, N, T, S]} and has as many dimensions; or none
 * @param blind true for queries that see no key, {@code [.., T, 1]}; or none
 * @param causal whether keys later than the query are hidden besides
 */
record AttentionMask(@Nullable Tensor added, @Nullable Tensor blind, boolean causal) {
    private static final String OPERATOR = "scaledDotProductAttention";

    static AttentionMask of(Attention options, Tensor query, Tensor key) {
        Tensor mask = options.mask();
        if (mask == null) {
            return new AttentionMask(null, null, options.causal());
        }
        Shape full = Shape.of(query.size(0), query.size(1), query.size(2), key.size(2));
        if (!Shape.broadcast(OPERATOR, mask.shape(), full).equals(full)) {
            throw new ShapeException(OPERATOR + ": the mask must be broadcast to [B, N, T, S] " + full
                    + ", it has shape " + mask.shape());
        }
        double lowest = lowest(query.dtype());
        Tensor added = mask.dtype() == DType.BOOL
                ? Tensor.full(mask.shape(), 0, query.dtype(), query.device()).maskedFill(mask.not(), lowest)
                : mask.to(query.dtype()).clampMin(lowest);
        Tensor inFull = inFull(added);
        Tensor seen = options.causal() ? inFull.minimum(later(query, key)) : inFull;
        try (var _ = Gradients.off()) {
            return new AttentionMask(inFull, seen.amax(true, -1).le(lowest / 2), options.causal());
        }
    }

    /** A number that makes a weight exactly zero beside any other, and whose sum with a product stays finite. */
    static double lowest(DType type) {
        return type == DType.FLOAT16 ? -3e4 : -1e30;
    }

    /** Returns a mask with dimensions of size 1 in front, as many as there are in all. */
    private static Tensor inFull(Tensor mask) {
        long[] sizes = new long[4];
        Arrays.fill(sizes, 1);
        System.arraycopy(mask.shape().raw(), 0, sizes, 4 - mask.rank(), mask.rank());
        return mask.reshape(Shape.of(sizes));
    }

    /** Returns the same mask with causality among what is added. */
    AttentionMask withCausality(Tensor query, Tensor key) {
        if (!causal) {
            return this;
        }
        Tensor later = later(query, key);
        return new AttentionMask(added == null ? later : added.minimum(later), blind, false);
    }

    /** What hides keys later than the query: {@code [1, 1, T, S]}. */
    private static Tensor later(Tensor query, Tensor key) {
        Shape shape = Shape.of(1, 1, query.size(2), key.size(2));
        return Tensor.full(shape, lowest(query.dtype()), query.dtype(), query.device())
                .triu(1);
    }

    /** Returns a result with zeros for queries that see no key. */
    Tensor withoutBlindRows(Tensor y) {
        return blind == null ? y : y.maskedFill(blind, 0);
    }
}
