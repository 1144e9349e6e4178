package dev.jeton.torch;

/** By whose mean and variance a batch is normalised. */
public sealed interface Statistics {
    /** By the batch's own. */
    record OfBatch() implements Statistics {}

    /**
     * By the batch's own, which also move running ones: {@code running ← (1 − momentum)·running + momentum·batch}, the
     * variance with Bessel's correction. For training.
     *
     * @param mean {@code [C]}, changed in place
     * @param variance {@code [C]}, changed in place
     */
    record Tracked(Tensor mean, Tensor variance, double momentum) implements Statistics {}

    /**
     * By given ones. For inference.
     *
     * @param mean {@code [C]}
     * @param variance {@code [C]}
     */
    record Given(Tensor mean, Tensor variance) implements Statistics {}
}
