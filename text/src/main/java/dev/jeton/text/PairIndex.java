package dev.jeton.text;

import java.util.Arrays;

/** Pairs of symbols with their counts and the words that they occur in. */
final class PairIndex {
    private long[] keys = new long[1 << 12];
    private long[] counts = new long[1 << 12];
    private int[][] words = new int[1 << 12][];
    private int[] wordCounts = new int[1 << 12];
    private int[] slots = new int[1 << 13];
    private int size;

    PairIndex() {
        Arrays.fill(slots, -1);
    }

    static long key(int left, int right) {
        return ((long) left << 32) | right;
    }

    int size() {
        return size;
    }

    long key(int index) {
        return keys[index];
    }

    long count(int index) {
        return counts[index];
    }

    /** The index of a pair, which is added if it is new. */
    int of(long key) {
        int slot = slot(key);
        while (slots[slot] >= 0) {
            if (keys[slots[slot]] == key) {
                return slots[slot];
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, size * 2);
            counts = Arrays.copyOf(counts, size * 2);
            words = Arrays.copyOf(words, size * 2);
            wordCounts = Arrays.copyOf(wordCounts, size * 2);
        }
        keys[size] = key;
        words[size] = new int[2];
        slots[slot] = size++;
        if (size * 2 > slots.length) {
            rehash();
        }
        return size - 1;
    }

    private void rehash() {
        slots = new int[slots.length * 2];
        Arrays.fill(slots, -1);
        for (int i = 0; i < size; i++) {
            int slot = slot(keys[i]);
            while (slots[slot] >= 0) {
                slot = (slot + 1) & (slots.length - 1);
            }
            slots[slot] = i;
        }
    }

    private int slot(long key) {
        return (int) ((key * 0x9E3779B97F4A7C15L) >>> 32) & (slots.length - 1);
    }

    void count(int index, long change) {
        counts[index] += change;
    }

    /** Notes that a pair occurs in a word; a word may be noted twice. */
    void note(int index, int word) {
        int[] list = words[index];
        int count = wordCounts[index];
        if (count > 0 && list[count - 1] == word) {
            return;
        }
        if (count == list.length) {
            list = Arrays.copyOf(list, count * 2);
            words[index] = list;
        }
        list[count] = word;
        wordCounts[index] = count + 1;
    }

    /** The words of a pair, which are forgotten. */
    int[] takeWords(int index) {
        int[] result = Arrays.copyOf(words[index], wordCounts[index]);
        words[index] = new int[2];
        wordCounts[index] = 0;
        return result;
    }
}
