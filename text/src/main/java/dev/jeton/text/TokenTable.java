package dev.jeton.text;

import java.util.Arrays;

/** The bytes of each token, one after another, and a hash table from bytes to ids. */
final class TokenTable {
    private byte[] arena;
    private final int[] starts;
    private final int[] ends;
    private int used;
    private final int[] slots;

    /**
     * @param size one more than the largest id
     */
    TokenTable(int size) {
        arena = new byte[Math.max(64, size * 8)];
        starts = new int[size];
        ends = new int[size];
        slots = new int[Integer.highestOneBit(Math.max(8, size) * 2 - 1) * 2];
        Arrays.fill(slots, -1);
    }

    /** Sets what a token stands for; of two tokens with the same bytes the first is found. */
    void put(int id, byte[] bytes) {
        if (used + bytes.length + 8 > arena.length) {
            arena = Arrays.copyOf(arena, Math.max(arena.length * 2, used + bytes.length + 8));
        }
        System.arraycopy(bytes, 0, arena, used, bytes.length);
        starts[id] = used;
        used += bytes.length;
        ends[id] = used;
        if (find(bytes, 0, bytes.length) >= 0) {
            return;
        }
        int slot = Bytes.hash(bytes, 0, bytes.length) & slots.length - 1;
        while (slots[slot] >= 0) {
            slot = slot + 1 & slots.length - 1;
        }
        slots[slot] = id;
    }

    /** The token of these bytes, or -1. */
    int find(byte[] text, int from, int to) {
        int slot = Bytes.hash(text, from, to) & slots.length - 1;
        for (; slots[slot] >= 0; slot = slot + 1 & slots.length - 1) {
            int id = slots[slot];
            if (Arrays.equals(arena, starts[id], ends[id], text, from, to)) {
                return id;
            }
        }
        return -1;
    }

    int size() {
        return starts.length;
    }

    byte[] arena() {
        return arena;
    }

    int start(int id) {
        return starts[id];
    }

    int end(int id) {
        return ends[id];
    }

    int length(int id) {
        return ends[id] - starts[id];
    }

    byte[] bytes(int id) {
        return Arrays.copyOfRange(arena, starts[id], ends[id]);
    }
}
