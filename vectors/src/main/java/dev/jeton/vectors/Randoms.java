package dev.jeton.vectors;

/** A stream of random numbers for one piece of work: SplitMix64 (Steele et al. 2014), two multiplications a draw. */
final class Randoms {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private long state;

    /** A stream of its own for each triple. */
    Randoms(long seed, long first, long second) {
        state = mix(mix(seed + GOLDEN) + first * GOLDEN) ^ mix(second + GOLDEN);
    }

    long next() {
        state += GOLDEN;
        return mix(state);
    }

    /** Uniform from 0 to {@code bound - 1}. */
    int below(int bound) {
        return (int) (((next() >>> 32) * bound) >>> 32);
    }

    /** Uniform from -0.5 to 0.5. */
    float centred() {
        return (next() >>> 40) * 0x1p-24f - 0.5f;
    }

    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
