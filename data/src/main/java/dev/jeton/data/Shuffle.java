package dev.jeton.data;

import java.util.function.IntUnaryOperator;

/** The order in which images come. */
public sealed interface Shuffle {
    /** The order of the source, every time. */
    record None() implements Shuffle {}

    /** Another order each epoch, the same one for the same seed, epoch and number of images. */
    record Seeded(long seed) implements Shuffle {}

    /** The order of the source, every time. */
    static Shuffle none() {
        return new None();
    }

    /** Another order each epoch, the same one for the same seed, epoch and number of images. */
    static Shuffle seeded(long seed) {
        return new Seeded(seed);
    }

    /** Which image comes at a place of an epoch. */
    default IntUnaryOperator order(int size, long epoch) {
        return switch (this) {
            case None _ -> IntUnaryOperator.identity();
            case Seeded(long seed) -> new Permutation(size, seed, epoch);
        };
    }
}
