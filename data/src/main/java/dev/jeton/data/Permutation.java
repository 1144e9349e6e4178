package dev.jeton.data;

import java.util.function.IntUnaryOperator;

/**
 * A random order of 0, 1, … size - 1 that is computed place by place, without a table, so that it can be entered anywhere
 * and is no larger for two billion images than for two: a Feistel network over the next power of four, walked until it
 * comes back below size (Black, Rogaway: Ciphers with arbitrary finite domains, 2002).
 */
final class Permutation implements IntUnaryOperator {
    private static final int ROUNDS = 8;

    private final int size;
    private final int halfBits;
    private final long[] keys = new long[ROUNDS];

    Permutation(int size, long seed, long epoch) {
        this.size = size;
        this.halfBits = Math.max(1, (33 - Integer.numberOfLeadingZeros(size - 1)) / 2);
        var dice = new Dice(seed, epoch);
        for (int i = 0; i < ROUNDS; i++) {
            keys[i] = dice.bits();
        }
    }

    @Override
    public int applyAsInt(int place) {
        // as an unsigned int, because the power of four above 2³⁰ is 2³²
        int index = place;
        do {
            index = scramble(index);
        } while (Integer.compareUnsigned(index, size) >= 0);
        return index;
    }

    private int scramble(int index) {
        int mask = (1 << halfBits) - 1;
        int left = index >>> halfBits;
        int right = index & mask;
        for (long key : keys) {
            int next = left ^ ((int) Dice.mix(key + right) & mask);
            left = right;
            right = next;
        }
        return left << halfBits | right;
    }
}
