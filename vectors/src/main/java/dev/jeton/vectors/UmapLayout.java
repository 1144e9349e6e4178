package dev.jeton.vectors;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Lays points out so that neighbours stay neighbours: UMAP (McInnes, Healy and Melville 2018, arXiv 1802.03426) for the plane, at its
 * authors' settings: a least distance of 0.1, five negative samples, 500 epochs, 200 for more than 10,000 points. Deviation: it starts from
 * the principal plane instead of the spectral layout.
 */
final class UmapLayout {
    /** {@code 1 / (1 + A x^(2B))} fits the wanted closeness at distance x for a least distance of 0.1. */
    private static final double A = 1.5769;

    private static final double B = 0.8951;
    private static final int NEGATIVES = 5;
    private static final int SEARCH_STEPS = 64;
    private static final double CLIP = 4;

    /** Half the width of the start, as the authors have it. */
    private static final double START = 10;

    private final double[][] places;
    private final Randoms random;

    /** Both ends of each edge and the epochs between two uses of it. */
    private final int[] from;

    private final int[] to;
    private final double[] period;

    private UmapLayout(double[][] places, Map<Long, Double> weights, Randoms random) {
        this.places = places;
        this.random = random;
        from = new int[weights.size()];
        to = new int[weights.size()];
        period = new double[weights.size()];
        double strongest =
                weights.values().stream().mapToDouble(Double::doubleValue).max().orElse(1);
        int edge = 0;
        for (Map.Entry<Long, Double> weight : weights.entrySet()) {
            from[edge] = (int) (weight.getKey() >>> 32);
            to[edge] = weight.getKey().intValue();
            period[edge++] = strongest / weight.getValue();
        }
    }

    /**
     * Moves points to where they belong.
     *
     * @param start places to start from; they are scaled and moved
     * @param neighbours for each point its nearest ones
     * @param distances and how far they are, the nearest first
     */
    static double[][] of(double[][] start, int[][] neighbours, double[][] distances, long seed) {
        Randoms random = new Randoms(seed, 1, start.length);
        spread(start, random);
        UmapLayout layout = new UmapLayout(start, weights(neighbours, distances), random);
        int epochs = start.length > 10_000 ? 200 : 500;
        double[] due = layout.period.clone();
        for (int epoch = 1; epoch <= epochs; epoch++) {
            double rate = 1 - (epoch - 1.0) / epochs;
            for (int edge = 0; edge < due.length; edge++) {
                if (due[edge] <= epoch) {
                    due[edge] += layout.period[edge];
                    layout.pull(edge, rate);
                }
            }
        }
        return start;
    }

    private static void spread(double[][] places, Randoms random) {
        double widest = Arrays.stream(places)
                .flatMapToDouble(Arrays::stream)
                .map(Math::abs)
                .max()
                .orElse(1);
        for (double[] place : places) {
            for (int d = 0; d < 2; d++) {
                place[d] = place[d] * START / Math.max(widest, 1e-12) + random.centred() * 1e-3;
            }
        }
    }

    /** How sure it is that two points are neighbours, by either's measure. The key has the smaller point in its high half. */
    private static Map<Long, Double> weights(int[][] neighbours, double[][] distances) {
        Map<Long, Double> weights = new TreeMap<>();
        for (int i = 0; i < neighbours.length; i++) {
            double scale = scale(distances[i]);
            for (int n = 0; n < neighbours[i].length; n++) {
                double sure = closeness(distances[i][n], distances[i][0], scale);
                long key = (long) Math.min(i, neighbours[i][n]) << 32 | Math.max(i, neighbours[i][n]);
                weights.merge(key, sure, (a, b) -> a + b - a * b);
            }
        }
        return weights;
    }

    private static double closeness(double distance, double nearest, double scale) {
        return Math.exp(-Math.max(0, distance - nearest) / scale);
    }

    /** The scale at which a point's neighbours count for the logarithm of their number, by halving. */
    private static double scale(double[] distances) {
        double wanted = Math.log(distances.length + 1.0) / Math.log(2);
        double low = 0;
        double high = Double.POSITIVE_INFINITY;
        double scale = 1;
        for (int step = 0; step < SEARCH_STEPS; step++) {
            double sum = 0;
            for (double distance : distances) {
                sum += closeness(distance, distances[0], scale);
            }
            if (sum > wanted) {
                high = scale;
                scale = (low + high) / 2;
            } else {
                low = scale;
                scale = high == Double.POSITIVE_INFINITY ? scale * 2 : (low + high) / 2;
            }
        }
        return Math.clamp(scale, 1e-6, 1e6);
    }

    /** Draws an edge's ends together and pushes each from a few random points. */
    private void pull(int edge, double rate) {
        double[] first = places[from[edge]];
        double[] second = places[to[edge]];
        double squared = squared(first, second);
        if (squared > 0) {
            double force = -2 * A * B * Math.pow(squared, B - 1) / (1 + A * Math.pow(squared, B));
            move(first, second, force, rate, true);
        }
        push(from[edge], rate);
        push(to[edge], rate);
    }

    private void push(int point, double rate) {
        for (int n = 0; n < NEGATIVES; n++) {
            int other = random.below(places.length);
            if (other != point) {
                double squared = squared(places[point], places[other]);
                double force = 2 * B / ((0.001 + squared) * (1 + A * Math.pow(squared, B)));
                move(places[point], places[other], force, rate, false);
            }
        }
    }

    private static double squared(double[] a, double[] b) {
        return (a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1]);
    }

    private static void move(double[] a, double[] b, double force, double rate, boolean both) {
        for (int d = 0; d < 2; d++) {
            double step = rate * Math.clamp(force * (a[d] - b[d]), -CLIP, CLIP);
            a[d] += step;
            b[d] -= both ? step : 0;
        }
    }
}
