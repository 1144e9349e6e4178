package dev.jeton.vectors;

/** The n-gram vectors behind words' vectors, which give unseen words one. */
record SubwordVectors(SubwordIndex index, Matrix buckets) {
    /** The mean of the word's n-grams; zeros if it has none. */
    float[] compose(String word) {
        float[] sum = new float[buckets.dimension()];
        int[] rows = index.buckets(word);
        for (int row : rows) {
            for (int d = 0; d < sum.length; d++) {
                sum[d] += buckets.get(row, d);
            }
        }
        for (int d = 0; d < sum.length && rows.length > 0; d++) {
            sum[d] /= rows.length;
        }
        return sum;
    }
}
