package dev.jeton.models.vq;

import dev.jeton.torch.Tensor;
import java.util.Arrays;

/** How finite scalar quantisation brings any number into the range of its levels, which divide -1 to 1 evenly. */
public enum ScalarBound {
    /**
     * By tanh, as the paper does it: an odd number of levels lies symmetric around 0; of an even number the lowest is -1
     * and the highest falls short of 1.
     */
    TANH {
        @Override
        Tensor positions(Tensor z, double[] levels) {
            double[] shift = new double[levels.length];
            double[] half = new double[levels.length];
            double[] middle = new double[levels.length];
            for (int i = 0; i < levels.length; i++) {
                double offset = levels[i] % 2 == 0 ? 0.5 : 0;
                half[i] = (levels[i] - 1) * (1 + MARGIN) / 2;
                shift[i] = atanh(offset / half[i]);
                middle[i] = Math.floor(levels[i] / 2) - offset;
            }
            return z.add(row(shift, z)).tanh().mul(row(half, z)).add(row(middle, z));
        }

        @Override
        double step(double levels) {
            return 1 / Math.floor(levels / 2);
        }
    },
    /** By tanh, with levels that reach from -1 to 1 whether their number is even or odd. */
    SYMMETRIC {
        @Override
        Tensor positions(Tensor z, double[] levels) {
            return spread(z.tanh(), levels);
        }

        @Override
        double step(double levels) {
            return 2 / (levels - 1);
        }
    },
    /** By cutting off at -1 and 1, with levels that reach from the one to the other: for the steps of a residual. */
    CLAMP {
        @Override
        Tensor positions(Tensor z, double[] levels) {
            return spread(z.clamp(-1, 1), levels);
        }

        @Override
        double step(double levels) {
            return 2 / (levels - 1);
        }
    };

    /** How far tanh reaches beyond the outermost levels, so that they can be reached. */
    private static final double MARGIN = 1e-3;

    /** Returns where numbers {@code [N, E]} lie between level 0 and level {@code levels - 1}, before rounding. */
    abstract Tensor positions(Tensor z, double[] levels);

    /** Returns how far apart neighbouring levels are; level 0 stands for -1. */
    abstract double step(double levels);

    private static Tensor spread(Tensor bounded, double[] levels) {
        Tensor half = row(Arrays.stream(levels).map(l -> (l - 1) / 2).toArray(), bounded);
        return bounded.add(1).mul(half);
    }

    private static double atanh(double x) {
        return Math.log((1 + x) / (1 - x)) / 2;
    }

    /** Returns one number for each column, of the type and device of what it meets. */
    static Tensor row(double[] values, Tensor like) {
        return Tensor.of(values).to(like.dtype()).to(like.device());
    }
}
