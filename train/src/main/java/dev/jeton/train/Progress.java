package dev.jeton.train;

/** Whoever watches a run. Called on the training thread, between steps. */
public interface Progress {
    /** What can be told about a run between two steps. */
    record Status(
            long step,
            long steps,
            double epoch,
            double loss,
            double stepsPerSecond,
            double secondsLeft,
            long memoryBytes) {}

    /** Called after each step; must be quick. */
    void stepped(Status status);

    /** Something worth a line: a validation, a checkpoint, why the run ends. */
    void message(String line);

    /** Called once, when no step follows. */
    void finished(Status status);

    /** A bar on a terminal, a line every ten seconds elsewhere; on standard error. */
    static Progress automatic() {
        return TerminalProgress.isPossible() ? new TerminalProgress(System.err) : new LineProgress(System.err);
    }

    /** Nobody watches. */
    static Progress silent() {
        return new Progress() {
            @Override
            public void stepped(Status status) {
                // nobody watches
            }

            @Override
            public void message(String line) {
                // nobody watches
            }

            @Override
            public void finished(Status status) {
                // nobody watches
            }
        };
    }
}
