package dev.jeton.text;

import java.text.Normalizer.Form;
import java.util.List;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** A step that rewrites text before it is cut: the {@code normalizer} of a {@code tokenizer.json}. */
sealed interface Normalizer
        permits SentencePieceNormalizer,
                Normalizer.Sequence,
                Normalizer.Unicode,
                Normalizer.Bert,
                Normalizer.Lowercase,
                Normalizer.Strip,
                Normalizer.StripAccents,
                Normalizer.Replace,
                Normalizer.Prepend,
                Normalizer.ByteLevel,
                Normalizer.Nmt,
                Normalizer.Precompiled {

    AlignedText normalize(AlignedText text);

    /** Several, one after another. */
    record Sequence(List<Normalizer> normalizers) implements Normalizer {
        public Sequence {
            normalizers = List.copyOf(normalizers);
        }

        @Override
        public AlignedText normalize(AlignedText text) {
            AlignedText result = text;
            for (Normalizer normalizer : normalizers) {
                result = normalizer.normalize(result);
            }
            return result;
        }
    }

    /** NFC, NFD, NFKC or NFKD. */
    record Unicode(Form form) implements Normalizer {
        @Override
        public AlignedText normalize(AlignedText text) {
            return NormalForms.apply(form, text);
        }
    }

    /** BERT's clean-up. {@code stripAccents} absent means: where lower case is asked for. */
    record Bert(
            boolean cleanText,
            boolean handleChineseChars,
            @Nullable Boolean stripAccents,
            boolean lowercase) implements Normalizer {

        boolean stripsAccents() {
            return stripAccents == null ? lowercase : stripAccents;
        }

        @Override
        public AlignedText normalize(AlignedText text) {
            AlignedText result = cleanText ? clean(text) : text;
            if (handleChineseChars) {
                result = isolateChinese(result);
            }
            if (stripsAccents()) {
                result = filter(NormalForms.apply(Form.NFD, result), LaterUnicode::isBertAccent);
            }
            return lowercase ? Lowercase.lower(result) : result;
        }

        private static AlignedText clean(AlignedText text) {
            var rewrite = new Rewrite(text);
            for (int i = 0; i < text.size(); i++) {
                int point = text.point(i);
                if (point == 0 || point == 0xFFFD || CodePoints.isBertControl(point)) {
                    rewrite.skip(1);
                } else {
                    rewrite.replace(CodePoints.isWhiteSpace(point) ? ' ' : point);
                }
            }
            return rewrite.result();
        }

        private static AlignedText isolateChinese(AlignedText text) {
            var rewrite = new Rewrite(text);
            for (int i = 0; i < text.size(); i++) {
                int point = text.point(i);
                if (CodePoints.isChinese(point)) {
                    rewrite.replace(' ');
                    rewrite.insert(point);
                    rewrite.insert(' ');
                } else {
                    rewrite.replace(point);
                }
            }
            return rewrite.result();
        }
    }

    /** Lower case, character by character. */
    record Lowercase() implements Normalizer {
        @Override
        public AlignedText normalize(AlignedText text) {
            return lower(text);
        }

        static AlignedText lower(AlignedText text) {
            var rewrite = new Rewrite(text);
            for (int i = 0; i < text.size(); i++) {
                int point = text.point(i);
                if (point == 0x130) {
                    rewrite.replace('i');
                    rewrite.insert(0x307);
                } else {
                    rewrite.replace(Character.toLowerCase(point));
                }
            }
            return rewrite.result();
        }
    }

    /** Drops white space at the ends. */
    record Strip(boolean left, boolean right) implements Normalizer {
        @Override
        public AlignedText normalize(AlignedText text) {
            int from = 0;
            int to = text.size();
            while (left && from < to && CodePoints.isWhiteSpace(text.point(from))) {
                from++;
            }
            while (right && to > from && CodePoints.isWhiteSpace(text.point(to - 1))) {
                to--;
            }
            return text.slice(from, to);
        }
    }

    /** Drops combining marks. */
    record StripAccents() implements Normalizer {
        @Override
        public AlignedText normalize(AlignedText text) {
            return filter(text, LaterUnicode::isAccent);
        }
    }

    /** Puts {@code content} in the place of every match. */
    record Replace(SplitPattern pattern, String content) implements Normalizer {
        @Override
        public AlignedText normalize(AlignedText text) {
            String string = text.toString();
            Matcher matcher = pattern.matcher(string);
            var rewrite = new Rewrite(text);
            int[] inserted = content.codePoints().toArray();
            int units = 0;
            int points = 0;
            while (SplitPattern.find(matcher)) {
                points += string.codePointCount(units, matcher.start());
                rewrite.copyTo(points);
                int matched = string.codePointCount(matcher.start(), matcher.end());
                rewrite.skip(matched);
                points += matched;
                units = matcher.end();
                for (int point : inserted) {
                    rewrite.insert(point);
                }
            }
            rewrite.copyTo(text.size());
            return rewrite.result();
        }
    }

    /** Puts {@code prefix} before a text that is not empty. */
    record Prepend(String prefix) implements Normalizer {
        @Override
        public AlignedText normalize(AlignedText text) {
            return prepend(text, prefix);
        }

        static AlignedText prepend(AlignedText text, String prefix) {
            if (text.isEmpty()) {
                return text;
            }
            var rewrite = new Rewrite(text);
            prefix.codePoints().forEach(rewrite::insertBefore);
            rewrite.copyTo(text.size());
            return rewrite.result();
        }
    }

    /** Maps each byte of the text to a visible character, as byte-level BPE writes its vocabulary. */
    record ByteLevel() implements Normalizer {
        @Override
        public AlignedText normalize(AlignedText text) {
            return ByteAlphabet.map(text);
        }
    }

    /** The clean-up of SentencePiece's {@code nmt} rules. */
    record Nmt() implements Normalizer {
        @Override
        public AlignedText normalize(AlignedText text) {
            var rewrite = new Rewrite(text);
            for (int i = 0; i < text.size(); i++) {
                int point = text.point(i);
                if (isDropped(point)) {
                    rewrite.skip(1);
                } else {
                    rewrite.replace(isSpace(point) ? ' ' : point);
                }
            }
            return rewrite.result();
        }

        private static boolean isDropped(int point) {
            return (point >= 0x01 && point <= 0x08)
                    || point == 0x0B
                    || (point >= 0x0E && point <= 0x1F)
                    || point == 0x7F
                    || point == 0x8F
                    || point == 0x9F;
        }

        private static boolean isSpace(int point) {
            return point == 0x09
                    || point == 0x0A
                    || point == 0x0C
                    || point == 0x0D
                    || point == 0x1680
                    || (point >= 0x200B && point <= 0x200F)
                    || point == 0x2028
                    || point == 0x2029
                    || point == 0x2581
                    || point == 0xFEFF
                    || point == 0xFFFD;
        }
    }

    /** A character map compiled by SentencePiece, applied as the Hugging Face libraries do: by grapheme, then by character. */
    record Precompiled(CharsMap map) implements Normalizer {
        @Override
        public AlignedText normalize(AlignedText text) {
            return map.normalizeGraphemes(text);
        }
    }

    private static AlignedText filter(AlignedText text, java.util.function.IntPredicate dropped) {
        var rewrite = new Rewrite(text);
        for (int i = 0; i < text.size(); i++) {
            if (dropped.test(text.point(i))) {
                rewrite.skip(1);
            } else {
                rewrite.replace(text.point(i));
            }
        }
        return rewrite.result();
    }
}
