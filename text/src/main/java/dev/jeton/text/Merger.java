package dev.jeton.text;

import java.util.Arrays;

/**
 * Merges a row of symbols by a {@link PairRanks}: always the pair of least rank, of equal ones the leftmost. Holds the working
 * memory; for one thread.
 *
 * <p>A token lies at the position of its first symbol, {@code span} symbols long. Short rows scan for the least rank. Long ones
 * are merged in chunks, which are then joined: a row of tokens is what the whole would have become if and only if every two
 * neighbours are what they alone would have become (no merge crosses a border first), so that only a few tokens around
 * each joint must be merged again. That takes linear time; should a joint ever need more, a heap takes the whole row.
 */
final class Merger {
    private static final int CHUNK = 32;
    private static final int POSITION_BITS = 6;
    private static final int SCAN_LIMIT = 1 << POSITION_BITS;
    private static final int JOINT_LIMIT = 1 << 10;
    private static final int MOST_ROUNDS = 64;
    private static final int NO_KEY = Integer.MAX_VALUE;

    private final int[] keys = new int[SCAN_LIMIT];
    private int[] base = new int[SCAN_LIMIT];
    private int[] tokens = new int[SCAN_LIMIT];
    private int[] spans = new int[SCAN_LIMIT];
    /** At the last symbol of a token: the position of its first. */
    private int[] heads = new int[SCAN_LIMIT];

    private int size;
    private long[] heap = new long[0];
    private int heapSize;

    /** Begins a row of so many symbols or a few more. */
    void clear(int expected) {
        clear();
        if (expected > base.length) {
            resize(expected);
        }
    }

    void clear() {
        size = 0;
        if (base.length > 1 << 16) {
            resize(SCAN_LIMIT);
            heap = new long[0];
        }
    }

    private void resize(int capacity) {
        base = size == 0 ? new int[capacity] : Arrays.copyOf(base, capacity);
        tokens = new int[capacity];
        spans = new int[capacity];
        heads = new int[capacity];
    }

    void add(int symbol) {
        if (size == base.length) {
            resize(size * 2);
        }
        base[size++] = symbol;
    }

    int size() {
        return size;
    }

    int token(int position) {
        return tokens[position];
    }

    int span(int position) {
        return spans[position];
    }

    /** Merges what was added; read the tokens from position 0 on, {@code span} by {@code span}. */
    void merge(PairRanks pairs) {
        if (size <= SCAN_LIMIT) {
            scan(pairs, 0, size);
            return;
        }
        if (isRun() && mergeInRounds(pairs)) {
            return;
        }
        for (int from = 0; from < size; from += CHUNK) {
            int to = Math.min(size, from + CHUNK);
            scan(pairs, from, to);
            if (from > 0 && !join(pairs, from, to)) {
                mergeByHeap(pairs, 0, size);
                return;
            }
        }
    }

    /** Joins the tokens before {@code joint} with those from it to {@code to}; false if that does not come to an end soon. */
    private boolean join(PairRanks pairs, int joint, int to) {
        int low = heads[joint - 1];
        int high = joint + spans[joint];
        while (true) {
            int firstSpan = spans[low];
            int lastHead = heads[high - 1];
            mergeRange(pairs, low, high);
            boolean leftHolds = low == 0 || spans[low] == firstSpan;
            boolean rightHolds = high == to || heads[high - 1] == lastHead;
            if (leftHolds && rightHolds) {
                return true;
            }
            low = leftHolds ? low : heads[low - 1];
            high = rightHolds ? high : high + spans[high];
            if (high - low > JOINT_LIMIT) {
                return false;
            }
        }
    }

    private void mergeRange(PairRanks pairs, int from, int to) {
        if (to - from <= SCAN_LIMIT) {
            scan(pairs, from, to);
        } else {
            mergeByHeap(pairs, from, to);
        }
    }

    private void reset(int from, int to) {
        for (int i = from; i < to; i++) {
            tokens[i] = base[i];
            spans[i] = 1;
            heads[i] = i;
        }
    }

    private void scan(PairRanks pairs, int from, int to) {
        reset(from, to);
        int count = to - from;
        for (int i = 0; i < count; i++) {
            keys[i] = key(pairs, from, from + i, to);
        }
        while (true) {
            int best = NO_KEY;
            for (int i = 0; i < count; i++) {
                best = Math.min(best, keys[i]);
            }
            if (best == NO_KEY) {
                return;
            }
            int at = from + (best & SCAN_LIMIT - 1);
            int right = at + spans[at];
            keys[right - from] = NO_KEY;
            unite(at, right, pairs.result(best >>> POSITION_BITS));
            keys[at - from] = key(pairs, from, at, to);
            if (at > from) {
                int left = heads[at - 1];
                keys[left - from] = key(pairs, from, left, to);
            }
        }
    }

    private int key(PairRanks pairs, int from, int at, int to) {
        int rank = rank(pairs, at, to);
        return rank == PairRanks.NONE ? NO_KEY : rank << POSITION_BITS | at - from;
    }

    /** The rank of the token at {@code at} with its right neighbour. */
    private int rank(PairRanks pairs, int at, int to) {
        int right = at + spans[at];
        return right < to ? pairs.rank(tokens[at], tokens[right]) : PairRanks.NONE;
    }

    private void unite(int at, int right, int token) {
        tokens[at] = token;
        spans[at] += spans[right];
        heads[at + spans[at] - 1] = at;
    }

    /** Whether most symbols are like the one before: tokens may be long then, and joints reach far. */
    private boolean isRun() {
        int repeated = 0;
        for (int i = 1; i < size; i++) {
            repeated += base[i] == base[i - 1] ? 1 : 0;
        }
        return repeated > size - (size >> 2);
    }

    /**
     * Merges all pairs of the least rank from left to right, then all of the least rank that there is now, and so on: few rounds,
     * each half as long as the one before, where there are few kinds of pairs.
     *
     * @return false if it takes too many rounds, or a merge makes a pair of lesser rank than its own, which would be next
     */
    private boolean mergeInRounds(PairRanks pairs) {
        System.arraycopy(base, 0, tokens, 0, size);
        Arrays.fill(spans, 0, size, 1);
        int least = PairRanks.NONE;
        for (int i = 0; i + 1 < size; i++) {
            heads[i] = pairs.rank(tokens[i], tokens[i + 1]);
            least = Math.min(least, heads[i]);
        }
        int count = size;
        for (int round = 0; least != PairRanks.NONE; round++) {
            if (round == MOST_ROUNDS) {
                return false;
            }
            int merged = pairs.result(least);
            int next = PairRanks.NONE;
            int end = 0;
            boolean afterMerge = false;
            for (int i = 0; i < count; end++) {
                boolean merges = i + 1 < count && heads[i] == least;
                if (merges && i + 2 < count && pairs.rank(merged, tokens[i + 2]) <= least) {
                    return false;
                }
                int token = merges ? merged : tokens[i];
                if (end > 0) {
                    boolean fresh = merges || afterMerge;
                    int rank = fresh ? pairs.rank(tokens[end - 1], token) : heads[i - 1];
                    if (fresh && rank <= least) {
                        return false;
                    }
                    heads[end - 1] = rank; // here: of the pair that begins with the token
                    next = Math.min(next, rank);
                }
                spans[end] = merges ? spans[i] + spans[i + 1] : spans[i];
                tokens[end] = token;
                i += merges ? 2 : 1;
                afterMerge = merges;
            }
            count = end;
            least = next;
        }
        spread(count);
        return true;
    }

    /** Moves each token from its place in the row to the position of its first symbol. */
    private void spread(int count) {
        int at = size;
        for (int i = count - 1; i >= 0; i--) {
            at -= spans[i];
            tokens[at] = tokens[i];
            spans[at] = spans[i];
        }
    }

    private void mergeByHeap(PairRanks pairs, int from, int to) {
        reset(from, to);
        heapSize = 0;
        if (heap.length < 2 * (to - from)) {
            heap = new long[2 * (to - from)];
        }
        int[] ranks = new int[to - from];
        for (int i = from; i < to; i++) {
            ranks[i - from] = rank(pairs, i, to);
            push(ranks[i - from], i);
        }
        while (heapSize > 0) {
            long best = pop();
            int rank = (int) (best >>> 32);
            int at = (int) best;
            if (ranks[at - from] != rank) {
                continue; // one of the two has been merged with another meanwhile
            }
            int right = at + spans[at];
            ranks[right - from] = PairRanks.NONE;
            unite(at, right, pairs.result(rank));
            ranks[at - from] = rank(pairs, at, to);
            push(ranks[at - from], at);
            if (at > from) {
                int left = heads[at - 1];
                ranks[left - from] = rank(pairs, left, to);
                push(ranks[left - from], left);
            }
        }
    }

    private void push(int rank, int at) {
        if (rank == PairRanks.NONE) {
            return;
        }
        if (heapSize == heap.length) {
            heap = Arrays.copyOf(heap, heapSize * 2);
        }
        long value = (long) rank << 32 | at;
        int i = heapSize++;
        while (i > 0 && heap[(i - 1) >> 1] > value) {
            heap[i] = heap[(i - 1) >> 1];
            i = (i - 1) >> 1;
        }
        heap[i] = value;
    }

    private long pop() {
        long top = heap[0];
        long value = heap[--heapSize];
        int i = 0;
        for (int child = 1; child < heapSize; child = 2 * i + 1) {
            if (child + 1 < heapSize && heap[child + 1] < heap[child]) {
                child++;
            }
            if (heap[child] >= value) {
                break;
            }
            heap[i] = heap[child];
            i = child;
        }
        heap[i] = value;
        return top;
    }
}
