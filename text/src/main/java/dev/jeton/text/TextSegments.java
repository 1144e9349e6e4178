package dev.jeton.text;

import org.jspecify.annotations.Nullable;

/**
 * Encodes a text's bytes around the added tokens in it.
 *
 * <p>The same rules as {@link AddedTokens} has for aligned texts, on bytes and without garbage.
 */
final class TextSegments {
    private final AddedTokens added;
    private final FastEncoder encoder;
    private final @Nullable ByteNormalizer normalizer;

    TextSegments(AddedTokens added, FastEncoder encoder, @Nullable ByteNormalizer normalizer) {
        this.added = added;
        this.encoder = encoder;
        this.normalizer = normalizer;
    }

    /** Adds the ids of {@code scratch.text} from 0 to {@code to}. */
    void encode(Scratch scratch, int to, boolean parseSpecials) {
        encode(scratch, scratch.text, 0, to, added.raw(), parseSpecials);
    }

    private void encode(Scratch scratch, byte[] text, int from, int to, PieceTrie trie, boolean parseSpecials) {
        boolean last = trie == added.normalized();
        int done = from;
        int i = trie.isEmpty() ? to : trie.nextStart(text, from, to);
        while (i < to) {
            long match = trie.longest(text, i, to);
            if (match < 0) {
                i = trie.nextStart(text, i + 1, to);
                continue;
            }
            int id = (int) match;
            int end = (int) (match >> 32);
            AddedToken token = java.util.Objects.requireNonNull(added.get(id));
            if ((token.special() && !parseSpecials) || (token.singleWord() && touchesWord(text, from, i, end, to))) {
                i = trie.nextStart(text, end, to);
                continue;
            }
            int start = token.lstrip() ? spaceBefore(text, done, i) : i;
            end = token.rstrip() ? WordScanner.run(text, end, to, CharClasses.SPACE) : end;
            part(scratch, text, done, start, last, parseSpecials);
            scratch.add(id);
            if (scratch.trace != null) {
                scratch.trace.added(id, text, start, end);
            }
            done = end;
            i = trie.nextStart(text, end, to);
        }
        part(scratch, text, done, to, last, parseSpecials);
    }

    private void part(Scratch scratch, byte[] text, int from, int to, boolean last, boolean parseSpecials) {
        if (from >= to) {
            return;
        }
        if (last) {
            encoder.encode(scratch, text, from, to);
        } else if (normalizer == null) {
            encode(scratch, text, from, to, added.normalized(), parseSpecials);
        } else {
            int end = normalizer.normalize(text, from, to, scratch);
            if (scratch.trace != null) {
                scratch.trace.in(scratch.alignment);
            }
            encode(scratch, scratch.normal, 0, end, added.normalized(), parseSpecials);
            if (scratch.trace != null) {
                scratch.trace.in(null);
            }
        }
    }

    private static int before(byte[] text, int from, int at) {
        int start = at - 1;
        while (start > from && (text[start] & 0xC0) == 0x80) {
            start--;
        }
        return start;
    }

    private static int spaceBefore(byte[] text, int from, int at) {
        int result = at;
        while (result > from) {
            int start = before(text, from, result);
            if ((CharClasses.at(text, start, result) & CharClasses.SPACE) == 0) {
                break;
            }
            result = start;
        }
        return result;
    }

    private static boolean touchesWord(byte[] text, int from, int start, int end, int to) {
        return (start > from && isWord(Utf8.decode(text, before(text, from, start), start)))
                || (end < to && isWord(Utf8.decode(text, end, to)));
    }

    private static boolean isWord(int point) {
        return point >= 0 && CodePoints.isWord(point);
    }
}
