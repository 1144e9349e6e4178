package dev.jeton.text;

/**
 * Where a long word may be cut because no token lies across.
 *
 * <p>Writing without spaces makes words of whole sentences. A merge can only cross from one character to the next if some token
 * holds the end of the one and the beginning of the other (tokens of byte-level vocabularies may begin and end within a
 * character). What ends and beginnings the tokens hold is kept in a Bloom filter: a false hit costs a cut, never a wrong id.
 */
final class Crossings {
    /** No token lies across. */
    static final int NEVER = 1;
    /** Only tokens that have all of both characters lie across. */
    static final int WHOLE = 2;
    /** Tokens that have a part of a character may lie across. */
    static final int PARTLY = 3;

    private static final int BITS = 19;
    private static final int KNOWN_BITS = 14;

    private final long[] filter = new long[1 << (BITS - 6)];
    /** Whether there is a token with so many bytes of the left character (4: all of it) and so many of the right one. */
    private final boolean[] kinds = new boolean[25];
    /** What each character of the basic plane can do, worked out when it is first met; any thread finds the same. */
    private final byte[] abilities = new byte[1 << 16];

    /**
     * Borders met before: of the pair of characters, mixed so that no two pairs are mixed alike, the part that is not the slot, and
     * then what was found. Any thread finds the same.
     */
    private final int[] borders = new int[1 << KNOWN_BITS];

    private static final int KNOWN = 1;
    private static final int WHOLE_LEFT = 2;
    private static final int PART_LEFT = 4;
    private static final int WHOLE_RIGHT = 8;
    private static final int PART_RIGHT = 16;

    private static final long LEFT = 0x5555_5555_0000_0000L;
    private static final long RIGHT = 0x3333_3333_0000_0000L;

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
        long leftPart = pack(token, left, at);
        long rightPart = pack(token, at, rightEnd);
        add(leftPart, rightPart);
        add(LEFT, leftPart);
        add(RIGHT, rightPart);
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

    private void add(long left, long right) {
        int slot = hash(left, right);
        filter[slot >> 6] |= 1L << slot;
    }

    private boolean has(long left, long right) {
        int slot = hash(left, right);
        return (filter[slot >> 6] >>> slot & 1) != 0;
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
            if ((text[at] < 0 || text[at - 1] < 0) && across(text, left, at, end) == NEVER) {
                return at;
            }
            left = at;
            at = end;
        }
        return to;
    }

    /**
     * What may lie across the border at {@code at} of two characters, one of them beyond ASCII.
     *
     * @param left where the one begins
     * @param end where the other ends
     */
    int across(byte[] text, int left, int at, int end) {
        int first = Utf8.decode(text, left, at);
        int second = Utf8.decode(text, at, end);
        boolean plain = first >= 0
                && second >= 0
                && first <= 0xFFFF
                && second <= 0xFFFF
                && left + Utf8.length(first) == at
                && at + Utf8.length(second) == end;
        if (!plain) {
            return find(text, left, at, end);
        }
        int mixed = (first << 16 | second) * 0x9E3779B1;
        int slot = mixed >>> (32 - KNOWN_BITS);
        int key = mixed << KNOWN_BITS | 4;
        int known = borders[slot];
        if ((known & ~3) == key) {
            return known & 3;
        }
        int found = find(text, left, at, end);
        borders[slot] = key | found;
        return found;
    }

    private int find(byte[] text, int left, int at, int end) {
        int leftAbility = ability(text, left, at);
        int rightAbility = ability(text, at, end);
        if ((leftAbility & (WHOLE_LEFT | PART_LEFT)) == 0 || (rightAbility & (WHOLE_RIGHT | PART_RIGHT)) == 0) {
            return NEVER;
        }
        boolean whole = has(pack(text, left, at), pack(text, at, end));
        if ((leftAbility & PART_LEFT) == 0 && (rightAbility & PART_RIGHT) == 0) {
            return whole ? WHOLE : NEVER;
        }
        for (int i = left; i < at; i++) {
            int leftKind = i == left ? 4 : at - i;
            for (int j = end; j > at; j--) {
                int rightKind = j == end ? 4 : j - at;
                boolean partly = leftKind < 4 || rightKind < 4;
                if (partly && kinds[leftKind * 5 + rightKind] && has(pack(text, i, at), pack(text, at, j))) {
                    return PARTLY;
                }
            }
        }
        return whole ? WHOLE : NEVER;
    }

    /** Whether any token goes on behind a character or its end, or comes before it or its beginning. */
    private int ability(byte[] text, int from, int to) {
        int point = Utf8.decode(text, from, to);
        if (point < 0 || point > 0xFFFF || from + Utf8.length(point) != to) {
            return WHOLE_LEFT | PART_LEFT | WHOLE_RIGHT | PART_RIGHT;
        }
        int known = abilities[point];
        if (known == 0) {
            known = KNOWN;
            for (int i = from; i < to; i++) {
                if (has(LEFT, pack(text, i, to))) {
                    known |= i == from ? WHOLE_LEFT : PART_LEFT;
                }
            }
            for (int i = to; i > from; i--) {
                if (has(RIGHT, pack(text, from, i))) {
                    known |= i == to ? WHOLE_RIGHT : PART_RIGHT;
                }
            }
            abilities[point] = (byte) known;
        }
        return known;
    }
}
