package dev.jeton.text;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A text, or a pair of them, as tokens. Immutable; arrays are the caller's to keep.
 *
 * <p>The ids are there at once; everything else is worked out when it is first asked for.
 */
public final class Encoding {
    private final int[] ids;
    private final List<Encoding> overflowing;
    private final int padFrom;
    private final int padTo;
    private final Supplier<TokenRow> source;
    private volatile @Nullable TokenRow row;

    /** Tokens from {@code padFrom} to {@code padTo} are padding. */
    Encoding(TokenRow row, int padFrom, int padTo, List<Encoding> overflowing) {
        this.ids = row.ids();
        this.row = row;
        this.source = () -> row;
        this.padFrom = padFrom;
        this.padTo = padTo;
        this.overflowing = List.copyOf(overflowing);
    }

    /** Ids that were found without the rest, which {@code source} will give. */
    Encoding(int[] ids, Supplier<TokenRow> source) {
        this.ids = ids;
        this.source = source;
        this.overflowing = List.of();
        this.padFrom = ids.length;
        this.padTo = ids.length;
    }

    TokenRow row() {
        TokenRow known = row;
        if (known == null) {
            known = source.get();
            if (!Arrays.equals(known.ids(), ids)) {
                throw new IllegalStateException("the fast path and the pipeline disagree: " + Arrays.toString(ids)
                        + " and " + Arrays.toString(known.ids()));
            }
            row = known;
        }
        return known;
    }

    /** How many tokens. */
    public int size() {
        return ids.length;
    }

    /** The ids, [T]. */
    public int[] ids() {
        return ids.clone();
    }

    /** The tokens as the vocabulary writes them. */
    public List<String> tokens() {
        return List.of(row().tokens());
    }

    /** The part of the text that a token stands for; absent for a special token or padding. */
    public Optional<Span> span(int index) {
        TokenRow known = row();
        return isSpecial(index) ? Optional.empty() : Optional.of(new Span(known.start(index), known.end(index)));
    }

    /** Starts of the tokens' parts of their text, UTF-16 indices; 0 for special tokens, [T]. */
    public int[] starts() {
        return row().starts();
    }

    /** Ends of the tokens' parts of their text, UTF-16 indices; 0 for special tokens, [T]. */
    public int[] ends() {
        return row().ends();
    }

    /** 0 for the first text of a pair and 1 for the second, or what the template says, [T]. */
    public int[] typeIds() {
        return row().typeIds();
    }

    /** 1, and 0 for padding, [T]. */
    public int[] attentionMask() {
        int[] mask = new int[ids.length];
        Arrays.fill(mask, 1);
        Arrays.fill(mask, padFrom, padTo, 0);
        return mask;
    }

    /** 1 for tokens that were added to the text (padding too), else 0, [T]. */
    public int[] specialTokensMask() {
        int[] mask = row().sequences();
        for (int i = 0; i < mask.length; i++) {
            mask[i] = mask[i] < 0 ? 1 : 0;
        }
        return mask;
    }

    private boolean isSpecial(int index) {
        return row().sequences()[index] < 0;
    }

    /** Which word of its text a token is part of, -1 for special tokens and padding, [T]. */
    public int[] wordIds() {
        return row().words();
    }

    /** Which text a token is of, 0 or 1; -1 for special tokens and padding, [T]. */
    public int[] sequenceIds() {
        return row().sequences();
    }

    /** What truncation cut off, in parts of the same length that overlap by the stride. */
    public List<Encoding> overflowing() {
        return overflowing;
    }

    @Override
    public String toString() {
        return "Encoding" + Arrays.toString(ids);
    }
}
