package dev.jeton.text;

import java.util.Arrays;

/**
 * The ranks of pairs of ranked tokens, as tiktoken has them: of two neighbours whose concatenation is a token that token's own.
 *
 * <p>Nearly all pairs are none. They are turned away without a look at their bytes: each token has a hash from which that of a
 * concatenation follows (Karp and Rabin, 1987), and a bit is set for the hash of every token. Pairs that merge are kept where the
 * next of the same hash replaces them; entries are longs, so any thread finds whole ones.
 */
final class RankedPairs implements PairRanks {
    private static final long BASE = 0x9E3779B97F4A7C15L;
    private static final int FILTER_BITS = 21;
    private static final int KNOWN_BITS = 15;
    private static final int ID_BITS = 21;
    private static final int RANK_BITS = 22;
    private static final long EMPTY = -1;

    private final TokenTable tokens;
    private final long[] hashes;
    /** {@link #BASE} to the power of each token's length. */
    private final long[] shifts;

    private final long[] filter = new long[1 << (FILTER_BITS - 6)];
    /** Left and right token, and their rank. */
    private final long[] known = new long[1 << KNOWN_BITS];

    RankedPairs(TokenTable tokens) {
        this.tokens = tokens;
        hashes = new long[tokens.size()];
        shifts = new long[tokens.size()];
        Arrays.fill(known, EMPTY);
        byte[] arena = tokens.arena();
        for (int id = 0; id < hashes.length; id++) {
            long hash = 0;
            long shift = 1;
            for (int i = tokens.start(id); i < tokens.end(id); i++) {
                hash = hash * BASE + (arena[i] & 0xFF) + 1;
                shift *= BASE;
            }
            hashes[id] = hash;
            shifts[id] = shift;
            int bit = bit(hash);
            filter[bit >> 6] |= 1L << bit;
        }
    }

    private static int bit(long hash) {
        return (int) (((hash ^ hash >>> 32) * 0xC2B2AE3D27D4EB4FL) >>> (64 - FILTER_BITS));
    }

    @Override
    public int rank(int left, int right) {
        int bit = bit(hashes[left] * shifts[right] + hashes[right]);
        return (filter[bit >> 6] >>> bit & 1) == 0 ? NONE : find(left, right);
    }

    private int find(int left, int right) {
        long key = (long) left << ID_BITS | right;
        int slot = (int) ((key * BASE) >>> (64 - KNOWN_BITS));
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
