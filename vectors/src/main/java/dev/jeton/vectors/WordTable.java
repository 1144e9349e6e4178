package dev.jeton.vectors;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * Words with their counts, as UTF-8 bytes in one array under an open-addressing hash: some 40 bytes a word, no object for any.
 *
 * <p>A word has an id that lives as long as the table: pruning forgets words, but ids are never given twice.
 */
final class WordTable implements Words {
    private static final int FIRST_HASH = 0x811C9DC5;
    private static final int HASH_FACTOR = 0x01000193;

    private byte[] bytes = new byte[1 << 16];
    private int[] ends = new int[1 << 12];
    private int[] ids = new int[1 << 12];
    private long[] counts = new long[1 << 12];

    /** Entry + 1 in the low half, hash in the high; 0 is free. */
    private long[] slots = new long[1 << 13];

    private int entries;
    private int nextId;

    static int hashOf(byte[] source, int from, int to) {
        int hash = FIRST_HASH;
        for (int i = from; i < to; i++) {
            hash = (hash ^ source[i]) * HASH_FACTOR;
        }
        return hash;
    }

    /** Counts one more occurrence. Returns the word's id. */
    int add(byte[] source, int from, int to) {
        return add(source, from, to, 1);
    }

    int add(byte[] source, int from, int to, long count) {
        int hash = hashOf(source, from, to);
        int slot = find(source, from, to, hash);
        int entry = (int) slots[slot] - 1;
        if (entry < 0) {
            entry = insert(source, from, to, hash, slot);
        }
        counts[entry] += count;
        return ids[entry];
    }

    int add(String word, long count) {
        byte[] utf8 = word.getBytes(UTF_8);
        return add(utf8, 0, utf8.length, count);
    }

    private int find(byte[] source, int from, int to, int hash) {
        int mask = slots.length - 1;
        int slot = spread(hash) & mask;
        while (true) {
            long held = slots[slot];
            if (held == 0 || ((int) (held >>> 32) == hash && equal((int) held - 1, source, from, to))) {
                return slot;
            }
            slot = (slot + 1) & mask;
        }
    }

    /** FNV's low bits are its weak ones. */
    private static int spread(int hash) {
        return hash ^ (hash >>> 15);
    }

    private boolean equal(int entry, byte[] source, int from, int to) {
        return Arrays.equals(bytes, start(entry), ends[entry], source, from, to);
    }

    private int insert(byte[] source, int from, int to, int hash, int slot) {
        int entry = entries++;
        int start = start(entry);
        int end = Math.addExact(start, to - from);
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, grown(bytes.length, end));
        }
        if (entry == ends.length) {
            int capacity = grown(entry, entry + 1);
            ends = Arrays.copyOf(ends, capacity);
            ids = Arrays.copyOf(ids, capacity);
            counts = Arrays.copyOf(counts, capacity);
        }
        System.arraycopy(source, from, bytes, start, to - from);
        ends[entry] = end;
        ids[entry] = nextId++;
        slots[slot] = (long) hash << 32 | entry + 1;
        if (entries * 2L > slots.length) {
            rehash(slots.length * 2);
        }
        return entry;
    }

    private static int grown(int capacity, int needed) {
        return (int) Math.max(needed, Math.min(Integer.MAX_VALUE - 8, capacity * 3L / 2));
    }

    private void rehash(int capacity) {
        slots = new long[capacity];
        for (int entry = 0; entry < entries; entry++) {
            int hash = hashOf(bytes, start(entry), ends[entry]);
            int slot = spread(hash) & (capacity - 1);
            while (slots[slot] != 0) {
                slot = (slot + 1) & (capacity - 1);
            }
            slots[slot] = (long) hash << 32 | entry + 1;
        }
    }

    /** Forgets every word seen fewer than {@code minCount} times. */
    void prune(long minCount) {
        int kept = 0;
        int keptEnd = 0;
        int start = 0;
        for (int entry = 0; entry < entries; entry++) {
            int end = ends[entry];
            if (counts[entry] >= minCount) {
                System.arraycopy(bytes, start, bytes, keptEnd, end - start);
                keptEnd += end - start;
                ends[kept] = keptEnd;
                counts[kept] = counts[entry];
                ids[kept] = ids[entry];
                kept++;
            }
            start = end;
        }
        entries = kept;
        Arrays.fill(counts, kept, counts.length, 0);
        rehash(slots.length);
    }

    /** Forgets every word, and begins with the ids anew. */
    void clear() {
        Arrays.fill(counts, 0, entries, 0);
        Arrays.fill(slots, 0);
        entries = 0;
        nextId = 0;
    }

    /** One more than the highest id given. */
    int idLimit() {
        return nextId;
    }

    int idOfEntry(int entry) {
        return ids[entry];
    }

    long count(int entry) {
        return counts[entry];
    }

    byte[] bytes() {
        return bytes;
    }

    int start(int entry) {
        return entry == 0 ? 0 : ends[entry - 1];
    }

    int end(int entry) {
        return ends[entry];
    }

    @Override
    public int size() {
        return entries;
    }

    @Override
    public String word(int entry) {
        return new String(bytes, start(entry), ends[entry] - start(entry), UTF_8);
    }

    @Override
    public int indexOf(String word) {
        byte[] utf8 = word.getBytes(UTF_8);
        return (int) slots[find(utf8, 0, utf8.length, hashOf(utf8, 0, utf8.length))] - 1;
    }
}
