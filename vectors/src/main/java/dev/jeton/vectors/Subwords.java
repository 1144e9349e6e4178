package dev.jeton.vectors;

/**
 * Character n-grams, so that words never seen get a vector too: a word's vector is the mean of its own and those of its n-grams
 * (Bojanowski et al. 2017, arXiv 1607.04606). N-grams share {@code buckets} vectors by a hash, as in fastText.
 *
 * @param minLength characters of the shortest n-gram
 * @param maxLength characters of the longest
 * @param buckets vectors for n-grams
 */
public record Subwords(int minLength, int maxLength, int buckets) {
    public Subwords {
        if (minLength < 1 || maxLength < minLength || buckets < 1) {
            throw new IllegalArgumentException(
                    "subwords: 1 <= shortest <= longest and a bucket at least are needed, not " + minLength + "-"
                            + maxLength + " in " + buckets + " buckets");
        }
    }

    /** N-grams in two million buckets, fastText's number. */
    public static Subwords of(int minLength, int maxLength) {
        return new Subwords(minLength, maxLength, 2_000_000);
    }
}
