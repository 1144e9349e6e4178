package dev.jeton.text;

/**
 * SentencePiece's Unigram, which searches the whole text at once and rounds what it has scored to float at each step: two cuts
 * that are nearly as good may change places far into a text.
 *
 * <p>No piece reaches over a space, so the best cut of the text is made of those of its words. A word's is kept only if it
 * leads by more than rounding can take away; all others are searched again with what the text has scored so far.
 */
final class ScoredEncoder extends FastEncoder {
    /** Up to these scores of the text, kept words are told apart by {@link #KINDS}; beyond them none are kept. */
    private static final float[] LIMITS = {1 << 13, 1 << 17};

    private static final int[] KINDS = {0, 0x80};

    private final SpaceScanner scanner;
    private final UnigramWords words;

    ScoredEncoder(SpaceScanner scanner, UnigramWords words) {
        super(scanner, words);
        this.scanner = scanner;
        this.words = words;
    }

    @Override
    void encode(Scratch scratch, byte[] text, int from, int to) {
        int[] spans = scratch.spans;
        float score = 0;
        for (int at = from; at < to; ) {
            int count = scanner.scan(text, at, to, spans) * 2;
            at = spans[count - 1];
            scratch.ensureIds(at - spans[0] + WordCache.EXCESS);
            for (int i = 0; i < count; i += 2) {
                int size = scratch.size;
                score = word(scratch, text, spans[i], spans[i + 1], score);
                if (scratch.trace != null) {
                    boolean begins = scanner.beginsWord(text, from, spans[i]);
                    scratch.trace.word(words, text, spans[i], spans[i + 1], begins, scratch, size);
                }
            }
        }
    }

    /** Adds a word's ids; returns what the text has scored behind it. */
    private float word(Scratch scratch, byte[] text, int from, int to, float score) {
        int first = scratch.size;
        float distance = Math.abs(score);
        int level = distance < LIMITS[0] ? 0 : distance < LIMITS[1] ? 1 : 2;
        if (level < LIMITS.length && scratch.cache.add(text, from, to, KINDS[level], scratch)) {
            return words.score(score, scratch.ids, first, scratch.size);
        }
        words.encode(text, from, to, score, scratch);
        // each step rounds by half a unit in the last place at most, of a sum that the word itself may have doubled
        if (level < LIMITS.length && scratch.cut.holdsWithin((to - from) * Math.ulp(2 * LIMITS[level]))) {
            scratch.cache.keep(text, from, to, KINDS[level], scratch, first);
        }
        return (float) scratch.cut.score();
    }
}
