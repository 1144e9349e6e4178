package dev.jeton.vectors;

import org.jspecify.annotations.Nullable;

/**
 * Settings of {@link Word2Vec}, named as in the original tool.
 *
 * @param architecture what predicts what
 * @param objective how that is measured
 * @param dimension numbers in a vector
 * @param window words that count as near, at most, to each side; each word draws its own from 1 to this
 * @param sample share of the text above which a word's occurrences are thinned out; 0 keeps all
 * @param minCount occurrences below which a word is left out
 * @param epochs passes over the text
 * @param learningRate at the start; it falls linearly to a ten-thousandth
 * @param threads workers; with one, equal seeds give equal bits on equal processors
 * @param seed of everything random
 * @param subwords character n-grams, or null for words only
 * @param vocabularyLimit different words to hold while counting; beyond it the rarest are forgotten
 */
public record Word2VecOptions(
        Architecture architecture,
        Objective objective,
        int dimension,
        int window,
        double sample,
        int minCount,
        int epochs,
        double learningRate,
        int threads,
        long seed,
        @Nullable Subwords subwords,
        int vocabularyLimit) {
    public Word2VecOptions {
        require(dimension >= 1, "dimension", dimension, "at least 1");
        require(window >= 1, "window", window, "at least 1");
        require(sample >= 0, "sample", sample, "0 or more");
        require(minCount >= 1, "minCount", minCount, "at least 1");
        require(epochs >= 1, "epochs", epochs, "at least 1");
        require(learningRate > 0, "learningRate", learningRate, "more than 0");
        require(threads >= 1, "threads", threads, "at least 1");
        require(vocabularyLimit >= 1000, "vocabularyLimit", vocabularyLimit, "at least 1000");
    }

    private static void require(boolean holds, String name, Number value, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("word2vec: " + name + " must be " + rule + ", not " + value);
        }
    }

    /** Skip-gram with five negatives, all cores. */
    public static Word2VecOptions skipGram() {
        return new Word2VecOptions(
                Architecture.SKIP_GRAM,
                new Objective.NegativeSampling(5),
                100,
                5,
                1e-4,
                5,
                5,
                0.025,
                Runtime.getRuntime().availableProcessors(),
                1,
                null,
                20_000_000);
    }

    /** CBOW with five negatives, all cores. */
    public static Word2VecOptions cbow() {
        return skipGram().withArchitecture(Architecture.CBOW).withLearningRate(0.05);
    }

    /** These settings with another architecture. */
    public Word2VecOptions withArchitecture(Architecture value) {
        return new Word2VecOptions(
                value,
                objective,
                dimension,
                window,
                sample,
                minCount,
                epochs,
                learningRate,
                threads,
                seed,
                subwords,
                vocabularyLimit);
    }

    /** These settings with another objective. */
    public Word2VecOptions withObjective(Objective value) {
        return new Word2VecOptions(
                architecture,
                value,
                dimension,
                window,
                sample,
                minCount,
                epochs,
                learningRate,
                threads,
                seed,
                subwords,
                vocabularyLimit);
    }

    /** These settings with another dimension. */
    public Word2VecOptions withDimension(int value) {
        return new Word2VecOptions(
                architecture,
                objective,
                value,
                window,
                sample,
                minCount,
                epochs,
                learningRate,
                threads,
                seed,
                subwords,
                vocabularyLimit);
    }

    /** These settings with another window. */
    public Word2VecOptions withWindow(int value) {
        return new Word2VecOptions(
                architecture,
                objective,
                dimension,
                value,
                sample,
                minCount,
                epochs,
                learningRate,
                threads,
                seed,
                subwords,
                vocabularyLimit);
    }

    /** These settings with another sample. */
    public Word2VecOptions withSample(double value) {
        return new Word2VecOptions(
                architecture,
                objective,
                dimension,
                window,
                value,
                minCount,
                epochs,
                learningRate,
                threads,
                seed,
                subwords,
                vocabularyLimit);
    }

    /** These settings with another minCount. */
    public Word2VecOptions withMinCount(int value) {
        return new Word2VecOptions(
                architecture,
                objective,
                dimension,
                window,
                sample,
                value,
                epochs,
                learningRate,
                threads,
                seed,
                subwords,
                vocabularyLimit);
    }

    /** These settings with another epochs. */
    public Word2VecOptions withEpochs(int value) {
        return new Word2VecOptions(
                architecture,
                objective,
                dimension,
                window,
                sample,
                minCount,
                value,
                learningRate,
                threads,
                seed,
                subwords,
                vocabularyLimit);
    }

    /** These settings with another learningRate. */
    public Word2VecOptions withLearningRate(double value) {
        return new Word2VecOptions(
                architecture,
                objective,
                dimension,
                window,
                sample,
                minCount,
                epochs,
                value,
                threads,
                seed,
                subwords,
                vocabularyLimit);
    }

    /** These settings with another threads. */
    public Word2VecOptions withThreads(int value) {
        return new Word2VecOptions(
                architecture,
                objective,
                dimension,
                window,
                sample,
                minCount,
                epochs,
                learningRate,
                value,
                seed,
                subwords,
                vocabularyLimit);
    }

    /** These settings with another seed. */
    public Word2VecOptions withSeed(long value) {
        return new Word2VecOptions(
                architecture,
                objective,
                dimension,
                window,
                sample,
                minCount,
                epochs,
                learningRate,
                threads,
                value,
                subwords,
                vocabularyLimit);
    }

    /** These settings with another subwords. */
    public Word2VecOptions withSubwords(@Nullable Subwords value) {
        return new Word2VecOptions(
                architecture,
                objective,
                dimension,
                window,
                sample,
                minCount,
                epochs,
                learningRate,
                threads,
                seed,
                value,
                vocabularyLimit);
    }

    /** These settings with another vocabularyLimit. */
    public Word2VecOptions withVocabularyLimit(int value) {
        return new Word2VecOptions(
                architecture,
                objective,
                dimension,
                window,
                sample,
                minCount,
                epochs,
                learningRate,
                threads,
                seed,
                subwords,
                value);
    }
}
