package dev.jeton.text;

import java.util.Arrays;

/**
 * The working memory of one encoding at a time: buffers, and a cache of the words met before.
 *
 * <p>The cache holds words of up to 15 bytes that became up to six tokens. A bucket is one cache line of two entries of four
 * longs: the word's bytes (the last one its length and kind) and its ids, 20 bits each, with their count above the first three.
 */
final class Scratch {
    /** Bytes that must be readable behind a text. */
    static final int PADDING = 16;

    static final int MAX_CACHED = 15;
    static final int MAX_ID = (1 << 20) - 1;

    private static final int BUCKET_BITS = 13;
    private static final int KEPT_BYTES = 1 << 20;

    final int[] spans = new int[512];
    final Merger merger = new Merger();
    private final long[] cache = new long[8 << BUCKET_BITS];

    byte[] text = new byte[1 << 12];
    int[] ids = new int[1 << 10];
    int size;

    /** Working memory of the models for one word. */
    double[] scores = new double[0];

    int[] starts = new int[0];
    int[] pieces = new int[0];

    void clear() {
        size = 0;
        if (text.length > KEPT_BYTES) {
            text = new byte[1 << 12];
        }
        if (ids.length > KEPT_BYTES) {
            ids = new int[1 << 10];
        }
    }

    /** Makes room for a text of so many bytes. */
    void ensureText(int bytes) {
        if (text.length < bytes + PADDING) {
            text = Arrays.copyOf(text, Math.max(bytes + PADDING, text.length * 2));
        }
    }

    /** Makes room for so many more ids. */
    void ensureIds(int more) {
        if (ids.length - size < more) {
            ids = Arrays.copyOf(ids, Math.max(size + more, ids.length * 2));
        }
    }

    void add(int id) {
        if (size == ids.length) {
            ensureIds(1);
        }
        ids[size++] = id;
    }

    /** The bucket of a word, to be handed to {@link #hit} and {@link #remember}. */
    static int bucket(long low, long high) {
        long mixed = (low ^ (high * 0xC2B2AE3D27D4EB4FL)) * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> (64 - BUCKET_BITS)) << 3;
    }

    /** Adds the ids of a word that the cache holds; {@link #ensureIds} must have made room for six more. */
    boolean hit(int bucket, long low, long high) {
        long[] table = cache;
        int at = bucket;
        if (table[at] != low || table[at + 1] != high) {
            at += 4;
            if (table[at] != low || table[at + 1] != high) {
                return false;
            }
        }
        long first = table[at + 2];
        int count = (int) (first >>> 60);
        int[] target = ids;
        int end = size;
        target[end] = (int) first & MAX_ID;
        if (count > 1) {
            target[end + 1] = (int) (first >>> 20) & MAX_ID;
            target[end + 2] = (int) (first >>> 40) & MAX_ID;
            if (count > 3) {
                long second = table[at + 3];
                target[end + 3] = (int) second & MAX_ID;
                target[end + 4] = (int) (second >>> 20) & MAX_ID;
                target[end + 5] = (int) (second >>> 40) & MAX_ID;
            }
        }
        size = end + count;
        return true;
    }

    /** Puts the ids from {@code from} on into the cache as those of a word, if they fit. */
    void remember(int bucket, long low, long high, int from) {
        int count = size - from;
        if (count < 1 || count > 6) {
            return;
        }
        long first = (long) count << 60;
        long second = 0;
        for (int i = 0; i < count; i++) {
            long id = ids[from + i];
            if (i < 3) {
                first |= id << (20 * i);
            } else {
                second |= id << (20 * (i - 3));
            }
        }
        System.arraycopy(cache, bucket, cache, bucket + 4, 4);
        cache[bucket] = low;
        cache[bucket + 1] = high;
        cache[bucket + 2] = first;
        cache[bucket + 3] = second;
    }
}
