package dev.jeton.text;

import java.util.Arrays;

/** The bytes of each token, one after another, and a hash table from bytes to ids. */
final class TokenTable {
    private static final int ID_BITS = 21;
    private static final long EMPTY = -1;

    private byte[] arena;
    /** Start and end of each token's bytes. */
    private final long[] spans;

    /** No token begins at 0, which tells that there is none. */
    private int used = 1;
    /** The lower bits of an id, the rest of its bytes' hash above them: few comparisons are in vain. */
    private final long[] slots;

    private final int shift;

    /**
     * @param size one more than the largest id
     */
    TokenTable(int size) {
        arena = new byte[Math.max(64, size * 8)];
        spans = new long[size];
        slots = new long[Integer.highestOneBit(Math.max(8, size) * 2 - 1) * 2];
        shift = 64 - Integer.numberOfTrailingZeros(slots.length);
        Arrays.fill(slots, EMPTY);
    }

    /** Sets what a token stands for; of two tokens with the same bytes the first is found. */
    void put(int id, byte[] bytes) {
        name(id, bytes);
        long hash = Bytes.hash(bytes, 0, bytes.length);
        int slot = slot(hash, bytes, 0, bytes.length);
        if (slots[slot] == EMPTY) {
            slots[slot] = ((hash >>> ID_BITS) << ID_BITS) | id;
        }
    }

    /** Sets what a token stands for, without it being found by that. */
    void name(int id, byte[] bytes) {
        if (used + bytes.length + 8 > arena.length) {
            arena = Arrays.copyOf(arena, Math.max(arena.length * 2, used + bytes.length + 8));
        }
        System.arraycopy(bytes, 0, arena, used, bytes.length);
        spans[id] = ((long) used << 32) | (used + bytes.length);
        used += bytes.length;
    }

    /** The token of these bytes, or -1. */
    int find(byte[] text, int from, int to) {
        long entry = slots[slot(Bytes.hash(text, from, to), text, from, to)];
        return entry == EMPTY ? -1 : id(entry);
    }

    /** The token of the bytes of two, or -1. */
    int find(int left, int right) {
        int from = start(left);
        int length = length(left);
        int behind = start(right);
        int total = length + length(right);
        long hash = Bytes.hash(arena, from, length, behind, total - length);
        int mask = slots.length - 1;
        for (int slot = (int) (hash >>> shift); slots[slot] != EMPTY; slot = slot + 1 & mask) {
            long entry = slots[slot];
            if ((entry ^ hash) >>> ID_BITS == 0) {
                int id = id(entry);
                int start = start(id);
                if (length(id) == total
                        && Arrays.equals(arena, start, start + length, arena, from, from + length)
                        && Arrays.equals(arena, start + length, end(id), arena, behind, end(right))) {
                    return id;
                }
            }
        }
        return -1;
    }

    /** The token of one byte, or -1. */
    int find(byte value) {
        return find(new byte[] {value}, 0, 1);
    }

    private static int id(long entry) {
        return (int) entry & ((1 << ID_BITS) - 1);
    }

    /** Where the token of these bytes is, or would be. */
    private int slot(long hash, byte[] text, int from, int to) {
        int mask = slots.length - 1;
        for (int slot = (int) (hash >>> shift); ; slot = slot + 1 & mask) {
            long entry = slots[slot];
            if (entry == EMPTY) {
                return slot;
            }
            if ((entry ^ hash) >>> ID_BITS == 0) {
                int id = id(entry);
                if (Arrays.equals(arena, start(id), end(id), text, from, to)) {
                    return slot;
                }
            }
        }
    }

    int size() {
        return spans.length;
    }

    byte[] arena() {
        return arena;
    }

    /** Whether a token has this id. */
    boolean has(int id) {
        return spans[id] != 0;
    }

    int start(int id) {
        return (int) (spans[id] >>> 32);
    }

    int end(int id) {
        return (int) spans[id];
    }

    int length(int id) {
        return end(id) - start(id);
    }

    byte[] bytes(int id) {
        return Arrays.copyOfRange(arena, start(id), end(id));
    }
}
