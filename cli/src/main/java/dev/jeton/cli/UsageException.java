package dev.jeton.cli;

/** A mistake in how a command was called that its arguments' types cannot catch. */
public final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says the argument, the rule and what came. */
    public UsageException(String message) {
        super(message);
    }

    /** Says the argument, the rule and what came, and why that is so. */
    public UsageException(String message, Throwable cause) {
        super(message, cause);
    }
}
