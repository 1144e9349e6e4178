package dev.jeton.text;

/**
 * Where a long word may be cut because no token lies across.
 *
 * <p>Writing without spaces makes words of whole sentences. A merge can only cross from one character to the next if some token
 * holds the end of the one and the beginning of the other (tokens of byte-level vocabularies may begin and end within a
 * character). What ends and beginnings the tokens hold is kept in a Bloom filter: a false hit costs a cut, never a wrong id.
 */
final class Crossings {
    private static final int BITS = 19;

    private final long[] filter = new long[1 << (BITS - 6)];
    /** Whether there is a token with so many bytes of the left character (4: all of it) and so many of the right one. */
    private final boolean[] kinds = new boolean[25];

    Crossings(TokenTable tokens) {
        byte[] arena = tokens.arena();
        for (int id = 0; id < tokens.size(); id++) {
            int start = tokens.start(id);
            int end = tokens.end(id);
            for (int i = start + 1; i < end; i++) {
                if ((arena[i] & 0xC0) != 0x80 && (arena[i] < 0 || arena[i - 1] < 0)) {
                    addCrossing(arena, start, i, end);
                }
            }
        }
    }

    private void addCrossing(byte[] token, int start, int at, int end) {
        int left = at - 1;
        while (left > start && (token[left] & 0xC0) == 0x80) {
            left--;
        }
        boolean whole = (token[left] & 0xC0) != 0x80;
        int length = Utf8.sequenceLength(token[at]);
        boolean complete = at + length <= end;
        int rightEnd = complete ? at + length : end;
        int slot = hash(pack(token, left, at), pack(token, at, rightEnd));
        filter[slot >> 6] |= 1L << slot;
        kinds[(whole ? 4 : at - left) * 5 + (complete ? 4 : rightEnd - at)] = true;
    }

    private static long pack(byte[] bytes, int from, int to) {
        long result = 0;
        for (int i = from; i < to; i++) {
            result = result << 8 | (bytes[i] & 0xFF);
        }
        return result;
    }

    private static int hash(long left, long right) {
        long mixed = left * 0x9E3779B97F4A7C15L ^ right * 0xC2B2AE3D27D4EB4FL;
        return (int) ((mixed * 0xD6E8FEB86659FD93L) >>> (64 - BITS));
    }

    /** Whether there is a character in the word beyond ASCII, so that cutting may help. */
    boolean isWorthwhile(byte[] text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text[i] < 0) {
                return true;
            }
        }
        return false;
    }

    /** End of the part that starts at {@code from}: the first place that no token crosses. */
    int next(byte[] text, int from, int to) {
        int left = from;
        int at = from + Utf8.sequenceLength(text[from]);
        while (at < to) {
            int end = Math.min(to, at + Utf8.sequenceLength(text[at]));
            if ((text[at] < 0 || text[at - 1] < 0) && !mayCross(text, left, at, end)) {
                return at;
            }
            left = at;
            at = end;
        }
        return to;
    }

    private boolean mayCross(byte[] text, int left, int at, int end) {
        for (int i = left; i < at; i++) {
            int leftKind = i == left ? 4 : at - i;
            long leftPart = 0;
            for (int j = end; j > at; j--) {
                int rightKind = j == end ? 4 : j - at;
                if (!kinds[leftKind * 5 + rightKind]) {
                    continue;
                }
                if (leftPart == 0) {
                    leftPart = pack(text, i, at);
                }
                int slot = hash(leftPart, pack(text, at, j));
                if ((filter[slot >> 6] >> slot & 1) != 0) {
                    return true;
                }
            }
        }
        return false;
    }
}
