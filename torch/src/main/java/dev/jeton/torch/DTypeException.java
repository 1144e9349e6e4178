package dev.jeton.torch;

/** An operator was given elements of a type it does not take. */
public final class DTypeException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** Says the operator, the rule and the types that came. */
    public DTypeException(String message) {
        super(message);
    }
}
