package dev.jeton.data;

/**
 * Random numbers that depend on nothing but a seed and an index: SplitMix64 (Steele, Lea, Flood: Fast splittable
 * pseudorandom number generators, 2014), the same on every platform and Java version.
 */
final class Dice {
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private long state;

    Dice(long seed, long index) {
        state = mix(mix(seed) + index * GOLDEN);
    }

    /** A bijection of all longs in which every bit depends on every bit. */
    static long mix(long x) {
        x = (x ^ (x >>> 30)) * 0xbf58476d1ce4e5b9L;
        x = (x ^ (x >>> 27)) * 0x94d049bb133111ebL;
        return x ^ (x >>> 31);
    }

    long bits() {
        state += GOLDEN;
        return mix(state);
    }

    /** In [0, 1). */
    double uniform() {
        return (bits() >>> 11) * 0x1p-53;
    }

    double between(double low, double high) {
        return low + (high - low) * uniform();
    }

    /** In [0, bound); the bias of bounds that are no powers of two is below bound / 2³². */
    int below(int bound) {
        return (int) (((bits() >>> 32) * bound) >>> 32);
    }

    boolean chance(double probability) {
        return uniform() < probability;
    }

    <T> T oneOf(T[] values) {
        return values[below(values.length)];
    }
}
