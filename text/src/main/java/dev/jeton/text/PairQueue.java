package dev.jeton.text;

import java.util.Arrays;

/** A heap of pairs of symbols: the most frequent first, of equal ones the pair of the lowest ids. */
final class PairQueue {
    private long[] pairs = new long[1 << 12];
    private long[] counts = new long[1 << 12];
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    long topPair() {
        return pairs[0];
    }

    long topCount() {
        return counts[0];
    }

    private static boolean before(long pair, long count, long otherPair, long otherCount) {
        return count != otherCount ? count > otherCount : pair < otherPair;
    }

    void push(long pair, long count) {
        if (size == pairs.length) {
            pairs = Arrays.copyOf(pairs, size * 2);
            counts = Arrays.copyOf(counts, size * 2);
        }
        int i = size++;
        while (i > 0) {
            int parent = (i - 1) >> 1;
            if (!before(pair, count, pairs[parent], counts[parent])) {
                break;
            }
            pairs[i] = pairs[parent];
            counts[i] = counts[parent];
            i = parent;
        }
        pairs[i] = pair;
        counts[i] = count;
    }

    void pop() {
        size--;
        sink(pairs[size], counts[size]);
    }

    /** Gives the first pair another count. */
    void recount(long count) {
        sink(pairs[0], count);
    }

    private void sink(long pair, long count) {
        int i = 0;
        for (int child = 1; child < size; child = 2 * i + 1) {
            if (child + 1 < size && before(pairs[child + 1], counts[child + 1], pairs[child], counts[child])) {
                child++;
            }
            if (!before(pairs[child], counts[child], pair, count)) {
                break;
            }
            pairs[i] = pairs[child];
            counts[i] = counts[child];
            i = child;
        }
        pairs[i] = pair;
        counts[i] = count;
    }
}
