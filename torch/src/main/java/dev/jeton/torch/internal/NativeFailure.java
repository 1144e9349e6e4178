package dev.jeton.torch.internal;

/** A call into libtorch that returned an error; the caller adds the operator and its operands. */
public final class NativeFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NativeFailure(String message) {
        super(message, null, false, false);
    }
}
