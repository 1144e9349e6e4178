package dev.jeton.vectors;

/** A word has no vector. */
public final class UnknownWordException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String word;

    UnknownWordException(String word, int size) {
        super("word vectors: '" + word + "' is none of the " + size + " words; spelling and upper case count");
        this.word = word;
    }

    /** The word asked for. */
    public String word() {
        return word;
    }
}
