package dev.jeton.text;

import java.util.Arrays;

/**
 * How often each word occurs.
 *
 * <p>One open-addressed table of three longs a word. A word of up to 15 bytes, as most are, lies in the first two together with its
 * length, so that counting it touches one place in memory; of a longer one they hold the hash and its number among the long ones.
 */
final class WordCounts {
    private static final int SHORT = 15;
    private static final int STRIDE = 3;
    private static final int MOST_SLOTS = 1 << 29;
    /** What the second long of a longer word begins with; that of a short one begins with its length. */
    private static final long LONG = Long.MIN_VALUE;

    /** By length, which bits of a word's first and second eight bytes are its own. */
    private static final long[] HEADS = new long[SHORT + 1];

    private static final long[] TAILS = new long[SHORT + 1];

    static {
        for (int length = 1; length <= SHORT; length++) {
            HEADS[length] = Bytes.low(-1, Math.min(8, length));
            TAILS[length] = length > 8 ? Bytes.low(-1, length - 8) : 0;
        }
    }

    private long[] slots = new long[STRIDE << 12];
    private int shift = 64 - 12;
    private int size;

    private byte[] arena = new byte[1 << 12];
    private int[] starts = new int[1 << 6];
    private int longWords;

    /** Counts the word between two places of a text, which must not be the same. */
    void add(byte[] text, int from, int to, long count) {
        int length = to - from;
        if (length > SHORT) {
            addLong(text, from, to, count);
        } else if (from <= text.length - 16) {
            long head = Bytes.longAt(text, from) & HEADS[length];
            long tail = (Bytes.longAt(text, from + 8) & TAILS[length]) | (long) length << 56;
            addShort(head, tail, count);
        } else {
            byte[] padded = Arrays.copyOf(Arrays.copyOfRange(text, from, to), 16);
            addShort(Bytes.longAt(padded, 0), Bytes.longAt(padded, 8) | (long) length << 56, count);
        }
    }

    private void addShort(long head, long tail, long count) {
        int at = place(head, tail);
        while (slots[at + 1] != 0) {
            if (slots[at] == head && slots[at + 1] == tail) {
                slots[at + 2] += count;
                return;
            }
            at = next(at);
        }
        put(at, head, tail, count);
    }

    private void addLong(byte[] text, int from, int to, long count) {
        long hash = Bytes.hash(text, from, to);
        int at = place(hash, LONG);
        while (slots[at + 1] != 0) {
            if (slots[at] == hash && slots[at + 1] < 0) {
                int word = (int) slots[at + 1];
                if (Arrays.equals(arena, starts[word], starts[word + 1], text, from, to)) {
                    slots[at + 2] += count;
                    return;
                }
            }
            at = next(at);
        }
        append(text, from, to);
        put(at, hash, LONG | longWords++, count);
    }

    private void append(byte[] text, int from, int to) {
        if (longWords + 1 == starts.length) {
            starts = Arrays.copyOf(starts, starts.length * 2);
        }
        int start = starts[longWords];
        int length = to - from;
        if (length > arena.length - start) {
            arena = Arrays.copyOf(arena, capacity(Math.max(arena.length * 2L, (long) start + length), start, length));
        }
        System.arraycopy(text, from, arena, start, length);
        starts[longWords + 1] = start + length;
    }

    private static int capacity(long wanted, long used, long more) {
        int most = Integer.MAX_VALUE - 64;
        if (used + more > most) {
            throw new TokenizerException("training: the different words are more than 2 GB long");
        }
        return (int) Math.min(wanted, most);
    }

    private int place(long head, long tail) {
        long mixed = (head ^ Long.rotateLeft(tail * 0x9E3779B97F4A7C15L, 29)) * 0xC2B2AE3D27D4EB4FL;
        return (int) (((mixed ^ (mixed >>> 32)) * 0x9E3779B97F4A7C15L) >>> shift) * STRIDE;
    }

    private int next(int at) {
        return at + STRIDE == slots.length ? 0 : at + STRIDE;
    }

    private void put(int at, long head, long tail, long count) {
        set(slots, at, head, tail, count);
        if (++size * 2 > slots.length / STRIDE) {
            grow();
        }
    }

    private static void set(long[] slots, int at, long head, long tail, long count) {
        slots[at] = head;
        slots[at + 1] = tail;
        slots[at + 2] = count;
    }

    private void grow() {
        if (slots.length / STRIDE >= MOST_SLOTS) {
            throw new TokenizerException("training: there are more than " + MOST_SLOTS / 2 + " different words");
        }
        long[] old = slots;
        slots = new long[old.length * 2];
        shift--;
        for (int from = 0; from < old.length; from += STRIDE) {
            long tail = old[from + 1];
            if (tail == 0) {
                continue;
            }
            int at = place(old[from], tail < 0 ? LONG : tail);
            while (slots[at + 1] != 0) {
                at = next(at);
            }
            set(slots, at, old[from], tail, old[from + 2]);
        }
    }

    /** Adds what another table has counted. */
    void addAll(WordCounts other) {
        for (int at = 0; at < other.slots.length; at += STRIDE) {
            long tail = other.slots[at + 1];
            if (tail < 0) {
                int word = (int) tail;
                addLong(other.arena, other.starts[word], other.starts[word + 1], other.slots[at + 2]);
            } else if (tail != 0) {
                addShort(other.slots[at], tail, other.slots[at + 2]);
            }
        }
    }

    /** What has been counted, in no order. */
    WordList words() {
        long total = starts[longWords];
        for (int at = 1; at < slots.length; at += STRIDE) {
            total += Math.max(0, slots[at] >> 56);
        }
        byte[] bytes = new byte[capacity(total + Scratch.PADDING, total, Scratch.PADDING)];
        int[] wordStarts = new int[size + 1];
        long[] counts = new long[size];
        int word = 0;
        for (int at = 0; at < slots.length; at += STRIDE) {
            if (slots[at + 1] != 0) {
                wordStarts[word + 1] = write(at, bytes, wordStarts[word]);
                counts[word++] = slots[at + 2];
            }
        }
        return new WordList(bytes, wordStarts, counts);
    }

    /** Writes the word of a slot, and perhaps bytes behind it; returns its end. */
    private int write(int at, byte[] target, int from) {
        long tail = slots[at + 1];
        if (tail < 0) {
            int word = (int) tail;
            int length = starts[word + 1] - starts[word];
            System.arraycopy(arena, starts[word], target, from, length);
            return from + length;
        }
        Bytes.putLong(target, from, slots[at]);
        Bytes.putLong(target, from + 8, tail);
        return from + (int) (tail >>> 56);
    }
}
