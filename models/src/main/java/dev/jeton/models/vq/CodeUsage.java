package dev.jeton.models.vq;

import dev.jeton.torch.ShapeException;
import dev.jeton.torch.Tensor;

/** Counts which codes are chosen: how many of a codebook are alive, and how evenly they are used. */
public final class CodeUsage {
    private final long[][] counts;
    private long vectors;

    private CodeUsage(int[] codes) {
        counts = new long[codes.length][];
        for (int i = 0; i < codes.length; i++) {
            counts[i] = new long[codes[i]];
        }
    }

    /** Begins to count a quantizer's codes. */
    public static CodeUsage of(Quantizer quantizer) {
        return new CodeUsage(quantizer.codes());
    }

    /**
     * Counts chosen codes.
     *
     * @param indices {@code [..., L]}, as {@link Quantized#indices()}
     * @return this
     */
    public CodeUsage add(Tensor indices) {
        if (indices.rank() == 0 || indices.size(-1) != counts.length) {
            throw new ShapeException("CodeUsage: " + counts.length + " codes for each vector are needed, [..., "
                    + counts.length + "]; the shape is " + indices.shape());
        }
        int[] chosen = indices.toInts();
        for (int i = 0; i < chosen.length; i++) {
            counts[i % counts.length][chosen[i]]++;
        }
        vectors += chosen.length / counts.length;
        return this;
    }

    /** Returns the share of the codes that were chosen at least once, from 0 to 1. */
    public double used() {
        long used = 0;
        long all = 0;
        for (long[] codes : counts) {
            all += codes.length;
            for (long count : codes) {
                used += count > 0 ? 1 : 0;
            }
        }
        return (double) used / all;
    }

    /**
     * Returns the number of equally used codes that would be as hard to guess: {@code exp(H)} of the codes' frequencies,
     * the geometric mean over the codes of a vector. 0 before anything was counted.
     */
    public double perplexity() {
        if (vectors == 0) {
            return 0;
        }
        double entropy = 0;
        for (long[] codes : counts) {
            for (long count : codes) {
                if (count > 0) {
                    double p = (double) count / vectors;
                    entropy -= p * Math.log(p);
                }
            }
        }
        return Math.exp(entropy / counts.length);
    }
}
