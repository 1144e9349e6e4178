package dev.jeton.text;

import java.util.Arrays;

/** How often each word occurs: words as bytes in one arena, found by an open-addressed table. */
final class WordCounts {
    private byte[] arena = new byte[1 << 16];
    private int[] starts = new int[1 << 10];
    private long[] counts = new long[1 << 10];
    private int[] slots = new int[1 << 12];
    private int size;

    WordCounts() {
        Arrays.fill(slots, -1);
    }

    int size() {
        return size;
    }

    long count(int word) {
        return counts[word];
    }

    byte[] arena() {
        return arena;
    }

    int start(int word) {
        return starts[word];
    }

    int end(int word) {
        return starts[word + 1];
    }

    void add(byte[] text, int from, int to, long count) {
        int slot = (int) (Bytes.hash(text, from, to) >>> 32) & (slots.length - 1);
        for (; slots[slot] >= 0; slot = (slot + 1) & (slots.length - 1)) {
            int word = slots[slot];
            if (Arrays.equals(arena, starts[word], starts[word + 1], text, from, to)) {
                counts[word] += count;
                return;
            }
        }
        append(text, from, to, count);
        slots[slot] = size++;
        if (size * 2 > slots.length) {
            rehash();
        }
    }

    private void append(byte[] text, int from, int to, long count) {
        if (size + 1 >= starts.length) {
            starts = Arrays.copyOf(starts, starts.length * 2);
            counts = Arrays.copyOf(counts, counts.length * 2);
        }
        int start = starts[size];
        int length = to - from;
        if (length > arena.length - start) {
            if (length > Integer.MAX_VALUE - 64 - start) {
                throw new TokenizerException("training: the different words are more than 2 GB long");
            }
            long wanted = Math.max(arena.length * 2L, (long) start + length);
            arena = Arrays.copyOf(arena, (int) Math.min(wanted, Integer.MAX_VALUE - 64));
        }
        System.arraycopy(text, from, arena, start, length);
        starts[size + 1] = start + length;
        counts[size] = count;
    }

    private void rehash() {
        slots = new int[slots.length * 2];
        Arrays.fill(slots, -1);
        for (int word = 0; word < size; word++) {
            int slot = (int) (Bytes.hash(arena, starts[word], starts[word + 1]) >>> 32) & (slots.length - 1);
            while (slots[slot] >= 0) {
                slot = (slot + 1) & (slots.length - 1);
            }
            slots[slot] = word;
        }
    }

    void addAll(WordCounts other) {
        for (int word = 0; word < other.size; word++) {
            add(other.arena, other.starts[word], other.starts[word + 1], other.counts[word]);
        }
    }
}
