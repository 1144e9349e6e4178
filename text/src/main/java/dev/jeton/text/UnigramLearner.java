package dev.jeton.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** Expectation maximisation and pruning: from seeds to the pieces of a unigram model and their log probabilities. */
final class UnigramLearner {
    private static final double SHRINKING = 0.75;
    private static final int SUB_ITERATIONS = 2;
    /** Pieces that are expected more rarely than this are dropped. */
    private static final double LEAST_EXPECTED = 0.5;
    /** Room above the wanted size at which pruning stops, so that the last choice is by probability. */
    private static final double SLACK = 1.1;

    /** A piece and its log probability. */
    record Piece(String text, double score) {}

    private final UnigramText text;
    private final UnigramLattice lattice;

    private UnigramLearner(UnigramText text, UnigramLattice lattice) {
        this.text = text;
        this.lattice = lattice;
    }

    /** The pieces, the most probable first: each character of the text, and as many more as {@code size} leaves room for. */
    static List<Piece> learn(UnigramText text, int size, long minFrequency, Consumer<TrainingProgress> listener) {
        if (text.words() == 0) {
            return List.of();
        }
        var lattice = new UnigramLattice(text, UnigramSeeds.of(text, minFrequency));
        return new UnigramLearner(text, lattice).learn(size, listener);
    }

    private List<Piece> learn(int size, Consumer<TrainingProgress> listener) {
        int target = (int) Math.min(Integer.MAX_VALUE, (long) (size * SLACK));
        int rounds =
                1 + (int) Math.max(0, Math.ceil(Math.log((double) target / lattice.pieces()) / Math.log(SHRINKING)));
        for (int round = 1; ; round++) {
            for (int i = 0; i < SUB_ITERATIONS; i++) {
                maximise(lattice.expectedCounts());
            }
            if (lattice.pieces() <= target) {
                return finished(size);
            }
            listener.accept(new TrainingProgress(TrainingProgress.Phase.LEARNING, Math.min(round, rounds), rounds));
            prune(Math.max(target, (int) (lattice.pieces() * SHRINKING)));
        }
    }

    /** The Bayesian M-step, which favours few pieces: exp(digamma(count)) in the place of the count. */
    private void maximise(double[] expected) {
        boolean[] kept = new boolean[expected.length];
        double sum = 0;
        for (int piece = 0; piece < expected.length; piece++) {
            // single characters stay, so that every word can always be made
            kept[piece] = expected[piece] >= LEAST_EXPECTED || lattice.length(piece) == 1;
            sum += kept[piece] ? Math.max(expected[piece], LEAST_EXPECTED) : 0;
        }
        double logSum = digamma(sum);
        double[] scores = new double[expected.length];
        for (int piece = 0; piece < scores.length; piece++) {
            scores[piece] = digamma(Math.max(expected[piece], LEAST_EXPECTED)) - logSum;
        }
        lattice.keep(kept, scores);
    }

    /** Keeps the pieces without which the likelihood would suffer most. */
    private void prune(int size) {
        int pieces = lattice.pieces();
        UnigramLattice.Usage usage = lattice.usage();
        long total = Arrays.stream(usage.frequencies()).sum();
        boolean[] kept = new boolean[pieces];
        double[] losses = new double[pieces];
        var candidates = new ArrayList<Integer>();
        int count = 0;
        for (int piece = 0; piece < pieces; piece++) {
            long frequency = usage.frequencies()[piece];
            if (lattice.length(piece) == 1) {
                kept[piece] = true;
                count++;
                continue;
            }
            int[] others = lattice.withoutItself(piece);
            if (frequency == 0 || others.length == 0) {
                continue; // never the best cut, not even of itself
            }
            double before = Math.log(frequency) - Math.log(total);
            double totalAfter = Math.log(total + (double) frequency * (others.length - 1));
            double after = 0;
            for (int other : others) {
                after += Math.log(usage.frequencies()[other] + (double) frequency) - totalAfter;
            }
            losses[piece] = usage.words()[piece] * (before - after);
            candidates.add(piece);
        }
        candidates.sort(Comparator.<Integer>comparingDouble(piece -> -losses[piece]));
        for (int i = 0; i < candidates.size() && count < size; i++, count++) {
            kept[candidates.get(i)] = true;
        }
        lattice.keep(kept, lattice.scores());
    }

    private List<Piece> finished(int size) {
        var result = new ArrayList<Piece>();
        var longer = new ArrayList<Piece>();
        for (int piece = 0; piece < lattice.pieces(); piece++) {
            // six decimals: read back from a file they are the same number
            double score = Math.rint(lattice.scores()[piece] * 1e6) / 1e6;
            int place = lattice.place(piece);
            var made = new Piece(text.string(place, place + lattice.length(piece)), score);
            (lattice.length(piece) == 1 ? result : longer).add(made);
        }
        Comparator<Piece> order =
                Comparator.<Piece>comparingDouble(piece -> -piece.score()).thenComparing(Piece::text);
        longer.sort(order);
        result.addAll(longer.subList(0, Math.min(longer.size(), size - result.size())));
        result.sort(order);
        return result;
    }

    /** The derivative of log gamma for x &gt; 0: by recurrence to 7 and above, then its asymptotic series. */
    static double digamma(double x) {
        double result = 0;
        double at = x;
        while (at < 7) {
            result -= 1 / at++;
        }
        double middle = at - 0.5;
        double square = 1 / (middle * middle);
        double series = square * (1 / 24.0 - square * (7 / 960.0 - square * (31 / 8064.0 - square * 127 / 30720.0)));
        return result + Math.log(middle) + series;
    }
}
