package dev.jeton.vectors;

/**
 * What a training knows beside the vectors and needs to go on.
 *
 * @param counts how often each word was seen
 * @param outputs the output vectors: of words for negative sampling, of inner nodes for hierarchical softmax
 * @param hierarchical which of the two
 */
@SuppressWarnings("ArrayRecordComponent") // owned by the one WordVectors that holds it and never changed
record TrainingState(long[] counts, Matrix outputs, boolean hierarchical) {}
