package dev.jeton.text;

import java.util.Arrays;

/**
 * The merges of a byte-pair encoding: which two neighbours become one token, and with what rank.
 *
 * <p>One open-addressed table of longs, each a left id (21 bits), a right id (21 bits) and a rank (22 bits), so that a probe
 * touches one cache line; what a merge makes is looked up by its rank only when it is done.
 */
final class MergeTable implements PairRanks {
    private static final int RANK_BITS = 22;
    private static final int ID_BITS = 21;
    private static final long EMPTY = -1;

    private long[] slots;
    private int shift;
    /** A bit for each pair that merges and a few that do not: most pairs are turned away without a look at the table. */
    private long[] filter;

    private int filterShift;
    private int used;
    private int[] lefts;
    private int[] rights;
    private int[] results;
    private int size;

    MergeTable(int expected) {
        int capacity = Integer.highestOneBit(Math.max(8, expected) * 2 - 1) * 2;
        slots = new long[capacity];
        shift = 64 - Integer.numberOfTrailingZeros(capacity);
        Arrays.fill(slots, EMPTY);
        filter = new long[Math.max(1, capacity >> 4)];
        filterShift = 64 - Integer.numberOfTrailingZeros(filter.length * 64);
        lefts = new int[Math.max(8, expected)];
        rights = new int[lefts.length];
        results = new int[lefts.length];
    }

    /** Adds a merge of the next rank. Of two merges of one pair the later rank counts, as in the reference. */
    void add(int left, int right, int result) {
        if (size == NONE) {
            throw new TokenizerException("merges: at most " + NONE + " are possible");
        }
        if (size == lefts.length) {
            int capacity = size * 2;
            lefts = Arrays.copyOf(lefts, capacity);
            rights = Arrays.copyOf(rights, capacity);
            results = Arrays.copyOf(results, capacity);
        }
        lefts[size] = left;
        rights[size] = right;
        results[size] = result;
        put(key(left, right), size++);
    }

    private void put(long key, int rank) {
        if ((used + 1) * 2 > slots.length) {
            grow();
        }
        int slot = slot(key);
        while (slots[slot] != EMPTY && slots[slot] >>> RANK_BITS != key) {
            slot = slot + 1 & slots.length - 1;
        }
        if (slots[slot] == EMPTY) {
            used++;
        }
        slots[slot] = key << RANK_BITS | rank;
        pass(key);
    }

    private void grow() {
        long[] old = slots;
        slots = new long[old.length * 2];
        shift--;
        Arrays.fill(slots, EMPTY);
        filter = new long[filter.length * 2];
        filterShift--;
        for (long entry : old) {
            if (entry != EMPTY) {
                pass(entry >>> RANK_BITS);
                int slot = slot(entry >>> RANK_BITS);
                while (slots[slot] != EMPTY) {
                    slot = slot + 1 & slots.length - 1;
                }
                slots[slot] = entry;
            }
        }
    }

    private void pass(long key) {
        int bit = filterBit(key);
        filter[bit >> 6] |= 1L << bit;
    }

    private int filterBit(long key) {
        return (int) ((key * 0xC2B2AE3D27D4EB4FL) >>> filterShift);
    }

    private static long key(int left, int right) {
        return (long) left << ID_BITS | right;
    }

    private int slot(long key) {
        return (int) ((key * 0x9E3779B97F4A7C15L) >>> shift);
    }

    @Override
    public int rank(int left, int right) {
        long key = key(left, right);
        int bit = filterBit(key);
        if ((filter[bit >> 6] >>> bit & 1) == 0) {
            return NONE;
        }
        for (int slot = slot(key); ; slot = slot + 1 & slots.length - 1) {
            long entry = slots[slot];
            if (entry >>> RANK_BITS == key) {
                return (int) entry & NONE;
            }
            if (entry == EMPTY) {
                return NONE;
            }
        }
    }

    int size() {
        return size;
    }

    int left(int rank) {
        return lefts[rank];
    }

    int right(int rank) {
        return rights[rank];
    }

    @Override
    public int result(int rank) {
        return results[rank];
    }
}
