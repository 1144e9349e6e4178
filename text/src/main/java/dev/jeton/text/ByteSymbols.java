package dev.jeton.text;

import java.util.Arrays;

/**
 * One symbol for each byte; but a character beyond ASCII whose bytes become one token, and which no token shares a part of with
 * a neighbour, is that token at once.
 */
final class ByteSymbols implements BpeWords.Symbols {
    private static final int UNKNOWN = -2;
    private static final int NONE = -1;

    /** -1 where a byte is dropped. */
    private final int[] byteIds;

    private final Crossings crossings;
    private final PairRanks merges;
    /** What each character of the basic plane becomes, worked out when it is first met; any thread finds the same. */
    private final int[][] characters = new int[256][];

    ByteSymbols(int[] byteIds, Crossings crossings, PairRanks merges) {
        this.byteIds = byteIds;
        this.crossings = crossings;
        this.merges = merges;
    }

    @Override
    public void add(byte[] text, int from, int to, Merger merger) {
        boolean free = true; // whether no token shares a part of the character at hand with the one before
        for (int at = from; at < to; ) {
            int end = Math.min(to, at + Utf8.sequenceLength(text[at]));
            int next = end < to ? Math.min(to, end + Utf8.sequenceLength(text[end])) : end;
            boolean ascii = text[at] >= 0 && (end == to || text[end] >= 0);
            boolean freeBehind = ascii || end == to || crossings.across(text, at, end, next) != Crossings.PARTLY;
            int token = free && freeBehind && text[at] < 0 ? token(text, at, end) : NONE;
            if (token >= 0) {
                merger.add(token);
            } else {
                addBytes(text, at, end, merger);
            }
            free = freeBehind;
            at = end;
        }
    }

    private void addBytes(byte[] text, int from, int to, Merger merger) {
        for (int i = from; i < to; i++) {
            int id = byteIds[text[i] & 0xFF];
            if (id >= 0) {
                merger.add(id);
            }
        }
    }

    private int token(byte[] text, int from, int to) {
        int point = Utf8.decode(text, from, to);
        if (point < 0 || point > 0xFFFF) {
            return NONE;
        }
        int[] page = characters[point >> 8];
        if (page == null) {
            page = new int[256];
            Arrays.fill(page, UNKNOWN);
            java.lang.invoke.VarHandle.storeStoreFence(); // who sees the page sees what is in it
            characters[point >> 8] = page;
        }
        int known = page[point & 0xFF];
        if (known == UNKNOWN) {
            known = merged(text, from, to);
            page[point & 0xFF] = known;
        }
        return known;
    }

    private int merged(byte[] text, int from, int to) {
        var merger = new Merger();
        addBytes(text, from, to, merger);
        boolean all = merger.size() == to - from;
        merger.merge(merges);
        return all && merger.span(0) == merger.size() ? merger.token(0) : NONE;
    }
}
