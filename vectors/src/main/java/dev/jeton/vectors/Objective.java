package dev.jeton.vectors;

/** How "predicts" is measured without a sum over the whole vocabulary. */
public sealed interface Objective {
    /**
     * The word against a few random ones, drawn by their counts to the power 3/4 (Mikolov et al. 2013, arXiv 1310.4546). Here all
     * words near a word share its random ones, which makes the work small matrix products (Ji et al. 2016, arXiv 1604.04661).
     *
     * @param negatives how many random words, at least 1
     */
    record NegativeSampling(int negatives) implements Objective {
        public NegativeSampling {
            if (negatives < 1) {
                throw new IllegalArgumentException(
                        "negative sampling: at least 1 negative word is needed, not " + negatives);
            }
        }
    }

    /** The turns on the way to the word in a Huffman tree of the vocabulary (Mikolov et al. 2013, arXiv 1301.3781). */
    record HierarchicalSoftmax() implements Objective {}
}
