package dev.jeton.text;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * All pieces at all places of a text, and what probabilities say about them.
 *
 * <p>The pieces that stand at a place are found once; when pieces go, so do their entries. Sums over the text are of whole
 * numbers, so that they do not hang on the number of threads.
 */
final class UnigramLattice {
    /** What a character's probability is multiplied by, so that the product over a word stays within a double's range. */
    private static final double SCALE = 1e4;
    /** Expected counts are summed in millionths. */
    private static final double UNIT = 1 << 20;

    private static final int MOST_THREADS = 8;

    /** How often each piece is in the best cut of a word, and how often the words are that it is in. */
    record Usage(long[] frequencies, long[] words) {}

    private final UnigramText text;
    /** By place, where its entries begin; the entries are pieces that stand there. */
    private final int[] starts;

    private int[] entries;
    /** By piece: one of its places, its length, its log probability. */
    private int[] places;

    private int[] lengths;
    private double[] scores;

    UnigramLattice(UnigramText text, UnigramSeeds seeds) {
        this.text = text;
        int size = seeds.seeds().size();
        places = new int[size];
        lengths = new int[size];
        scores = new double[size];
        starts = new int[text.size() + 2];
        double total = 0;
        long entryCount = 0;
        for (UnigramSeeds.Seed seed : seeds.seeds()) {
            total += seed.weight();
            entryCount += seed.to() - seed.from();
            for (int i = seed.from(); i < seed.to(); i++) {
                starts[seeds.place(i) + 2]++;
            }
        }
        if (entryCount > Integer.MAX_VALUE - 64) {
            throw new TokenizerException("training: the different words are too many, train on less text");
        }
        Arrays.parallelPrefix(starts, Integer::sum);
        entries = new int[(int) entryCount];
        for (int piece = 0; piece < size; piece++) {
            UnigramSeeds.Seed seed = seeds.seeds().get(piece);
            places[piece] = seeds.place(seed.from());
            lengths[piece] = seed.length();
            scores[piece] = Math.log(seed.weight()) - Math.log(total);
            for (int i = seed.from(); i < seed.to(); i++) {
                entries[starts[seeds.place(i) + 1]++] = piece;
            }
        }
    }

    int pieces() {
        return places.length;
    }

    int place(int piece) {
        return places[piece];
    }

    int length(int piece) {
        return lengths[piece];
    }

    double[] scores() {
        return scores;
    }

    /** Drops pieces; the others get the scores of their old numbers. */
    void keep(boolean[] kept, double[] newScores) {
        int[] renamed = new int[kept.length];
        int size = 0;
        for (int piece = 0; piece < kept.length; piece++) {
            renamed[piece] = kept[piece] ? size : -1;
            if (kept[piece]) {
                places[size] = places[piece];
                lengths[size] = lengths[piece];
                scores[size++] = newScores[piece];
            }
        }
        places = Arrays.copyOf(places, size);
        lengths = Arrays.copyOf(lengths, size);
        scores = Arrays.copyOf(scores, size);
        int end = 0;
        int from = 0;
        for (int place = 0; place < text.size(); place++) {
            int to = starts[place + 1];
            for (int i = from; i < to; i++) {
                if (renamed[entries[i]] >= 0) {
                    entries[end++] = renamed[entries[i]];
                }
            }
            from = to;
            starts[place + 1] = end;
        }
        entries = Arrays.copyOf(entries, end);
    }

    /** How often each piece is expected over all cuts of all words. */
    double[] expectedCounts() {
        double[] weights = new double[pieces()];
        for (int piece = 0; piece < weights.length; piece++) {
            weights[piece] = Math.exp(scores[piece]) * Math.pow(SCALE, lengths[piece]);
        }
        long[] sums = eachWord(pieces(), (word, buffers, result) -> expect(word, weights, buffers, result));
        return Arrays.stream(sums).mapToDouble(sum -> sum / UNIT).toArray();
    }

    private void expect(int word, double[] weights, Buffers buffers, long[] result) {
        int first = text.start(word);
        int size = text.end(word) - first;
        double[] forward = buffers.forward;
        double[] backward = buffers.backward;
        Arrays.fill(forward, 0, size + 1, 0);
        forward[0] = 1;
        for (int at = 0; at < size; at++) {
            for (int i = starts[first + at]; i < starts[first + at + 1]; i++) {
                int piece = entries[i];
                forward[at + lengths[piece]] += forward[at] * weights[piece];
            }
        }
        backward[size] = text.count(word) * UNIT / forward[size];
        for (int at = size - 1; at >= 0; at--) {
            double sum = 0;
            for (int i = starts[first + at]; i < starts[first + at + 1]; i++) {
                int piece = entries[i];
                double rest = weights[piece] * backward[at + lengths[piece]];
                result[piece] += (long) (forward[at] * rest);
                sum += rest;
            }
            backward[at] = sum;
        }
    }

    /** How the best cuts use the pieces. */
    Usage usage() {
        int size = pieces();
        long[] both = eachWord(2 * size, (word, buffers, result) -> {
            int count = best(text.start(word), text.end(word), -1, buffers);
            Arrays.sort(buffers.path, 0, count);
            for (int i = 0; i < count; i++) {
                int piece = buffers.path[i];
                result[piece] += text.count(word);
                result[size + piece] += i == 0 || buffers.path[i - 1] != piece ? text.count(word) : 0;
            }
        });
        return new Usage(Arrays.copyOf(both, size), Arrays.copyOfRange(both, size, 2 * size));
    }

    /** The best cut of a piece into others; empty if that is better than the piece itself. */
    int[] withoutItself(int piece) {
        var buffers = new Buffers();
        int from = places[piece];
        int count = best(from, from + lengths[piece], piece, buffers);
        return buffers.forward[lengths[piece]] > scores[piece] ? new int[0] : Arrays.copyOf(buffers.path, count);
    }

    /** Puts the best cut into {@code buffers.path}, its score at the end of {@code buffers.forward}; returns its size. */
    private int best(int from, int to, int without, Buffers buffers) {
        int size = to - from;
        double[] score = buffers.forward;
        int[] last = buffers.last;
        Arrays.fill(score, 0, size + 1, Double.NEGATIVE_INFINITY);
        score[0] = 0;
        for (int at = 0; at < size; at++) {
            for (int i = starts[from + at]; i < starts[from + at + 1]; i++) {
                int piece = entries[i];
                int end = at + lengths[piece];
                if (end <= size && piece != without && score[at] + scores[piece] > score[end]) {
                    score[end] = score[at] + scores[piece];
                    last[end] = piece;
                }
            }
        }
        int count = 0;
        for (int at = size; at > 0; at -= lengths[last[at]]) {
            buffers.path[count++] = last[at];
        }
        return count;
    }

    /** Working memory for one word. */
    private static final class Buffers {
        private final double[] forward = new double[UnigramText.LONGEST + 1];
        private final double[] backward = new double[UnigramText.LONGEST + 1];
        private final int[] last = new int[UnigramText.LONGEST + 1];
        private final int[] path = new int[UnigramText.LONGEST + 1];
    }

    /** Adds what a word has to say to the sums. */
    private interface Visitor {
        void visit(int word, Buffers buffers, long[] sums);
    }

    private long[] eachWord(int size, Visitor visitor) {
        int parts = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
        return IntStream.range(0, parts)
                .parallel()
                .mapToObj(part -> {
                    var buffers = new Buffers();
                    long[] sums = new long[size];
                    int from = (int) ((long) text.words() * part / parts);
                    int to = (int) ((long) text.words() * (part + 1) / parts);
                    for (int word = from; word < to; word++) {
                        visitor.visit(word, buffers, sums);
                    }
                    return sums;
                })
                .reduce((a, b) -> {
                    for (int i = 0; i < size; i++) {
                        a[i] += b[i];
                    }
                    return a;
                })
                .orElseThrow();
    }
}
