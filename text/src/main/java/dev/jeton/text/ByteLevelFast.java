package dev.jeton.text;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Recognises byte-level BPE whose words are cut by a known pattern. */
final class ByteLevelFast {
    private ByteLevelFast() {}

    /** The fast path of a model under a pre-tokeniser, or null if there is none. */
    static @Nullable FastEncoder of(BpeModel model, @Nullable PreTokenizer preTokenizer) {
        WordScanner scanner = scanner(preTokenizer);
        boolean plain = isBlank(model.options().continuingSubwordPrefix())
                && isBlank(model.options().endOfWordSuffix())
                && !model.options().byteFallback()
                && model.options().unknownToken() == null
                && model.vocabulary().size() <= WordCache.MAX_ID;
        if (scanner == null || !plain) {
            return null;
        }
        TokenTable table =
                model.vocabulary() instanceof ByteVocabulary bytes ? bytes.table() : table(model.vocabulary());
        int[] byteIds = new int[256];
        for (int value = 0; value < 256; value++) {
            byteIds[value] = table.find((byte) value);
        }
        var crossings = new Crossings(table);
        var symbols = new ByteSymbols(byteIds, crossings, model.pairs());
        return new FastEncoder(
                scanner,
                new BpeWords(
                        table,
                        crossings,
                        model.pairs(),
                        symbols,
                        model.options().ignoreMerges()));
    }

    private static TokenTable table(Vocabulary vocabulary) {
        var table = new TokenTable(vocabulary.size());
        for (int id = 0; id < vocabulary.size(); id++) {
            String token = vocabulary.token(id);
            byte[] bytes = token == null || token.isEmpty() ? null : ByteAlphabet.bytes(token);
            if (bytes != null && vocabulary.id(Objects.requireNonNull(token)) == id) {
                table.put(id, bytes);
            }
        }
        return table;
    }

    static boolean isBlank(@Nullable String text) {
        return text == null || text.isEmpty();
    }

    static @Nullable WordScanner scanner(@Nullable PreTokenizer preTokenizer) {
        if (preTokenizer instanceof PreTokenizer.ByteLevel level) {
            return level.useRegex() && !level.addPrefixSpace() ? new Gpt2Scanner() : null;
        }
        if (preTokenizer instanceof PreTokenizer.Sequence(List<PreTokenizer> steps)
                && steps.size() == 2
                && steps.get(0) instanceof PreTokenizer.Split split
                && steps.get(1) instanceof PreTokenizer.ByteLevel level) {
            boolean isolates = split.behavior() == SplitPattern.Behavior.ISOLATED && !split.invert();
            boolean plain = !level.useRegex() && !level.addPrefixSpace();
            return isolates && plain && split.pattern().isRegex()
                    ? scanner(split.pattern().text())
                    : null;
        }
        return null;
    }

    /** The scanner of a known pattern, or null. */
    static @Nullable WordScanner scanner(String pattern) {
        return switch (pattern) {
            case KnownPatterns.GPT2 -> new Gpt2Scanner();
            case KnownPatterns.CL100K, KnownPatterns.CL100K_POSSESSIVE -> new Cl100kScanner(true);
            case KnownPatterns.QWEN2 -> new Cl100kScanner(false);
            case KnownPatterns.O200K -> new O200kScanner(true, true);
            case KnownPatterns.TEKKEN -> new O200kScanner(false, false);
            default -> null;
        };
    }
}
