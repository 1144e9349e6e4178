package dev.jeton.text;

/**
 * Byte-level BPE of one word: first the whole word as a token, then the merges.
 *
 * <p>That a token spells the word does not yet mean that merging would get there; where the format says that merges decide, each
 * token is tried once and the outcome kept.
 */
final class ByteLevelWords implements WordEncoder {
    private static final byte REACHED = 1;
    private static final byte MISSED = 2;

    private final TokenTable tokens;
    private final MergeTable merges;
    private final int[] byteIds;
    private final boolean wholeWordsFirst;
    private final Crossings crossings;
    private final byte[] reached;

    /**
     * @param byteIds the token of each byte, -1 where a byte is dropped
     * @param wholeWordsFirst whether a token that spells the word is taken whatever the merges say
     */
    ByteLevelWords(TokenTable tokens, MergeTable merges, int[] byteIds, boolean wholeWordsFirst) {
        this.tokens = tokens;
        this.merges = merges;
        this.byteIds = byteIds;
        this.wholeWordsFirst = wholeWordsFirst;
        crossings = new Crossings(tokens);
        reached = new byte[tokens.size()];
    }

    @Override
    public void encode(byte[] text, int from, int to, Scratch scratch) {
        int whole = tokens.find(text, from, to);
        if (whole >= 0 && (wholeWordsFirst || reached[whole] == REACHED)) {
            scratch.add(whole);
        } else if (to - from > Scratch.MAX_CACHED && crossings.isWorthwhile(text, from, to)) {
            encodeParts(text, from, to, scratch);
        } else {
            merge(text, from, to, scratch);
            if (whole >= 0 && reached[whole] == 0) {
                reached[whole] = scratch.merger.span(0) == to - from ? REACHED : MISSED;
            }
        }
    }

    /** Merges each part between places that no token crosses, and keeps short ones in the cache. */
    private void encodeParts(byte[] text, int from, int to, Scratch scratch) {
        for (int start = from; start < to; ) {
            int end = crossings.next(text, start, to);
            int length = end - start;
            scratch.ensureIds(length + 8);
            if (length > Scratch.MAX_CACHED) {
                merge(text, start, end, scratch);
            } else {
                long low = Bytes.low(Bytes.longAt(text, start), Math.min(length, 8));
                // the mark tells a part from a word: words may be tokens that merging does not reach
                long high = (long) (length | 0x80) << 56;
                if (length > 8) {
                    high |= Bytes.low(Bytes.longAt(text, start + 8), length - 8);
                }
                int bucket = Scratch.bucket(low, high);
                if (!scratch.hit(bucket, low, high)) {
                    int size = scratch.size;
                    merge(text, start, end, scratch);
                    scratch.remember(bucket, low, high, size);
                }
            }
            start = end;
        }
    }

    private void merge(byte[] text, int from, int to, Scratch scratch) {
        Merger merger = scratch.merger;
        merger.clear();
        for (int i = from; i < to; i++) {
            int id = byteIds[text[i] & 0xFF];
            if (id >= 0) {
                merger.add(id);
            }
        }
        merger.merge(merges);
        for (int at = 0; at < merger.size(); at += merger.span(at)) {
            scratch.add(merger.token(at));
        }
    }
}
