package dev.jeton.text;

import java.util.OptionalInt;

/** Counts tokens part by part, and stops where there are too many. */
final class LimitedCount {
    /** How many UTF-16 units are counted before looking whether it is enough. */
    private static final int PART = 1 << 15;

    private final Tokenizer tokenizer;
    private final EncodeOptions options;

    LimitedCount(Tokenizer tokenizer, EncodeOptions with) {
        this.tokenizer = tokenizer;
        this.options = new EncodeOptions(
                with.addSpecialTokens(),
                with.parseSpecialTokens(),
                java.util.Optional.empty(),
                java.util.Optional.empty());
    }

    OptionalInt of(String text, int limit) {
        if (limit < 0) {
            throw new IllegalArgumentException("count: the limit must not be negative, got " + limit);
        }
        if (text.length() <= PART || !canBeCut()) {
            return within(tokenizer.encode(text, options).size(), limit);
        }
        EncodeOptions bare = options.withSpecialTokens(false);
        long count = tokenizer.encode("", options).size();
        for (int from = 0; from < text.length() && count <= limit; ) {
            int to = cut(text, from);
            count += tokenizer.encode(text.substring(from, to), bare).size();
            from = to;
        }
        return within(count, limit);
    }

    private static OptionalInt within(long count, int limit) {
        return count <= limit ? OptionalInt.of((int) count) : OptionalInt.empty();
    }

    /** Whether a line's end before a letter always parts two words: so for the patterns that there is a scanner for. */
    private boolean canBeCut() {
        Pipeline pipeline = tokenizer.pipeline();
        boolean added = pipeline.addedTokens().byId().values().stream()
                .allMatch(token -> token.content().indexOf('\n') < 0 && !token.lstrip());
        return added
                && tokenizer.fast() != null
                && pipeline.model() instanceof BpeModel
                && ByteLevelFast.scanner(pipeline.preTokenizer()) != null;
    }

    private static int cut(String text, int from) {
        for (int i = from + PART; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (text.charAt(i - 1) == '\n' && unit < 0x80 && Character.isLetter(unit)) {
                return i;
            }
        }
        return text.length();
    }
}
