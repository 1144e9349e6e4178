package dev.jeton.vectors;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Exact search: every row is looked at, on all cores where there are many. */
final class Search {
    /** Rows that one task looks at. */
    private static final int PART = 1 << 14;

    private final Kernel kernel;
    private final Matrix matrix;
    private final float[] norms;

    Search(Kernel kernel, Matrix matrix, float[] norms) {
        this.kernel = kernel;
        this.matrix = matrix;
        this.norms = norms;
    }

    /** A row and its score. */
    record Hit(int row, double score) {}

    /** How well a row answers. */
    interface Score {
        double of(int row);
    }

    /** The cosine of a row and a query of length 1; rows of zeros are as far as can be. */
    double cosine(int row, float[] query) {
        return norms[row] == 0 ? -1 : kernel.dot(matrix, row, query) / norms[row];
    }

    /** The {@code count} best rows that {@code allowed} lets through, the best first, equal ones by their order. */
    List<Hit> best(int count, IntPredicate allowed, Score score) {
        Comparator<Hit> worstFirst = Comparator.comparingDouble(Hit::score)
                .thenComparing(Comparator.comparingInt(Hit::row).reversed());
        int parts = (matrix.rows() + PART - 1) / PART;
        IntStream starts = IntStream.range(0, parts);
        List<Hit> hits = (parts > 2 ? starts.parallel() : starts)
                .mapToObj(part -> bestOfPart(part, count, allowed, score, worstFirst))
                .collect(ArrayList::new, ArrayList::addAll, ArrayList::addAll);
        hits.sort(worstFirst.reversed());
        return List.copyOf(hits.subList(0, Math.min(count, hits.size())));
    }

    private List<Hit> bestOfPart(int part, int count, IntPredicate allowed, Score score, Comparator<Hit> worstFirst) {
        PriorityQueue<Hit> best = new PriorityQueue<>(Math.max(1, count), worstFirst);
        int end = Math.min(matrix.rows(), (part + 1) * PART);
        for (int row = part * PART; row < end; row++) {
            double value = score.of(row);
            Hit worst = best.peek();
            boolean enters = best.size() < count || (worst != null && value > worst.score());
            if (enters && allowed.test(row)) {
                best.add(new Hit(row, value));
                if (best.size() > count) {
                    best.poll();
                }
            }
        }
        return List.copyOf(best);
    }
}
