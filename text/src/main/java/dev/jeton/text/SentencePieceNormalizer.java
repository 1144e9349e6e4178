package dev.jeton.text;

import org.jspecify.annotations.Nullable;

/**
 * SentencePiece's own normalisation: its character map, spaces folded and made visible, a space put before or behind.
 *
 * <p>A character's range ends where the next one's begins, as SentencePiece's offsets do.
 *
 * @param userDefined symbols that are left as they are
 */
record SentencePieceNormalizer(
        @Nullable CharsMap map,
        boolean addDummyPrefix,
        boolean removeExtraWhitespaces,
        boolean escapeWhitespaces,
        boolean whitespaceAsSuffix,
        PieceTrie userDefined)
        implements Normalizer {
    static final int SPACE = 0x2581;

    CharsMap requireMap() {
        return java.util.Objects.requireNonNull(map);
    }

    @Override
    public AlignedText normalize(AlignedText text) {
        return new Run(text).result();
    }

    private final class Run {
        private final AlignedText source;
        private final AlignedText result;
        /** The source as UTF-8, and which of its code points each byte is of. */
        private final byte[] bytes;

        private final int[] pointOf;
        /** What the prefix at hand becomes, and its end in the source's bytes. */
        private int[] replacement = new int[0];

        Run(AlignedText source) {
            this.source = source;
            result = AlignedText.empty(source.size() + 4);
            bytes = Utf8.encode(source.toString());
            pointOf = new int[bytes.length + 1];
            int at = 0;
            for (int i = 0; i < source.size(); i++) {
                for (int j = Utf8.length(source.point(i)); j > 0; j--) {
                    pointOf[at++] = i;
                }
            }
            pointOf[at] = source.size();
        }

        private int original(int at) {
            int point = pointOf[at];
            if (point < source.size()) {
                return source.start(point);
            }
            return point == 0 ? 0 : source.end(point - 1);
        }

        AlignedText result() {
            int at = 0;
            while (removeExtraWhitespaces && at < bytes.length) {
                int end = prefix(at);
                if (replacement.length != 1 || replacement[0] != ' ') {
                    break;
                }
                at = end;
            }
            if (at == bytes.length) {
                return result;
            }
            if (addDummyPrefix && !whitespaceAsSuffix) {
                add(' ', at);
            }
            boolean afterSpace = removeExtraWhitespaces;
            while (at < bytes.length) {
                int end = prefix(at);
                int first = 0;
                while (afterSpace && first < replacement.length && replacement[first] == ' ') {
                    first++;
                }
                for (int i = first; i < replacement.length; i++) {
                    add(replacement[i], at);
                }
                if (first < replacement.length) {
                    afterSpace = replacement[replacement.length - 1] == ' ';
                }
                afterSpace &= removeExtraWhitespaces;
                at = end;
            }
            return finish(at);
        }

        private AlignedText finish(int consumed) {
            int space = escapeWhitespaces ? SPACE : ' ';
            int size = result.size();
            int end = original(consumed);
            while (removeExtraWhitespaces && size > 0 && result.point(size - 1) == space) {
                end = result.start(--size);
            }
            AlignedText trimmed = result.slice(0, size);
            if (addDummyPrefix && whitespaceAsSuffix) {
                trimmed.add(space, end, end);
            }
            trimmed.endWhereNextStarts(end);
            return trimmed;
        }

        private void add(int point, int at) {
            int start = original(at);
            result.add(point == ' ' && escapeWhitespaces ? SPACE : point, start, start);
        }

        /** Sets what the longest known prefix becomes; returns its end. */
        private int prefix(int at) {
            long symbol = userDefined.longest(bytes, at, bytes.length);
            if (symbol >= 0) {
                int end = (int) (symbol >> 32);
                replacement = Utf8.string(bytes, at, end).codePoints().toArray();
                return end;
            }
            long match = map == null ? -1 : map.match(bytes, at, bytes.length, true);
            if (map != null && match >= 0) {
                replacement = map.replacement((int) match);
                return at + (int) (match >> 32);
            }
            int point = source.point(pointOf[at]);
            replacement = new int[] {point};
            return at + Utf8.length(point);
        }
    }
}
