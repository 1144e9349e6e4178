package dev.jeton.text;

import java.util.Arrays;

/**
 * Pairs of symbols, how often each occurs and in which words.
 *
 * <p>One open-addressed table of three longs a pair: the pair, its count, and where in a common array its words stand.
 */
final class PairTable {
    private static final int STRIDE = 3;
    private static final int MOST_SLOTS = 1 << 29;
    private static final long EMPTY = -1;

    private long[] slots = new long[STRIDE << 14];
    private int shift = 64 - 14;
    private int size;
    private int[] words = new int[1 << 14];
    private int wordsUsed;

    private PairTable() {
        Arrays.fill(slots, EMPTY);
    }

    /** The pairs of neighbours in words. */
    static PairTable of(SymbolText text) {
        var table = new PairTable();
        text.eachPair((pair, word) -> {
            int at = table.findOrPut(pair);
            table.slots[at + 1] += text.count(word);
            table.slots[at + 2]++;
        });
        for (int at = 0; at < table.slots.length; at += STRIDE) {
            if (table.slots[at] != EMPTY) {
                int places = (int) table.slots[at + 2];
                table.ensureWords(places);
                table.slots[at + 2] = (long) table.wordsUsed << 32;
                table.wordsUsed += places;
            }
        }
        text.eachPair(table::addWord);
        return table;
    }

    /** Adds a word to those of a pair, which has room for it, unless it is the last one there already. */
    private void addWord(long pair, int word) {
        int at = find(pair);
        int count = (int) slots[at + 2];
        int end = (int) (slots[at + 2] >>> 32) + count;
        if (count == 0 || words[end - 1] != word) {
            words[end] = word;
            slots[at + 2]++;
        }
    }

    static long pair(int left, int right) {
        return (long) left << 32 | right;
    }

    static int left(long pair) {
        return (int) (pair >>> 32);
    }

    static int right(long pair) {
        return (int) pair;
    }

    private int find(long pair) {
        int at = (int) ((pair * 0x9E3779B97F4A7C15L) >>> shift) * STRIDE;
        while (slots[at] != pair && slots[at] != EMPTY) {
            at = at + STRIDE == slots.length ? 0 : at + STRIDE;
        }
        return at;
    }

    private int findOrPut(long pair) {
        int at = find(pair);
        if (slots[at] == EMPTY) {
            if (++size * 2 > slots.length / STRIDE) {
                grow();
                at = find(pair);
            }
            slots[at] = pair;
            slots[at + 1] = 0;
            slots[at + 2] = 0;
        }
        return at;
    }

    private void grow() {
        if (slots.length / STRIDE >= MOST_SLOTS) {
            throw new TokenizerException("training: there are more than " + MOST_SLOTS / 2 + " different pairs");
        }
        long[] old = slots;
        slots = new long[old.length * 2];
        Arrays.fill(slots, EMPTY);
        shift--;
        for (int from = 0; from < old.length; from += STRIDE) {
            if (old[from] != EMPTY) {
                System.arraycopy(old, from, slots, find(old[from]), STRIDE);
            }
        }
    }

    /** How often a pair occurs. */
    long count(long pair) {
        int at = find(pair);
        return slots[at] == EMPTY ? 0 : slots[at + 1];
    }

    /** Adds to a pair's count; returns the new one. */
    long count(long pair, long change) {
        int at = findOrPut(pair); // which may make another array of slots
        slots[at + 1] += change;
        return slots[at + 1];
    }

    /** Where a pair's words begin in {@link #words()}, in the upper half, and how many they are; they are forgotten. */
    long takeWords(long pair) {
        int at = find(pair);
        long result = slots[at + 2];
        slots[at + 2] = 0;
        return result;
    }

    /** All pairs' words. */
    int[] words() {
        return words;
    }

    /** Makes room for more of a pair's words behind those that it has; returns where they go. */
    int addWords(long pair, int more) {
        int at = findOrPut(pair);
        int known = (int) slots[at + 2];
        int from = (int) (slots[at + 2] >>> 32);
        ensureWords((long) known + more);
        System.arraycopy(words, from, words, wordsUsed, known);
        slots[at + 2] = (long) wordsUsed << 32 | known + more;
        int result = wordsUsed + known;
        wordsUsed = result + more;
        return result;
    }

    private void ensureWords(long more) {
        long wanted = wordsUsed + more;
        int most = Integer.MAX_VALUE - 64;
        if (wanted > most) {
            throw new TokenizerException("training: pairs occur in more than two thousand million words");
        }
        if (wanted > words.length) {
            words = Arrays.copyOf(words, (int) Math.min(most, Math.max(wanted, words.length * 2L)));
        }
    }

    /** Gives each pair to {@code queue} that occurs so often. */
    void offer(PairQueue queue, long leastCount) {
        for (int at = 0; at < slots.length; at += STRIDE) {
            if (slots[at] != EMPTY && slots[at + 1] >= leastCount) {
                queue.push(slots[at], slots[at + 1]);
            }
        }
    }
}
