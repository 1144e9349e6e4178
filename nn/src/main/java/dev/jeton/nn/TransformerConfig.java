package dev.jeton.nn;

/**
 * The sizes and variant of a transformer layer.
 *
 * @param width of the hidden states
 * @param heads of attention
 * @param feedForward width inside the feed-forward part
 * @param dropout probability in training
 * @param preNorm whether norms stand before attention and feed-forward rather than behind their sums
 * @param gelu whether the feed-forward part uses gelu rather than relu
 */
public record TransformerConfig(
        long width, int heads, long feedForward, double dropout, boolean preNorm, boolean gelu) {
    /** Checks the sizes. */
    public TransformerConfig {
        if (width < 1 || heads < 1 || feedForward < 1 || width % heads != 0) {
            throw new IllegalArgumentException(
                    "transformer: sizes must be positive and the width a multiple of the heads:" + " width " + width
                            + ", heads " + heads + ", feed-forward " + feedForward);
        }
    }

    /** Returns the first transformer's layer without dropout: norms behind, relu. */
    public static TransformerConfig of(long width, int heads, long feedForward) {
        return new TransformerConfig(width, heads, feedForward, 0, false, false);
    }

    /** Returns the same with dropout. */
    public TransformerConfig withDropout(double probability) {
        return new TransformerConfig(width, heads, feedForward, probability, preNorm, gelu);
    }

    /** Returns the same with norms before attention and feed-forward, which trains more easily. */
    public TransformerConfig withPreNorm() {
        return new TransformerConfig(width, heads, feedForward, dropout, true, gelu);
    }

    /** Returns the same with gelu. */
    public TransformerConfig withGelu() {
        return new TransformerConfig(width, heads, feedForward, dropout, preNorm, true);
    }
}
