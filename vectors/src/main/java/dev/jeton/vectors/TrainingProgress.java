package dev.jeton.vectors;

import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How far a training is.
 *
 * @param wordsDone words of all epochs read so far, counted before thinning
 * @param wordsTotal words of all epochs
 * @param elapsed since the first word
 * @param epochLosses for each finished epoch the mean loss of one prediction: an input and a word with its negatives, or its path
 * @param lossSoFar the same of the epoch at hand as far as it is read
 */
public record TrainingProgress(
        long wordsDone, long wordsTotal, Duration elapsed, List<Double> epochLosses, OptionalDouble lossSoFar) {
    public TrainingProgress {
        epochLosses = List.copyOf(epochLosses);
    }

    /** Words a second, all threads together. */
    public double wordsPerSecond() {
        return wordsDone / Math.max(elapsed.toNanos() * 1e-9, 1e-9);
    }

    /** The time left at this rate. */
    public Duration remaining() {
        double rate = wordsPerSecond();
        return rate > 0 ? Duration.ofMillis((long) ((wordsTotal - wordsDone) / rate * 1000)) : Duration.ZERO;
    }

    /** The loss of the epoch at hand, or where nothing of it is done yet of the last one. */
    public OptionalDouble loss() {
        return lossSoFar.isPresent() || epochLosses.isEmpty() ? lossSoFar : OptionalDouble.of(epochLosses.getLast());
    }
}
