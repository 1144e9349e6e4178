package dev.jeton.torch;

import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * How attention is computed.
 *
 * @param mask which keys a query may see (boolean, true where it may), or what is added to the products,
 *     of a shape that is broadcast to {@code [B, N, T, S]}; or none
 * @param causal whether query {@code i} sees keys {@code 0 … i} only, besides the mask
 * @param dropout the probability with which each weight becomes zero
 * @param scale of the products; absent for {@code 1/√K}
 */
public record Attention(@Nullable Tensor mask, boolean causal, double dropout, OptionalDouble scale) {
    private static final Attention FULL = new Attention(null, false, 0, OptionalDouble.empty());

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if the dropout is not between 0 and 1
     */
    public Attention {
        if (!(dropout >= 0 && dropout <= 1)) {
            throw new IllegalArgumentException("attention: dropout must be between 0 and 1, it is " + dropout);
        }
    }

    /** Returns attention to all keys. */
    public static Attention full() {
        return FULL;
    }

    /** Returns attention to keys that do not come later than the query. */
    public static Attention causally() {
        return new Attention(null, true, 0, OptionalDouble.empty());
    }

    /** Returns attention with a mask. */
    public static Attention masked(Tensor mask) {
        return new Attention(mask, false, 0, OptionalDouble.empty());
    }

    /** Returns these options with dropout of the weights. */
    public Attention withDropout(double dropout) {
        return new Attention(mask, causal, dropout, scale);
    }

    /** Returns these options with another scale. */
    public Attention withScale(double scale) {
        return new Attention(mask, causal, dropout, OptionalDouble.of(scale));
    }
}
