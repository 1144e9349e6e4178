package dev.jeton.torch;

/** How elements between those of a picture are found. */
public enum Interpolation {
    /** The nearest element. */
    NEAREST,
    /** Linearly between the nearest elements; elements are small areas, corners of the picture are their corners. */
    LINEAR,
    /** Linearly; elements are points, and the outermost ones stay the outermost. */
    LINEAR_ALIGNED,
    /** By cubic polynomials through the four nearest elements in each direction (a = −0.75). */
    CUBIC,
    /** Cubic; elements are points, and the outermost ones stay the outermost. */
    CUBIC_ALIGNED;

    boolean isAligned() {
        return this == LINEAR_ALIGNED || this == CUBIC_ALIGNED;
    }
}
