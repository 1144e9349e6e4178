package dev.jeton.text;

import java.util.ArrayList;
import java.util.List;

/** Cuts rows of tokens to a length. */
final class Truncator {
    private Truncator() {}

    /** The parts of one row: what remains, then what overflows. */
    static List<TokenRow> cut(TokenRow row, int length, Truncation truncation) {
        if (length >= row.size()) {
            return List.of(row);
        }
        if (length == 0) {
            return List.of(new TokenRow(0), row);
        }
        int stride = truncation.stride();
        if (stride >= length) {
            throw new IllegalArgumentException(
                    "truncation: the stride must be less than the tokens that remain beside the"
                            + " special ones, got stride " + stride + " and " + length + " tokens");
        }
        var result = new ArrayList<TokenRow>();
        int step = length - stride;
        if (truncation.direction() == Truncation.Direction.RIGHT) {
            for (int from = 0; ; from += step) {
                int to = Math.min(from + length, row.size());
                result.add(row.slice(from, to));
                if (to == row.size()) {
                    return result;
                }
            }
        }
        for (int to = row.size(); ; to -= step) {
            int from = Math.max(0, to - length);
            result.add(row.slice(from, to));
            if (from == 0) {
                return result;
            }
        }
    }

    /** To what lengths two rows (the second may be missing: size 0) are cut so that both have {@code budget} tokens. */
    static int[] lengths(int first, int second, boolean pair, int budget, Truncation truncation) {
        int excess = first + second - budget;
        if (excess <= 0) {
            return new int[] {first, second};
        }
        return switch (truncation.strategy()) {
            case LONGEST_FIRST -> pair ? balance(first, second, budget) : new int[] {budget, 0};
            case ONLY_FIRST -> new int[] {reduce(first, excess, "first"), second};
            case ONLY_SECOND -> {
                if (!pair) {
                    throw new IllegalArgumentException("truncation: ONLY_SECOND needs a second text");
                }
                yield new int[] {first, reduce(second, excess, "second")};
            }
        };
    }

    private static int reduce(int length, int excess, String which) {
        if (length <= excess) {
            throw new IllegalArgumentException("truncation: the " + which + " text has " + length + " tokens, of which "
                    + excess + " would have to go");
        }
        return length - excess;
    }

    private static int[] balance(int first, int second, int budget) {
        int shorter = Math.min(first, second);
        int longer = shorter > budget ? shorter : Math.max(shorter, budget - shorter);
        if (shorter + longer > budget) {
            shorter = budget / 2;
            longer = shorter + budget % 2;
        }
        return first <= second ? new int[] {shorter, longer} : new int[] {longer, shorter};
    }
}
