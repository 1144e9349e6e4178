package dev.jeton.text;

/**
 * BPE of one word: first the whole word as a token, then the merges.
 *
 * <p>That a token spells the word does not yet mean that merging would get there; where the format says that merges decide, each
 * token is tried once and the outcome kept.
 */
final class BpeWords implements WordEncoder {
    /** Tells a part from a word: words may be tokens that merging does not reach. */
    private static final int PART = 0x80;

    private static final byte REACHED = 1;
    private static final byte MISSED = 2;

    private final TokenTable tokens;
    private final PairRanks merges;
    private final Symbols symbols;
    private final boolean wholeWordsFirst;
    private final Crossings crossings;
    private final byte[] reached;
    /** No word that can be cut into parts is looked for as a whole if it is longer. */
    private final int longestInParts;

    /** What merging begins with. */
    interface Symbols {
        /** Adds the symbols of a word. */
        void add(byte[] text, int from, int to, Merger merger);
    }

    /**
     * @param crossings of the tokens
     * @param wholeWordsFirst whether a token that spells the word is taken whatever the merges say
     */
    BpeWords(TokenTable tokens, Crossings crossings, PairRanks merges, Symbols symbols, boolean wholeWordsFirst) {
        this.tokens = tokens;
        this.merges = merges;
        this.symbols = symbols;
        this.wholeWordsFirst = wholeWordsFirst;
        this.crossings = crossings;
        reached = new byte[tokens.size()];
        longestInParts = wholeWordsFirst ? longestBeyondAscii(tokens) : 0;
    }

    private static int longestBeyondAscii(TokenTable tokens) {
        int longest = 0;
        for (int id = 0; id < tokens.size(); id++) {
            int end = tokens.end(id);
            for (int i = tokens.start(id); i < end && end - tokens.start(id) > longest; i++) {
                if (tokens.arena()[i] < 0) {
                    longest = end - tokens.start(id);
                }
            }
        }
        return longest;
    }

    @Override
    public boolean encode(byte[] text, int from, int to, Scratch scratch) {
        boolean inParts = to - from > WordCache.MEDIUM && crossings.isWorthwhile(text, from, to);
        int whole = inParts && to - from > longestInParts ? -1 : tokens.find(text, from, to);
        if (whole >= 0 && (wholeWordsFirst || reached[whole] == REACHED)) {
            scratch.add(whole);
        } else if (inParts) {
            encodeParts(text, from, to, scratch);
            return false; // the parts are met again, the whole of them hardly ever
        } else {
            merge(text, from, to, scratch);
            note(whole, scratch.merger);
        }
        return true;
    }

    /** Merges each part between places that no token crosses, and keeps short ones in the cache. */
    private void encodeParts(byte[] text, int from, int to, Scratch scratch) {
        for (int start = from; start < to; ) {
            int end = crossings.next(text, start, to);
            scratch.ensureIds(end - start + WordCache.EXCESS);
            if (!scratch.cache.add(text, start, end, PART, scratch)) {
                int size = scratch.size;
                merge(text, start, end, scratch);
                scratch.cache.keep(text, start, end, PART, scratch, size);
            }
            start = end;
        }
    }

    /** Takes notice of whether merging got from a word to the token that spells it. */
    private void note(int whole, Merger merger) {
        if (whole >= 0 && reached[whole] == 0) {
            boolean all = merger.size() > 0 && merger.span(0) == merger.size() && merger.token(0) == whole;
            reached[whole] = all ? REACHED : MISSED;
        }
    }

    @Override
    public boolean ends(byte[] text, int from, int to, Scratch scratch, int first, int[] ends) {
        int end = from;
        for (int i = first; i < scratch.size; i++) {
            end += tokens.length(scratch.ids[i]);
            ends[i - first] = end;
        }
        return end == to; // unless bytes were dropped
    }

    private void merge(byte[] text, int from, int to, Scratch scratch) {
        Merger merger = scratch.merger;
        merger.clear(to - from);
        symbols.add(text, from, to, merger);
        merger.merge(merges);
        for (int at = 0; at < merger.size(); at += merger.span(at)) {
            scratch.add(merger.token(at));
        }
    }
}
