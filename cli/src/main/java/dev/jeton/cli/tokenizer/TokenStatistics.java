package dev.jeton.cli.tokenizer;

import dev.jeton.text.EncodeOptions;
import dev.jeton.text.Encoding;
import dev.jeton.text.Tokenizer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many tokens a tokenizer needs for a text.
 *
 * @param name the tokenizer's
 * @param byScript of the whole text ({@code all}), then of each script in it, the most frequent first; a character of no script,
 *     such as a space or a digit, counts for the script before it
 */
record TokenStatistics(String name, Map<String, Part> byScript) {
    static final String ALL = "all";

    /** A part of the text; words are only counted of the whole. */
    record Part(long tokens, long characters, long bytes, long words) {
        private Part plus(long moreTokens, long moreCharacters, long moreBytes) {
            return new Part(tokens + moreTokens, characters + moreCharacters, bytes + moreBytes, words);
        }
    }

    static TokenStatistics of(String name, Tokenizer tokenizer, String text) {
        Encoding encoding = tokenizer.encode(text, EncodeOptions.defaults().withSpecialTokens(false));
        int[] starts = encoding.starts();
        int[] ends = encoding.ends();
        Map<String, Part> parts = new HashMap<>();
        String[] scripts = scripts(text, parts);
        for (int i = 0; i < starts.length; i++) {
            // a token belongs where its last character does: its first may be the space before a word
            int at = Math.max(starts[i], ends[i] - 1);
            if (at < text.length()) {
                parts.computeIfPresent(scripts[at], (script, part) -> part.plus(1, 0, 0));
            }
        }
        var whole = new Part(
                starts.length,
                parts.values().stream().mapToLong(Part::characters).sum(),
                parts.values().stream().mapToLong(Part::bytes).sum(),
                text.isBlank() ? 0 : text.strip().split("\\s+", -1).length);
        var result = new LinkedHashMap<String, Part>();
        result.put(ALL, whole);
        parts.entrySet().stream()
                .sorted(Map.Entry.<String, Part>comparingByValue(
                                java.util.Comparator.comparingLong(part -> -part.characters()))
                        .thenComparing(Map.Entry.comparingByKey()))
                .forEach(entry -> result.put(entry.getKey(), entry.getValue()));
        return new TokenStatistics(name, result);
    }

    /** The script of each UTF-16 unit; counts characters and bytes. */
    private static String[] scripts(String text, Map<String, Part> parts) {
        var result = new String[text.length()];
        String current = "common";
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            current = switch (Character.UnicodeScript.of(point)) {
                case COMMON, INHERITED, UNKNOWN -> current;
                case Character.UnicodeScript script -> script.name().toLowerCase(java.util.Locale.ROOT);
            };
            int bytes = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
            parts.merge(current, new Part(0, 1, bytes, 0), (part, one) -> part.plus(0, 1, one.bytes));
            for (int j = 0; j < Character.charCount(point); j++) {
                result[i++] = current;
            }
        }
        return result;
    }
}
