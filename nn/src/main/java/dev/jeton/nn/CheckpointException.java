package dev.jeton.nn;

/** A stored model that cannot be what it should be: a file that is corrupt, or tensors that do not fit the model. */
public final class CheckpointException extends RuntimeException {
    /** Says what is wrong and where. */
    public CheckpointException(String message) {
        super(message);
    }

    /** Says what is wrong and where, and what was found out below. */
    public CheckpointException(String message, Throwable cause) {
        super(message, cause);
    }
}
