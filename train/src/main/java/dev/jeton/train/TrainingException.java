package dev.jeton.train;

/** A run that cannot go on, such as one whose loss is no longer a number. */
public final class TrainingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long step;

    TrainingException(long step, String message) {
        super("step " + step + ": " + message);
        this.step = step;
    }

    TrainingException(long step, String message, Throwable cause) {
        super("step " + step + ": " + message, cause);
        this.step = step;
    }

    /** Returns how many steps had been done. */
    public long step() {
        return step;
    }
}
