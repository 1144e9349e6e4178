package dev.jeton.text;

/** A tokenizer file or a pipeline that cannot work: the message names the file, the place in it and the rule. */
public final class TokenizerException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong and where. */
    public TokenizerException(String message) {
        super(message);
    }

    /** Says what is wrong and where, with what was thrown below. */
    public TokenizerException(String message, Throwable cause) {
        super(message, cause);
    }
}
