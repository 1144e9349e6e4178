package dev.jeton.text;

/**
 * Encodes a text's bytes around the added tokens in it.
 *
 * <p>The same rules as {@link AddedTokens} has for aligned texts, on bytes and without garbage.
 */
final class TextSegments {
    private final AddedTokens added;
    private final FastEncoder encoder;

    TextSegments(AddedTokens added, FastEncoder encoder) {
        this.added = added;
        this.encoder = encoder;
    }

    /** Adds the ids of {@code scratch.text} from 0 to {@code to}. */
    void encode(Scratch scratch, int to, boolean parseSpecials) {
        encode(scratch, 0, to, added.raw(), parseSpecials);
    }

    private void encode(Scratch scratch, int from, int to, PieceTrie trie, boolean parseSpecials) {
        boolean last = trie == added.normalized();
        int done = from;
        byte[] text = scratch.text;
        for (int i = from; i < to && !trie.isEmpty(); ) {
            if (!trie.canStart(text[i])) {
                i++;
                continue;
            }
            long match = trie.longest(text, i, to);
            if (match < 0) {
                i++;
                continue;
            }
            int id = (int) match;
            int end = (int) (match >> 32);
            AddedToken token = java.util.Objects.requireNonNull(added.get(id));
            if ((token.special() && !parseSpecials) || (token.singleWord() && touchesWord(text, from, i, end, to))) {
                i = end;
                continue;
            }
            int start = token.lstrip() ? spaceBefore(text, done, i) : i;
            end = token.rstrip() ? WordScanner.run(text, end, to, CharClasses.SPACE) : end;
            part(scratch, done, start, last, parseSpecials);
            scratch.add(id);
            done = end;
            i = end;
        }
        part(scratch, done, to, last, parseSpecials);
    }

    private void part(Scratch scratch, int from, int to, boolean last, boolean parseSpecials) {
        if (from >= to) {
            return;
        }
        if (last) {
            encoder.encode(scratch, from, to);
        } else {
            encode(scratch, from, to, added.normalized(), parseSpecials);
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
