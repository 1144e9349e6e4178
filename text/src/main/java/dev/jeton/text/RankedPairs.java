package dev.jeton.text;

import java.util.Arrays;

/**
 * The ranks of pairs of ranked tokens, as tiktoken has them: of two neighbours whose concatenation is a token that token's own.
 *
 * <p>Nothing needs to be made of the vocabulary before the first text. What was asked for is kept where the next of the same hash
 * replaces it; entries are longs, so any thread finds whole ones.
 */
final class RankedPairs implements PairRanks {
    private static final int BITS = 15;
    private static final int ID_BITS = 21;
    private static final int RANK_BITS = 22;
    private static final long EMPTY = -1;

    private final TokenTable tokens;
    /** Left and right token, and their rank. */
    private final long[] known = new long[1 << BITS];

    RankedPairs(TokenTable tokens) {
        this.tokens = tokens;
        Arrays.fill(known, EMPTY);
    }

    @Override
    public int rank(int left, int right) {
        long key = (long) left << ID_BITS | right;
        int slot = (int) ((key * 0x9E3779B97F4A7C15L) >>> (64 - BITS));
        long entry = known[slot];
        if (entry >>> RANK_BITS == key) {
            return (int) entry & NONE;
        }
        int found = tokens.find(left, right);
        int rank = found < 0 ? NONE : found;
        known[slot] = key << RANK_BITS | rank;
        return rank;
    }

    @Override
    public int result(int rank) {
        return rank;
    }
}
