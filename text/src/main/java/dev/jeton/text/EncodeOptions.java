package dev.jeton.text;

import java.util.Optional;

/**
 * What an encoding does beside cutting the text into tokens.
 *
 * @param addSpecialTokens whether the post-processor adds its special tokens
 * @param parseSpecialTokens whether a special token written in the text is taken as one; if not, it is text
 * @param truncation how too long a text is cut; absent: not at all
 * @param padding how a short text is filled up; absent: not at all
 */
public record EncodeOptions(
        boolean addSpecialTokens,
        boolean parseSpecialTokens,
        Optional<Truncation> truncation,
        Optional<Padding> padding) {
    private static final EncodeOptions DEFAULTS = new EncodeOptions(true, true, Optional.empty(), Optional.empty());

    /** Special tokens added and parsed; neither truncation nor padding. */
    public static EncodeOptions defaults() {
        return DEFAULTS;
    }

    /** The same, with or without the post-processor's special tokens. */
    public EncodeOptions withSpecialTokens(boolean add) {
        return new EncodeOptions(add, parseSpecialTokens, truncation, padding);
    }

    /** The same, special tokens in the text taken as such or as text. */
    public EncodeOptions withParsedSpecialTokens(boolean parse) {
        return new EncodeOptions(addSpecialTokens, parse, truncation, padding);
    }

    /** The same with a truncation. */
    public EncodeOptions withTruncation(Truncation to) {
        return new EncodeOptions(addSpecialTokens, parseSpecialTokens, Optional.of(to), padding);
    }

    /** The same with a padding. */
    public EncodeOptions withPadding(Padding by) {
        return new EncodeOptions(addSpecialTokens, parseSpecialTokens, truncation, Optional.of(by));
    }

    boolean isPlain() {
        return truncation.isEmpty() && padding.isEmpty();
    }
}
