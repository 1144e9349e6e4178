package dev.jeton.text;

import java.util.Arrays;

/** The search for the best cut of a word into pieces: by place the best way to get there, and at last the pieces. */
final class BestCut {
    private static final int UNKNOWN = -1;

    private double[] best = new double[64];
    /** By how much the best way to a place is better than the second. */
    private double[] leads = new double[64];

    private int[] starts = new int[64];
    private int[] ids = new int[64];
    private int[] pieceIds = new int[64];
    private int[] pieceEnds = new int[64];
    private int first;
    private int end;
    private int size;
    private double lead;
    private boolean known;
    private boolean rounds;

    /**
     * Begins with a word.
     *
     * @param score what the text before has scored
     * @param toFloat whether what is kept of a score is rounded to float
     */
    void open(int bytes, double score, boolean toFloat) {
        size = bytes;
        rounds = toFloat;
        if (best.length <= size) {
            int capacity = Math.max(size + 1, best.length * 2);
            best = new double[capacity];
            leads = new double[capacity];
            starts = new int[capacity];
            ids = new int[capacity];
            pieceIds = new int[capacity];
            pieceEnds = new int[capacity];
        }
        Arrays.fill(starts, 0, size + 1, -1);
        best[0] = score;
    }

    double score(int at) {
        return best[at];
    }

    /** Offers a piece, of two equally good ways the one that was offered first stays. */
    void offer(int from, int to, int id, double score) {
        if (starts[to] < 0) {
            leads[to] = Double.POSITIVE_INFINITY;
        } else if (score > best[to]) {
            leads[to] = score - best[to];
        } else {
            leads[to] = Math.min(leads[to], best[to] - score);
            return;
        }
        best[to] = rounds ? (float) score : score;
        starts[to] = from;
        ids[to] = id;
    }

    void offerUnknown(int from, int to, double score) {
        offer(from, to, UNKNOWN, score);
    }

    /** Follows the best way back from the end; unknown characters in a row become one piece. */
    void close() {
        first = pieceEnds.length;
        end = first;
        lead = Double.POSITIVE_INFINITY;
        known = true;
        for (int at = size; at > 0; at = starts[at]) {
            boolean unknown = ids[at] == UNKNOWN;
            known &= !unknown;
            lead = Math.min(lead, leads[at]);
            if (!unknown || first == end || pieceIds[first] != UNKNOWN) {
                first--;
                pieceIds[first] = ids[at];
                pieceEnds[first] = at;
            }
        }
    }

    int count() {
        return end - first;
    }

    /** A piece's id, negative if it is unknown. */
    int id(int index) {
        return pieceIds[first + index];
    }

    int start(int index) {
        return index == 0 ? 0 : pieceEnds[first + index - 1];
    }

    int end(int index) {
        return pieceEnds[first + index];
    }

    /** What the text has scored at the end of the word. */
    double score() {
        return best[size];
    }

    /** Whether the cut stays the same, and all its pieces known, if each sum is off by no more than this. */
    boolean holdsWithin(double error) {
        return known && lead > 2 * error;
    }
}
