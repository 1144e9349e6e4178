package dev.jeton.models.vq;

/** The choices that a codebook of vectors leaves. */
public final class Codebook {
    private Codebook() {}

    /** What is near. */
    public enum Metric {
        /** The distance of the points. */
        EUCLIDEAN,
        /** The angle between the directions: vectors and codes are scaled to length 1 (ViT-VQGAN, arXiv 2110.04627). */
        COSINE
    }

    /** How codes come to where the vectors are. */
    public sealed interface Training {}

    /**
     * Each code is the mean of the vectors that chose it, averaged over the past (VQ-VAE, arXiv 1711.00937, appendix A.1).
     *
     * @param decay what is left of the past after each step
     * @param epsilon what each code's count is raised by, so that no mean divides by zero (Laplace's smoothing)
     */
    public record Averaged(double decay, double epsilon) implements Training {
        /** Checks the numbers. */
        public Averaged {
            checkDecay(decay);
            if (!(epsilon > 0)) {
                throw new IllegalArgumentException("Averaged: epsilon must be positive, got " + epsilon);
            }
        }
    }

    /**
     * Codes are parameters, drawn to the vectors that chose them by a term of the loss.
     *
     * @param weight what the mean squared distance of the codes to their vectors is multiplied by: 1 in the paper
     */
    public record Learned(double weight) implements Training {
        /** Checks the weight. */
        public Learned {
            if (!(weight > 0)) {
                throw new IllegalArgumentException("Learned: weight must be positive, got " + weight);
            }
        }
    }

    /** What codes are before the first step. */
    public sealed interface Start {}

    /** Normally distributed, with a mean squared length of 1. */
    public record Random() implements Start {}

    /**
     * Means of clusters of the first batch (Jukebox, arXiv 2005.00341; SoundStream, arXiv 2107.03312).
     *
     * @param rounds how often clusters and means are computed in turn
     */
    public record KMeans(int rounds) implements Start {
        /** Checks the rounds. */
        public KMeans {
            if (rounds < 0) {
                throw new IllegalArgumentException("KMeans: rounds must be 0 or more, got " + rounds);
            }
        }
    }

    private static void checkDecay(double decay) {
        if (!(decay >= 0 && decay < 1)) {
            throw new IllegalArgumentException("Averaged: decay must be in [0, 1), got " + decay);
        }
    }
}
