package dev.jeton.vectors;

/**
 * When two words in a row are one phrase.
 *
 * @param minCount occurrences of the pair below which it is none
 * @param threshold the score above which it is one; the higher, the fewer phrases
 * @param passes how often phrases are made; two find phrases of up to four words
 */
public record PhraseOptions(int minCount, double threshold, int passes) {
    public PhraseOptions {
        if (minCount < 1 || threshold <= 0 || passes < 1) {
            throw new IllegalArgumentException(
                    "phrases: minCount and passes must be at least 1 and threshold above 0, not " + minCount + ", "
                            + passes + ", " + threshold);
        }
    }

    /** Word2phrase's settings, one pass. */
    public static PhraseOptions defaults() {
        return new PhraseOptions(5, 100, 1);
    }
}
