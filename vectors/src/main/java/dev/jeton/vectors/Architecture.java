package dev.jeton.vectors;

/** What predicts what. */
public enum Architecture {
    /** Each word near by predicts the word: slower, and better for rare words. */
    SKIP_GRAM,
    /** The mean of the words near by predicts the word (continuous bag of words). */
    CBOW
}
