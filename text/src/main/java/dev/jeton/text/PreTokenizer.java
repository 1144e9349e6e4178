package dev.jeton.text;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** A step that cuts a text into the words that the model sees: the {@code pre_tokenizer} of a {@code tokenizer.json}. */
sealed interface PreTokenizer {

    List<AlignedText> split(AlignedText text);

    /** Several, each cutting what the one before left. */
    record Sequence(List<PreTokenizer> preTokenizers) implements PreTokenizer {
        public Sequence {
            preTokenizers = List.copyOf(preTokenizers);
        }

        @Override
        public List<AlignedText> split(AlignedText text) {
            List<AlignedText> result = List.of(text);
            for (PreTokenizer preTokenizer : preTokenizers) {
                var next = new ArrayList<AlignedText>(result.size());
                for (AlignedText part : result) {
                    next.addAll(preTokenizer.split(part));
                }
                result = next;
            }
            return result;
        }
    }

    /** White space is dropped, punctuation stands alone. */
    record Bert() implements PreTokenizer {
        @Override
        public List<AlignedText> split(AlignedText text) {
            var result = new ArrayList<AlignedText>();
            for (AlignedText word : cut(text, CodePoints::isWhiteSpace, SplitPattern.Behavior.REMOVED)) {
                result.addAll(cut(word, CodePoints::isBertPunctuation, SplitPattern.Behavior.ISOLATED));
            }
            return result;
        }
    }

    /** GPT-2's: cut by its expression unless told not to, then written in the byte alphabet. */
    record ByteLevel(boolean addPrefixSpace, boolean trimOffsets, boolean useRegex) implements PreTokenizer {
        private static final SplitPattern PATTERN = SplitPattern.regex(KnownPatterns.GPT2);

        @Override
        public List<AlignedText> split(AlignedText text) {
            AlignedText prefixed =
                    addPrefixSpace && text.point(0) != ' ' ? Normalizer.Prepend.prepend(text, " ") : text;
            if (!useRegex) {
                return List.of(ByteAlphabet.map(prefixed));
            }
            return PATTERN.pieces(prefixed).stream()
                    .map(piece -> ByteAlphabet.map(prefixed.slice(piece.from(), piece.to())))
                    .toList();
        }
    }

    /** Runs of word characters and runs of anything else that is not white space. */
    record Whitespace() implements PreTokenizer {
        @Override
        public List<AlignedText> split(AlignedText text) {
            var result = new ArrayList<AlignedText>();
            for (AlignedText word : cut(text, CodePoints::isWhiteSpace, SplitPattern.Behavior.REMOVED)) {
                result.addAll(cut(word, CodePoints::isWord, SplitPattern.Behavior.CONTIGUOUS));
            }
            return result;
        }
    }

    /** Cut at white space, which is dropped. */
    record WhitespaceSplit() implements PreTokenizer {
        @Override
        public List<AlignedText> split(AlignedText text) {
            return cut(text, CodePoints::isWhiteSpace, SplitPattern.Behavior.REMOVED);
        }
    }

    /** Cut at punctuation. */
    record Punctuation(SplitPattern.Behavior behavior) implements PreTokenizer {
        @Override
        public List<AlignedText> split(AlignedText text) {
            return cut(text, CodePoints::isBertPunctuation, behavior);
        }
    }

    /** Cut between numbers and the rest, or at every digit. */
    record Digits(boolean individualDigits) implements PreTokenizer {
        @Override
        public List<AlignedText> split(AlignedText text) {
            return cut(
                    text,
                    CodePoints::isNumber,
                    individualDigits ? SplitPattern.Behavior.ISOLATED : SplitPattern.Behavior.CONTIGUOUS);
        }
    }

    /** Where a Metaspace puts its sign before a text. */
    enum PrependScheme {
        ALWAYS,
        FIRST,
        NEVER
    }

    /** Spaces become a visible sign, and with {@code split} each begins a word. */
    record Metaspace(String replacement, PrependScheme prependScheme, boolean split) implements PreTokenizer {
        @Override
        public List<AlignedText> split(AlignedText text) {
            AlignedText spaced = new Normalizer.Replace(SplitPattern.literal(" "), replacement).normalize(text);
            int sign = replacement.codePointAt(0);
            boolean prepend = switch (prependScheme) {
                case ALWAYS -> true;
                case FIRST -> spaced.start(0) == 0;
                case NEVER -> false;
            };
            AlignedText marked =
                    prepend && spaced.point(0) != sign ? Normalizer.Prepend.prepend(spaced, replacement) : spaced;
            return split
                    ? cut(marked, point -> point == sign, SplitPattern.Behavior.MERGED_WITH_NEXT)
                    : List.of(marked);
        }
    }

    /** Cut at the matches of a pattern, or with {@code invert} at what lies between them. */
    record Split(SplitPattern pattern, SplitPattern.Behavior behavior, boolean invert) implements PreTokenizer {
        @Override
        public List<AlignedText> split(AlignedText text) {
            List<SplitPattern.Piece> pieces = pattern.pieces(text);
            if (invert) {
                pieces = pieces.stream()
                        .map(piece -> new SplitPattern.Piece(piece.from(), piece.to(), !piece.match()))
                        .toList();
            }
            return slices(text, behavior.apply(pieces));
        }
    }

    /** Cut at one character, which is dropped. */
    record CharDelimiter(int delimiter) implements PreTokenizer {
        @Override
        public List<AlignedText> split(AlignedText text) {
            return cut(text, point -> point == delimiter, SplitPattern.Behavior.REMOVED);
        }
    }

    /** Cut where the script changes; Japanese counts as Chinese, a space and the unknown go with what is before. */
    record UnicodeScripts() implements PreTokenizer {
        @Override
        public List<AlignedText> split(AlignedText text) {
            var result = new ArrayList<AlignedText>();
            Character.UnicodeScript last = Character.UnicodeScript.UNKNOWN;
            int from = 0;
            for (int i = 0; i < text.size(); i++) {
                Character.UnicodeScript script = script(text.point(i));
                if (script == Character.UnicodeScript.UNKNOWN) {
                    continue;
                }
                if (last != Character.UnicodeScript.UNKNOWN && script != last) {
                    result.add(text.slice(from, i));
                    from = i;
                }
                last = script;
            }
            if (from < text.size()) {
                result.add(text.slice(from, text.size()));
            }
            return result;
        }

        private static Character.UnicodeScript script(int point) {
            if (point == ' ') {
                return Character.UnicodeScript.UNKNOWN;
            }
            Character.UnicodeScript script = Character.UnicodeScript.of(point);
            boolean japanese = script == Character.UnicodeScript.HIRAGANA
                    || script == Character.UnicodeScript.KATAKANA
                    || point == 0x30FC;
            return japanese ? Character.UnicodeScript.HAN : script;
        }
    }

    /** Pieces of so many characters. */
    record FixedLength(int length) implements PreTokenizer {
        @Override
        public List<AlignedText> split(AlignedText text) {
            var result = new ArrayList<AlignedText>();
            for (int from = 0; from < text.size(); from += length) {
                result.add(text.slice(from, Math.min(text.size(), from + length)));
            }
            return result;
        }
    }

    private static List<AlignedText> cut(AlignedText text, IntPredicate predicate, SplitPattern.Behavior behavior) {
        var pieces = new ArrayList<SplitPattern.Piece>();
        int from = 0;
        for (int i = 0; i < text.size(); i++) {
            if (predicate.test(text.point(i))) {
                if (from < i) {
                    pieces.add(new SplitPattern.Piece(from, i, false));
                }
                pieces.add(new SplitPattern.Piece(i, i + 1, true));
                from = i + 1;
            }
        }
        if (from < text.size()) {
            pieces.add(new SplitPattern.Piece(from, text.size(), false));
        }
        return slices(text, behavior.apply(pieces));
    }

    private static List<AlignedText> slices(AlignedText text, List<SplitPattern.Piece> pieces) {
        return pieces.stream()
                .map(piece -> text.slice(piece.from(), piece.to()))
                .toList();
    }
}
