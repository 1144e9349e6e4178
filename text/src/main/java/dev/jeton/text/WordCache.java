package dev.jeton.text;

import java.util.Arrays;

/**
 * The words that one thread met, with their ids.
 *
 * <p>Three direct-mapped tables without objects. Words of up to seven bytes, most of any text, are one long with their length in
 * the highest byte; words of up to fifteen bytes are two; longer ones lie in an array of bytes. One more long holds up to three
 * ids, or says where in a pool more of them lie. What is not here is found in the vocabulary or merged, so a cache that is too
 * small costs time only.
 */
final class WordCache {
    static final int SHORT = 7;
    static final int MEDIUM = 15;
    static final int LONG = 64;
    static final int MAX_ID = (1 << 20) - 1;
    /** How many ids more than the word's there must be room for. */
    static final int EXCESS = 3;

    private static final int SHORT_BITS = 16;
    private static final int MEDIUM_BITS = 15;
    private static final int LONG_BITS = 10;
    private static final int INLINE = 3;
    private static final long POOLED = 15L << 60;

    private final long[] shortWords = new long[2 << SHORT_BITS];
    private final long[] mediumWords = new long[3 << MEDIUM_BITS];
    private final byte[] longWords = new byte[LONG << LONG_BITS];
    /** Length and kind of each long word, then its ids. */
    private final long[] longIds = new long[2 << LONG_BITS];

    private final int[] pool = new int[1 << 18];
    private int pooled;

    /**
     * Adds a word's ids if they are known.
     *
     * @param kind 0, or a bit above {@link #LONG} that tells what else the same bytes can be
     */
    boolean add(byte[] text, int from, int to, int kind, Scratch scratch) {
        int length = to - from;
        if (length <= SHORT) {
            long key = shortKey(text, from, length, kind);
            int slot = shortSlot(key);
            return shortWords[slot] == key && add(shortWords[slot + 1], scratch);
        }
        if (length <= MEDIUM) {
            long low = Bytes.longAt(text, from);
            long high = mediumKey(text, from, length, kind);
            int slot = mediumSlot(low, high);
            return mediumWords[slot] == low && mediumWords[slot + 1] == high && add(mediumWords[slot + 2], scratch);
        }
        if (length > LONG) {
            return false;
        }
        int slot = longSlot(text, from, to);
        int at = slot * LONG;
        return longIds[2 * slot] == (length | kind)
                && Arrays.equals(longWords, at, at + length, text, from, to)
                && add(longIds[2 * slot + 1], scratch);
    }

    /** Keeps the ids from {@code first} on as those of a word. */
    void keep(byte[] text, int from, int to, int kind, Scratch scratch, int first) {
        int length = to - from;
        if (length > LONG) {
            return;
        }
        long ids = packed(scratch.ids, first, scratch.size - first);
        if (length <= SHORT) {
            long key = shortKey(text, from, length, kind);
            int slot = shortSlot(key);
            shortWords[slot] = key;
            shortWords[slot + 1] = ids;
        } else if (length <= MEDIUM) {
            long low = Bytes.longAt(text, from);
            long high = mediumKey(text, from, length, kind);
            int slot = mediumSlot(low, high);
            mediumWords[slot] = low;
            mediumWords[slot + 1] = high;
            mediumWords[slot + 2] = ids;
        } else {
            int slot = longSlot(text, from, to);
            System.arraycopy(text, from, longWords, slot * LONG, length);
            longIds[2 * slot] = length | kind;
            longIds[2 * slot + 1] = ids;
        }
    }

    private static long shortKey(byte[] text, int from, int length, int kind) {
        return Bytes.low(Bytes.longAt(text, from), length) | ((long) (length | kind) << 56);
    }

    /** The bytes of a word behind its eighth. */
    private static long mediumKey(byte[] text, int from, int length, int kind) {
        int rest = length - 8;
        long bytes = Bytes.longAt(text, from + 8) & ~(-1L << (8 * rest));
        return bytes | ((long) (length | kind) << 56);
    }

    private static int shortSlot(long key) {
        return (int) ((key * 0x9E3779B97F4A7C15L) >>> (64 - SHORT_BITS)) << 1;
    }

    private static int mediumSlot(long low, long high) {
        long mixed = (low ^ high * 0xC2B2AE3D27D4EB4FL) * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> (64 - MEDIUM_BITS)) * 3;
    }

    private static int longSlot(byte[] text, int from, int to) {
        return (int) (Bytes.hash(text, from, to) >>> (64 - LONG_BITS));
    }

    private long packed(int[] ids, int from, int count) {
        if (count > INLINE) {
            return POOLED | ((long) count << 32) | pooled(ids, from, count);
        }
        long result = count;
        for (int i = INLINE - 1; i >= 0; i--) {
            result = (result << 20) | (i < count ? ids[from + i] : 0);
        }
        return result;
    }

    private int pooled(int[] ids, int from, int count) {
        if (count > pool.length - pooled) {
            // rare enough to begin anew
            Arrays.fill(shortWords, 0);
            Arrays.fill(mediumWords, 0);
            Arrays.fill(longIds, 0);
            pooled = 0;
        }
        System.arraycopy(ids, from, pool, pooled, count);
        pooled += count;
        return pooled - count;
    }

    private boolean add(long packed, Scratch scratch) {
        int size = scratch.size;
        int[] target = scratch.ids;
        if (packed >= 0) {
            // three ids, needed or not: that is quicker than to ask
            target[size] = (int) packed & MAX_ID;
            target[size + 1] = (int) (packed >>> 20) & MAX_ID;
            target[size + 2] = (int) (packed >>> 40) & MAX_ID;
            scratch.size = size + (int) (packed >>> 60);
        } else {
            int count = (int) (packed >>> 32) & 0xFF;
            System.arraycopy(pool, (int) packed, target, size, count);
            scratch.size = size + count;
        }
        return true;
    }
}
