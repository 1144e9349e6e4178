package dev.jeton.text;

import java.util.Arrays;

/**
 * The words that one thread met, with their ids.
 *
 * <p>Three tables without objects. Words of up to seven bytes, most of any text, are one long with their length in
 * the highest byte; words of up to fifteen bytes are two; longer ones lie in an array of bytes. One more long holds up to three
 * ids, or says where in a pool more of them lie. A word of medium length has two places, of which the first is that of the newer
 * one; for a short one the second costs more than it saves. What is not here is found in the vocabulary or merged, so a cache
 * that is too small costs time only.
 */
final class WordCache {
    static final int SHORT = 7;
    static final int MEDIUM = 15;
    static final int LONG = 64;
    static final int MAX_ID = (1 << 20) - 1;
    /** How many ids more than the word's there must be room for. */
    static final int EXCESS = 3;

    private static final int SHORT_BITS = 16;
    private static final int SHORT_SIZE = 2;
    private static final int MEDIUM_BITS = 15;
    /** One long of each four stays free, so that no word lies across more cache lines than it must. */
    private static final int MEDIUM_SIZE = 4;

    private static final int LONG_BITS = 12;
    private static final int INLINE = 3;
    /** Marks ids that lie in the pool: how many (8 bits) and since which of all that were ever put there (52 bits). */
    private static final long POOLED = 15L << 60;

    private static final int POSITION_BITS = 52;
    /** No ids: also of a word that has none, which is quick to find out again. */
    private static final long UNKNOWN = 0;

    private final long[] shortWords = new long[SHORT_SIZE << SHORT_BITS];
    private final long[] mediumWords = new long[MEDIUM_SIZE << MEDIUM_BITS];
    private final byte[] longWords = new byte[LONG << LONG_BITS];
    /** Length and kind of each long word, then its ids. */
    private final long[] longIds = new long[2 << LONG_BITS];

    /** Rows of ids, the oldest of which are written over; {@code pooled} counts all ids that were ever put there. */
    private final int[] pool = new int[1 << 17];

    private long pooled;

    /**
     * Adds a word's ids if they are known.
     *
     * @param kind 0, or a bit above {@link #LONG} that tells what else the same bytes can be
     */
    boolean add(byte[] text, int from, int to, int kind, Scratch scratch) {
        int length = to - from;
        long ids = length <= SHORT ? ofShort(text, from, length, kind) : ofLonger(text, from, to, kind);
        return ids != UNKNOWN && add(ids, scratch);
    }

    private long ofShort(byte[] text, int from, int length, int kind) {
        long key = shortKey(text, from, length, kind);
        int slot = shortSlot(key);
        return shortWords[slot] == key ? shortWords[slot + 1] : UNKNOWN;
    }

    private long ofLonger(byte[] text, int from, int to, int kind) {
        int length = to - from;
        if (length <= MEDIUM) {
            long low = Bytes.longAt(text, from);
            long high = mediumKey(text, from, length, kind);
            int slot = mediumSlot(low, high);
            if (mediumWords[slot] != low || mediumWords[slot + 1] != high) {
                slot ^= MEDIUM_SIZE;
            }
            return mediumWords[slot] == low && mediumWords[slot + 1] == high ? mediumWords[slot + 2] : UNKNOWN;
        }
        if (length > LONG) {
            return UNKNOWN;
        }
        int slot = longSlot(text, from, to);
        int at = slot * LONG;
        boolean found =
                longIds[2 * slot] == (length | kind) && Arrays.equals(longWords, at, at + length, text, from, to);
        return found ? longIds[2 * slot + 1] : UNKNOWN;
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
            System.arraycopy(mediumWords, slot, mediumWords, slot ^ MEDIUM_SIZE, MEDIUM_SIZE);
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
        return (int) ((key * 0x9E3779B97F4A7C15L) >>> (64 - SHORT_BITS)) * SHORT_SIZE;
    }

    private static int mediumSlot(long low, long high) {
        long mixed = (low ^ high * 0xC2B2AE3D27D4EB4FL) * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> (64 - MEDIUM_BITS)) * MEDIUM_SIZE;
    }

    private static int longSlot(byte[] text, int from, int to) {
        return (int) (Bytes.hash(text, from, to) >>> (64 - LONG_BITS));
    }

    private long packed(int[] ids, int from, int count) {
        if (count > INLINE) {
            return POOLED | ((long) count << POSITION_BITS) | pooled(ids, from, count);
        }
        long result = count;
        for (int i = INLINE - 1; i >= 0; i--) {
            result = (result << 20) | (i < count ? ids[from + i] : 0);
        }
        return result;
    }

    private long pooled(int[] ids, int from, int count) {
        int at = (int) (pooled & (pool.length - 1));
        if (count > pool.length - at) {
            pooled += pool.length - at;
            at = 0;
        }
        System.arraycopy(ids, from, pool, at, count);
        long position = pooled;
        pooled += count;
        return position;
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
            return true;
        }
        long position = packed & ((1L << POSITION_BITS) - 1);
        if (pooled - position > pool.length) {
            return false; // written over
        }
        int count = (int) (packed >>> POSITION_BITS) & 0xFF;
        System.arraycopy(pool, (int) (position & (pool.length - 1)), target, size, count);
        scratch.size = size + count;
        return true;
    }
}
