package dev.jeton.torch;

/** An operator was given tensors whose shapes do not fit. */
public final class ShapeException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** Says the operator, the rule and the shapes that came. */
    public ShapeException(String message) {
        super(message);
    }
}
