package dev.jeton.torch;

/** libtorch refused a call for a reason that no check in Java foresaw. */
public final class NativeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says the operator, the operands and libtorch's own words. */
    public NativeException(String message) {
        super(message);
    }
}
