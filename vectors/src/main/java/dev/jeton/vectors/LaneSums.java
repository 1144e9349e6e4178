package dev.jeton.vectors;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Adds up the lanes of twelve registers: two inputs' six sums. Pairs of registers are folded into one until each lane is a sum, which takes
 * a quarter of the instructions that twelve separate sums would, and adds in an order that is always the same, which the Vector API does
 * not promise of its own.
 *
 * <p>The methods are long for the reason that {@link VectorKernel} tells.
 */
final class LaneSums {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();

    /** Swap neighbouring lanes, pairs, fours and eights, and masks of every second one of these. */
    private static final VectorShuffle<Float> W1 = VectorShuffle.fromOp(S, i -> i ^ 1);

    private static final VectorShuffle<Float> W2 = VectorShuffle.fromOp(S, i -> i ^ 2);
    private static final VectorShuffle<Float> W4 = VectorShuffle.fromOp(S, i -> (i ^ 4) % L);
    private static final VectorShuffle<Float> W8 = VectorShuffle.fromOp(S, i -> (i ^ 8) % L);
    private static final VectorMask<Float> M1 = VectorMask.fromLong(S, 0xAAAA);
    private static final VectorMask<Float> M2 = VectorMask.fromLong(S, 0xCCCC);
    private static final VectorMask<Float> M4 = VectorMask.fromLong(S, 0xF0F0);
    private static final VectorMask<Float> M8 = VectorMask.fromLong(S, 0xFF00);

    private LaneSums() {}

    /** Writes the sums of the twelve registers of {@code sums[from…]} to {@code to[at…]}: {@link Block#SLOTS} places for each input. */
    static void add(float[] sums, int from, float[] to, int at) {
        switch (L) {
            case 16 -> addSixteens(sums, from, to, at);
            case 8 -> {
                addEights(sums, from, to, at);
                addEights(sums, from + Block.GROUP * L, to, at + Block.SLOTS);
            }
            default -> {
                addFours(sums, from, to, at);
                addFours(sums, from + Block.GROUP * L, to, at + Block.SLOTS);
            }
        }
    }

    private static void addSixteens(float[] sums, int from, float[] to, int at) {
        FloatVector x0 = FloatVector.fromArray(S, sums, from + 0 * L);
        FloatVector y0 = FloatVector.fromArray(S, sums, from + 6 * L);
        FloatVector eights0 = x0.blend(y0, M8).add(y0.blend(x0, M8).rearrange(W8));
        FloatVector x1 = FloatVector.fromArray(S, sums, from + 1 * L);
        FloatVector y1 = FloatVector.fromArray(S, sums, from + 7 * L);
        FloatVector eights1 = x1.blend(y1, M8).add(y1.blend(x1, M8).rearrange(W8));
        FloatVector x2 = FloatVector.fromArray(S, sums, from + 2 * L);
        FloatVector y2 = FloatVector.fromArray(S, sums, from + 8 * L);
        FloatVector eights2 = x2.blend(y2, M8).add(y2.blend(x2, M8).rearrange(W8));
        FloatVector x3 = FloatVector.fromArray(S, sums, from + 3 * L);
        FloatVector y3 = FloatVector.fromArray(S, sums, from + 9 * L);
        FloatVector eights3 = x3.blend(y3, M8).add(y3.blend(x3, M8).rearrange(W8));
        FloatVector x4 = FloatVector.fromArray(S, sums, from + 4 * L);
        FloatVector y4 = FloatVector.fromArray(S, sums, from + 10 * L);
        FloatVector eights4 = x4.blend(y4, M8).add(y4.blend(x4, M8).rearrange(W8));
        FloatVector x5 = FloatVector.fromArray(S, sums, from + 5 * L);
        FloatVector y5 = FloatVector.fromArray(S, sums, from + 11 * L);
        FloatVector eights5 = x5.blend(y5, M8).add(y5.blend(x5, M8).rearrange(W8));
        FloatVector fours0 =
                eights0.blend(eights4, M4).add(eights4.blend(eights0, M4).rearrange(W4));
        FloatVector fours1 =
                eights1.blend(eights5, M4).add(eights5.blend(eights1, M4).rearrange(W4));
        FloatVector fours2 = eights2.add(eights2.rearrange(W4));
        FloatVector fours3 = eights3.add(eights3.rearrange(W4));
        FloatVector twos0 =
                fours0.blend(fours2, M2).add(fours2.blend(fours0, M2).rearrange(W2));
        FloatVector twos1 =
                fours1.blend(fours3, M2).add(fours3.blend(fours1, M2).rearrange(W2));
        FloatVector ones = twos0.blend(twos1, M1).add(twos1.blend(twos0, M1).rearrange(W1));
        ones.intoArray(to, at);
    }

    private static void addEights(float[] sums, int from, float[] to, int at) {
        FloatVector x0 = FloatVector.fromArray(S, sums, from + 0 * L);
        FloatVector x1 = FloatVector.fromArray(S, sums, from + 1 * L);
        FloatVector x2 = FloatVector.fromArray(S, sums, from + 2 * L);
        FloatVector x3 = FloatVector.fromArray(S, sums, from + 3 * L);
        FloatVector x4 = FloatVector.fromArray(S, sums, from + 4 * L);
        FloatVector x5 = FloatVector.fromArray(S, sums, from + 5 * L);
        FloatVector fours0 = x0.blend(x4, M4).add(x4.blend(x0, M4).rearrange(W4));
        FloatVector fours1 = x1.blend(x5, M4).add(x5.blend(x1, M4).rearrange(W4));
        FloatVector fours2 = x2.add(x2.rearrange(W4));
        FloatVector fours3 = x3.add(x3.rearrange(W4));
        FloatVector twos0 =
                fours0.blend(fours2, M2).add(fours2.blend(fours0, M2).rearrange(W2));
        FloatVector twos1 =
                fours1.blend(fours3, M2).add(fours3.blend(fours1, M2).rearrange(W2));
        FloatVector ones = twos0.blend(twos1, M1).add(twos1.blend(twos0, M1).rearrange(W1));
        ones.intoArray(to, at);
    }

    private static void addFours(float[] sums, int from, float[] to, int at) {
        FloatVector x0 = FloatVector.fromArray(S, sums, from + 0 * L);
        FloatVector x1 = FloatVector.fromArray(S, sums, from + 1 * L);
        FloatVector x2 = FloatVector.fromArray(S, sums, from + 2 * L);
        FloatVector x3 = FloatVector.fromArray(S, sums, from + 3 * L);
        FloatVector x4 = FloatVector.fromArray(S, sums, from + 4 * L);
        FloatVector x5 = FloatVector.fromArray(S, sums, from + 5 * L);
        FloatVector twos0 = x0.blend(x2, M2).add(x2.blend(x0, M2).rearrange(W2));
        FloatVector twos1 = x1.blend(x3, M2).add(x3.blend(x1, M2).rearrange(W2));
        FloatVector ones = twos0.blend(twos1, M1).add(twos1.blend(twos0, M1).rearrange(W1));
        ones.intoArray(to, at);
        FloatVector fours = x4.blend(x5, M1).add(x5.blend(x4, M1).rearrange(W1));
        fours.add(fours.rearrange(W2)).intoArray(to, at + L);
    }
}
