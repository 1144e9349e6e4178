package dev.jeton.models.vq;

import java.util.List;

/** A kind of quantizer and its numbers; {@link Quantizer#of} makes one. */
public sealed interface Quantization {
    /** Returns the usual one: a codebook that follows moving averages, begun by k-means. */
    static Vector vector(int codes) {
        return new Vector(
                codes,
                new Codebook.Averaged(0.99, 1e-5),
                Codebook.Metric.EUCLIDEAN,
                GradientEstimator.STRAIGHT_THROUGH,
                0.25,
                new Codebook.KMeans(10),
                0.03);
    }

    /** Returns rounding to levels, one number of them for each number of a vector. */
    static FiniteScalar finiteScalar(int... levels) {
        return new FiniteScalar(java.util.Arrays.stream(levels).boxed().toList(), ScalarBound.TANH);
    }

    /** Returns signs as bits, with the entropy loss of MAGVIT-v2. */
    static LookupFree lookupFree() {
        return new LookupFree(0.1, 1, 100, 0.25);
    }

    /**
     * Checks that this kind can quantise vectors of a size.
     *
     * @throws IllegalArgumentException if not
     */
    void check(int size);

    /** What can be a step of {@link Residual}. */
    sealed interface Step extends Quantization {}

    /**
     * A codebook of vectors, of which the nearest is chosen (VQ-VAE, arXiv 1711.00937).
     *
     * @param codes how many vectors the codebook has, {@code Q}
     * @param training how they are trained
     * @param metric what is near
     * @param estimator how gradients pass
     * @param commitment what the mean squared distance of the vectors to their codes is multiplied by in the loss
     * @param start what the codes are at first
     * @param reviveBelow a code that is chosen less often than this share of the average is replaced by a random vector of
     *     the batch; 0 replaces none
     */
    record Vector(
            int codes,
            Codebook.Training training,
            Codebook.Metric metric,
            GradientEstimator estimator,
            double commitment,
            Codebook.Start start,
            double reviveBelow)
            implements Step {
        /** Checks the numbers. */
        public Vector {
            checkCodes(codes);
            checkWeight("commitment", commitment);
            if (!(reviveBelow >= 0 && reviveBelow < 1)) {
                throw new IllegalArgumentException("Vector: reviveBelow must be in [0, 1), got " + reviveBelow);
            }
        }

        /** Returns the same with another number of codes. */
        public Vector withCodes(int codes) {
            return new Vector(codes, training, metric, estimator, commitment, start, reviveBelow);
        }

        /** Returns the same with codes that are trained otherwise. */
        public Vector withTraining(Codebook.Training training) {
            return new Vector(codes, training, metric, estimator, commitment, start, reviveBelow);
        }

        /** Returns the same with another idea of what is near. */
        public Vector withMetric(Codebook.Metric metric) {
            return new Vector(codes, training, metric, estimator, commitment, start, reviveBelow);
        }

        /** Returns the same with gradients that pass otherwise. */
        public Vector withEstimator(GradientEstimator estimator) {
            return new Vector(codes, training, metric, estimator, commitment, start, reviveBelow);
        }

        /** Returns the same with another weight of the commitment loss. */
        public Vector withCommitment(double commitment) {
            return new Vector(codes, training, metric, estimator, commitment, start, reviveBelow);
        }

        /** Returns the same with other first codes. */
        public Vector withStart(Codebook.Start start) {
            return new Vector(codes, training, metric, estimator, commitment, start, reviveBelow);
        }

        /** Returns the same with another limit below which codes are dead. */
        public Vector withReviveBelow(double reviveBelow) {
            return new Vector(codes, training, metric, estimator, commitment, start, reviveBelow);
        }

        @Override
        public void check(int size) {}
    }

    /**
     * Rounding of each number to one of a few levels (FSQ, arXiv 2309.15505).
     *
     * @param levels how many levels each number has: vectors have as many numbers
     * @param bound how numbers come into the levels' range
     */
    record FiniteScalar(List<Integer> levels, ScalarBound bound) implements Step {
        /** Checks the levels. */
        public FiniteScalar {
            levels = List.copyOf(levels);
            long codes = 1;
            for (int level : levels) {
                if (level < 2) {
                    throw new IllegalArgumentException("FiniteScalar: each number needs at least 2 levels: " + levels);
                }
                codes *= level;
                if (codes > Integer.MAX_VALUE) {
                    throw new IllegalArgumentException("FiniteScalar: more than 2³¹ codes: " + levels);
                }
            }
            if (levels.isEmpty()) {
                throw new IllegalArgumentException("FiniteScalar: there must be levels");
            }
        }

        /** Returns the same with another bound. */
        public FiniteScalar withBound(ScalarBound bound) {
            return new FiniteScalar(levels, bound);
        }

        int codes() {
            return levels.stream().reduce(1, Math::multiplyExact);
        }

        @Override
        public void check(int size) {
            checkSize("FiniteScalar of levels " + levels, levels.size(), size);
        }
    }

    /**
     * The signs of a vector's numbers as bits (LFQ, MAGVIT-v2, arXiv 2310.05737).
     *
     * @param entropyWeight what the entropy loss is multiplied by
     * @param diversity what the entropy of the mean distribution over the codes is multiplied by in it
     * @param inverseTemperature how sharply distances become probabilities in it
     * @param commitment what the mean squared distance of the vectors to their codes is multiplied by in the loss
     */
    record LookupFree(double entropyWeight, double diversity, double inverseTemperature, double commitment)
            implements Quantization {
        /** The most bits whose entropies are computed. */
        private static final int MOST_BITS = 20;

        /** Checks the numbers. */
        public LookupFree {
            checkWeight("entropyWeight", entropyWeight);
            checkWeight("diversity", diversity);
            checkWeight("commitment", commitment);
            if (!(inverseTemperature > 0)) {
                throw new IllegalArgumentException(
                        "LookupFree: inverseTemperature must be positive, got " + inverseTemperature);
            }
        }

        /** Returns the same with another weight of the entropy loss. */
        public LookupFree withEntropyWeight(double entropyWeight) {
            return new LookupFree(entropyWeight, diversity, inverseTemperature, commitment);
        }

        /** Returns the same with another weight of the commitment loss. */
        public LookupFree withCommitment(double commitment) {
            return new LookupFree(entropyWeight, diversity, inverseTemperature, commitment);
        }

        @Override
        public void check(int size) {
            if (size > MOST_BITS) {
                throw new IllegalArgumentException("LookupFree: vectors may have at most " + MOST_BITS
                        + " numbers, one for each bit, got " + size + "; Grouped cuts longer ones into parts");
            }
        }
    }

    /**
     * Several steps, each of which quantises what the ones before left over (SoundStream, arXiv 2107.03312).
     *
     * @param each the kind of each step, by Euclidean distance or with {@link ScalarBound#CLAMP}
     * @param steps how many
     */
    record Residual(Step each, int steps) implements Quantization {
        /** Checks that what is left over makes sense to the steps. */
        public Residual {
            if (steps < 1) {
                throw new IllegalArgumentException("Residual: there must be at least one step, got " + steps);
            }
            switch (each) {
                case Vector vector
                when vector.metric() != Codebook.Metric.EUCLIDEAN ->
                    throw new IllegalArgumentException("Residual: what is left over has a length, so that the metric of"
                            + " its steps must be EUCLIDEAN, got " + vector.metric());
                case FiniteScalar grid
                when grid.bound() != ScalarBound.CLAMP ->
                    throw new IllegalArgumentException("Residual: each step's range must be that of what the one before"
                            + " leaves over, so that its bound must be CLAMP, got " + grid.bound());
                case Vector _, FiniteScalar _ -> {}
            }
        }

        @Override
        public void check(int size) {
            each.check(size);
        }
    }

    /**
     * Equal parts of a vector, each quantised by itself (product quantisation).
     *
     * @param each the kind of each part's quantizer
     * @param groups how many parts
     */
    record Grouped(Quantization each, int groups) implements Quantization {
        /** Checks the number of parts. */
        public Grouped {
            if (groups < 1) {
                throw new IllegalArgumentException("Grouped: there must be at least one group, got " + groups);
            }
        }

        @Override
        public void check(int size) {
            if (size % groups != 0) {
                throw new IllegalArgumentException(
                        "Grouped: vectors of " + size + " numbers cannot be cut into " + groups + " equal parts");
            }
            each.check(size / groups);
        }
    }

    /**
     * The nearest row of a fixed codebook seen through a trained matrix (SimVQ, arXiv 2411.02038).
     *
     * @param codes how many vectors the codebook has
     * @param commitment what the mean squared distance of the vectors to their codes is multiplied by in the loss; that of
     *     the codes to their vectors counts once
     * @param estimator how gradients pass
     */
    record SimVq(int codes, double commitment, GradientEstimator estimator) implements Quantization {
        /** Checks the numbers. */
        public SimVq {
            checkCodes(codes);
            checkWeight("commitment", commitment);
        }

        /** Returns the usual one. */
        public static SimVq of(int codes) {
            return new SimVq(codes, 0.25, GradientEstimator.STRAIGHT_THROUGH);
        }

        @Override
        public void check(int size) {}
    }

    private static void checkCodes(int codes) {
        if (codes < 2) {
            throw new IllegalArgumentException("Quantization: there must be at least 2 codes, got " + codes);
        }
    }

    private static void checkWeight(String name, double weight) {
        if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("Quantization: " + name + " must be 0 or more, got " + weight);
        }
    }

    private static void checkSize(String kind, int needed, int size) {
        if (needed != size) {
            throw new IllegalArgumentException(
                    kind + ": vectors must have " + needed + " numbers, one for each level, got " + size);
        }
    }
}
