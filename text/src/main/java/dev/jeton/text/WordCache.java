package dev.jeton.text;

import java.util.Arrays;

/**
 * The words that one thread met, with their ids.
 *
 * <p>Three tables without objects. Words of up to seven bytes, most of any text, are one long with their length in
 * the highest byte; words of up to fifteen bytes are two; longer ones lie in an array of bytes. One more long holds up to three
 * ids, or says where in a pool more of them lie. The first two tables have four places for words of the same hash, the one met last
 * first, so that words met often are found at once. What is not here is found in the vocabulary or merged, so a cache that is too
 * small costs time only.
 */
final class WordCache {
    static final int SHORT = 7;
    static final int MEDIUM = 15;
    static final int LONG = 64;
    static final int MAX_ID = (1 << 20) - 1;
    /** How many ids more than the word's there must be room for. */
    static final int EXCESS = 3;

    /** The ids lie behind the one long of the word. */
    private static final int SHORT_SIZE = 2;

    private static final int SHORT_SET = 4 * SHORT_SIZE;
    private static final int SHORT_BITS = 14;
    /** The ids lie behind the two longs of the word; one more stays free, so that no word lies across more cache lines than it must. */
    private static final int MEDIUM_SIZE = 4;

    private static final int MEDIUM_SET = 4 * MEDIUM_SIZE;
    private static final int MEDIUM_BITS = 14;

    private static final int LONG_BITS = 12;
    private static final int INLINE = 3;
    /** Marks ids that lie in the pool: how many (8 bits) and since which of all that were ever put there (52 bits). */
    private static final long POOLED = 15L << 60;

    private static final int POSITION_BITS = 52;
    /** No ids: also of a word that has none, which is quick to find out again. */
    private static final long UNKNOWN = 0;

    private final long[] shortWords = new long[SHORT_SET << SHORT_BITS];
    private final long[] mediumWords = new long[MEDIUM_SET << MEDIUM_BITS];
    private final byte[] longWords = new byte[LONG << LONG_BITS];
    /** Length and kind of each long word, then its ids. */
    private final long[] longIds = new long[2 << LONG_BITS];

    /** Rows of ids, the oldest of which are written over; {@code pooled} counts all ids that were ever put there. */
    private final int[] pool = new int[1 << 17];

    private long pooled;

    /**
     * Adds the ids of words as long as they are known.
     *
     * @param spans start and end of each word
     * @param from of which of the spans the first is
     * @return of which the first is whose ids were not added, {@code to} if all were
     */
    int add(byte[] text, int[] spans, int from, int to, Scratch scratch) {
        int[] target = scratch.ids;
        int size = scratch.size;
        int i = from;
        for (; i < to; i += 2) {
            int start = spans[i];
            int length = spans[i + 1] - start;
            long ids;
            if (length <= SHORT) {
                ids = ofShort(shortKey(text, start, length, 0));
            } else if (length <= MEDIUM) {
                ids = ofMedium(Bytes.longAt(text, start), mediumKey(text, start, length, 0));
            } else {
                break;
            }
            if (ids <= 0) {
                break; // unknown, or in the pool
            }
            // three ids, needed or not: that is quicker than to ask
            target[size] = (int) ids & MAX_ID;
            target[size + 1] = (int) (ids >>> 20) & MAX_ID;
            target[size + 2] = (int) (ids >>> 40) & MAX_ID;
            size += (int) (ids >>> 60);
        }
        scratch.size = size;
        return i;
    }

    /**
     * Adds a word's ids if they are known.
     *
     * @param kind 0, or a bit above {@link #LONG} that tells what else the same bytes can be
     */
    boolean add(byte[] text, int from, int to, int kind, Scratch scratch) {
        int length = to - from;
        long ids = length <= SHORT
                ? ofShort(shortKey(text, from, length, kind))
                : length <= MEDIUM
                        ? ofMedium(Bytes.longAt(text, from), mediumKey(text, from, length, kind))
                        : ofLong(text, from, to, kind);
        return ids != UNKNOWN && add(ids, scratch);
    }

    private long ofShort(long key) {
        int first = shortSet(key);
        return shortWords[first] == key ? shortWords[first + 1] : ofShort(key, first);
    }

    /** Looks at the other places, and brings what it finds to the first. */
    private long ofShort(long key, int first) {
        for (int place = first + SHORT_SIZE; place < first + SHORT_SET; place += SHORT_SIZE) {
            if (shortWords[place] == key) {
                long ids = shortWords[place + 1];
                putShort(key, ids, first, place);
                return ids;
            }
        }
        return UNKNOWN;
    }

    /** Makes a word the first of its set; those before its old place move on. */
    private void putShort(long key, long ids, int first, int place) {
        System.arraycopy(shortWords, first, shortWords, first + SHORT_SIZE, place - first);
        shortWords[first] = key;
        shortWords[first + 1] = ids;
    }

    private long ofMedium(long low, long high) {
        int first = mediumSet(low, high);
        boolean found = mediumWords[first] == low && mediumWords[first + 1] == high;
        return found ? mediumWords[first + 2] : ofMedium(low, high, first);
    }

    private long ofMedium(long low, long high, int first) {
        for (int place = first + MEDIUM_SIZE; place < first + MEDIUM_SET; place += MEDIUM_SIZE) {
            if (mediumWords[place] == low && mediumWords[place + 1] == high) {
                long ids = mediumWords[place + 2];
                putMedium(low, high, ids, first, place);
                return ids;
            }
        }
        return UNKNOWN;
    }

    private void putMedium(long low, long high, long ids, int first, int place) {
        System.arraycopy(mediumWords, first, mediumWords, first + MEDIUM_SIZE, place - first);
        mediumWords[first] = low;
        mediumWords[first + 1] = high;
        mediumWords[first + 2] = ids;
    }

    private long ofLong(byte[] text, int from, int to, int kind) {
        int length = to - from;
        if (length > LONG) {
            return UNKNOWN;
        }
        int slot = longSlot(text, from, to);
        int at = slot * LONG;
        boolean found =
                longIds[2 * slot] == (length | kind) && Arrays.equals(longWords, at, at + length, text, from, to);
        return found ? longIds[2 * slot + 1] : UNKNOWN;
    }

    /** Keeps the ids from {@code first} on as those of a word, which is not known. */
    void keep(byte[] text, int from, int to, int kind, Scratch scratch, int first) {
        int length = to - from;
        if (length > LONG) {
            return;
        }
        long ids = packed(scratch.ids, first, scratch.size - first);
        if (length <= SHORT) {
            long key = shortKey(text, from, length, kind);
            int set = shortSet(key);
            putShort(key, ids, set, set + SHORT_SET - SHORT_SIZE);
        } else if (length <= MEDIUM) {
            long low = Bytes.longAt(text, from);
            long high = mediumKey(text, from, length, kind);
            int set = mediumSet(low, high);
            putMedium(low, high, ids, set, set + MEDIUM_SET - MEDIUM_SIZE);
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

    private static int shortSet(long key) {
        return (int) ((key * 0x9E3779B97F4A7C15L) >>> (64 - SHORT_BITS)) * SHORT_SET;
    }

    private static int mediumSet(long low, long high) {
        long mixed = (low ^ high * 0xC2B2AE3D27D4EB4FL) * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> (64 - MEDIUM_BITS)) * MEDIUM_SET;
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
