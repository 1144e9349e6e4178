package dev.jeton.torch;

/** What lies around a tensor. */
public enum Padding {
    /** Zeros. */
    ZERO,
    /** The elements mirrored at the outermost ones. */
    REFLECT,
    /** The outermost elements. */
    REPLICATE;

    /** libtorch's name. */
    String mode() {
        return switch (this) {
            case ZERO -> "constant";
            case REFLECT -> "reflect";
            case REPLICATE -> "replicate";
        };
    }
}
