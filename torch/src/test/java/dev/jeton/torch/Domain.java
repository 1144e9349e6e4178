package dev.jeton.torch;

import java.util.Random;

/** From where the elements of an operator's inputs are drawn. */
enum Domain {
    /** Standard normal. */
    NORMAL {
        @Override
        double[] draw(Random random, int count) {
            return random.doubles(count).map(ignored -> random.nextGaussian()).toArray();
        }
    },
    /** Between 0.3 and 2.3. */
    POSITIVE {
        @Override
        double[] draw(Random random, int count) {
            return random.doubles(count, 0.3, 2.3).toArray();
        }
    },
    /** Between -0.9 and 0.9. */
    UNIT {
        @Override
        double[] draw(Random random, int count) {
            return random.doubles(count, -0.9, 0.9).toArray();
        }
    },
    /** Between -5 and 8, at least 0.1 away from every multiple of one half: where piecewise functions are smooth. */
    OFF_KINKS {
        @Override
        double[] draw(Random random, int count) {
            return random.ints(count, -10, 15)
                    .mapToDouble(k -> k / 2.0 + random.nextDouble(0.1, 0.4))
                    .toArray();
        }
    },
    /** Numbers of which no two are closer than 0.05, in random order: where rankings are smooth. */
    APART {
        @Override
        double[] draw(Random random, int count) {
            double[] values = new double[count];
            for (int i = 0; i < count; i++) {
                int j = random.nextInt(i + 1);
                values[i] = values[j];
                values[j] = (i - count / 2) * 0.13 + 0.04 + random.nextDouble(0.04);
            }
            return values;
        }
    };

    abstract double[] draw(Random random, int count);
}
