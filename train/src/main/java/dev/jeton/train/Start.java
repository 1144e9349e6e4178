package dev.jeton.train;

/** What is done about what the run folder already holds. */
public sealed interface Start {
    /** The folder must hold no run. */
    record Fresh() implements Start {}

    /** A run that is there is deleted first. */
    record Overwrite() implements Start {}

    /**
     * The run goes on from its newest checkpoint; one without a checkpoint begins anew. A newest checkpoint that lacks
     * files or bytes, as a machine that lost power may leave it, is passed over with a message; one whose content is
     * damaged is an error.
     */
    record Resume() implements Start {}

    /** The run goes on from the checkpoint of this step; later ones are deleted. */
    record ResumeAt(long step) implements Start {}
}
