package dev.jeton.vectors;

/**
 * Draws words by count^(3/4) in constant time from eight bytes a word (Walker's alias method), where the original keeps a table of
 * 100 million entries, whose cache misses cost it a quarter to a half of its time.
 */
final class NegativeSampler {
    private static final double POWER = 0.75;

    /** For each word: in the high half the share, of 2^32, with which it stays itself; in the low half the word drawn else. */
    private final long[] cells;

    NegativeSampler(Vocabulary vocabulary) {
        int n = vocabulary.size();
        cells = new long[n];
        double[] weight = new double[n];
        double sum = 0;
        for (int i = 0; i < n; i++) {
            weight[i] = Math.pow((double) vocabulary.count(i), POWER);
            sum += weight[i];
        }
        int[] small = new int[n];
        int[] large = new int[n];
        int smalls = 0;
        int larges = 0;
        for (int i = 0; i < n; i++) {
            weight[i] *= n / sum;
            if (weight[i] < 1) {
                small[smalls++] = i;
            } else {
                large[larges++] = i;
            }
        }
        while (smalls > 0 && larges > 0) {
            int poor = small[--smalls];
            int rich = large[larges - 1];
            cells[poor] = cell(weight[poor], rich);
            weight[rich] -= 1 - weight[poor];
            if (weight[rich] < 1) {
                larges--;
                small[smalls++] = rich;
            }
        }
        while (larges > 0) {
            int whole = large[--larges];
            cells[whole] = cell(1, whole);
        }
        while (smalls > 0) {
            int whole = small[--smalls];
            cells[whole] = cell(1, whole);
        }
    }

    private static long cell(double stays, int other) {
        return (long) Math.min(stays * 0x1p32, 0x1p32 - 1) << 32 | other;
    }

    int draw(Randoms random) {
        long bits = random.next();
        int word = (int) (((bits >>> 32) * cells.length) >>> 32);
        long cell = cells[word];
        return (bits & 0xFFFFFFFFL) <= cell >>> 32 ? word : (int) cell;
    }
}
