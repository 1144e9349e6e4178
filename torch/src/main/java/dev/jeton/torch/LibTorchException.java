package dev.jeton.torch;

/** libtorch could not be found, unpacked or loaded, or is too old. The message says what to do. */
public final class LibTorchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what is missing, where it was looked for, and the remedy. */
    public LibTorchException(String message) {
        super(message);
    }

    /** As above, with what the system said. */
    public LibTorchException(String message, Throwable cause) {
        super(message, cause);
    }
}
