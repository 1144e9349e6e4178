package dev.jeton.vectors;

import java.util.Locale;

/**
 * A word found by a search.
 *
 * @param word the word
 * @param similarity the cosine between its vector and the one asked for; for an analogy by products, its score
 */
public record Neighbour(String word, double similarity) {
    /** The word and its similarity to four places. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s %.4f", word, similarity);
    }
}
