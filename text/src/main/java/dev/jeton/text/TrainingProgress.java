package dev.jeton.text;

/**
 * How far a training is.
 *
 * @param phase what it is doing
 * @param done how much of that is done
 * @param total how much there is to do; 0 where nobody knows, as with a pipe
 */
public record TrainingProgress(Phase phase, long done, long total) {
    /** What a training does, one after the other. */
    public enum Phase {
        /** Reads the text and counts its words; in bytes. */
        READING,
        /** Learns the vocabulary: in tokens, with Unigram in rounds of dropping pieces. */
        LEARNING
    }
}
