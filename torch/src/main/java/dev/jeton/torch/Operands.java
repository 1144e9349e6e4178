package dev.jeton.torch;

import org.jspecify.annotations.Nullable;

/** What operators ask of their operands before native code sees them. */
final class Operands {
    private Operands() {}

    /**
     * Checks that operands have one element type and lie on one device.
     *
     * @param others those that may be absent
     */
    static void alike(String operator, Tensor first, @Nullable Tensor... others) {
        for (Tensor other : others) {
            if (other != null && other.dtype() != first.dtype()) {
                throw new DTypeException(operator + ": element types must be equal: " + first.describe() + " and "
                        + other.describe() + "; cast one with to(dtype)");
            }
            together(operator, first, other);
        }
    }

    /** Checks that two operands lie on one device. */
    static void together(String operator, Tensor first, @Nullable Tensor other) {
        if (other != null && !other.device().equals(first.device())) {
            throw new DeviceException(operator + ": operands must lie on one device: " + first.describe() + " on "
                    + first.device() + " and " + other.describe() + " on " + other.device()
                    + "; move one with to(device)");
        }
    }

    /** Checks that the elements are floating point. */
    static void floating(String operator, Tensor x) {
        if (!x.dtype().isFloating()) {
            throw new DTypeException(
                    operator + ": elements must be floating point, these are " + x.dtype() + "; cast with to(dtype)");
        }
    }

    /** Checks the number of dimensions, described by their usual letters such as {@code [B, C, H, W]}. */
    static void rank(String operator, String what, Tensor x, int rank, String letters) {
        if (x.rank() != rank) {
            throw new ShapeException(operator + ": " + what + " must have " + rank + " dimensions " + letters
                    + ", it has shape " + x.shape());
        }
    }

    /** Checks the shape of an operand that may be absent. */
    static void shape(String operator, String what, @Nullable Tensor x, Shape shape) {
        if (x != null && !x.shape().equals(shape)) {
            throw new ShapeException(operator + ": " + what + " must have shape " + shape + ", it has " + x.shape());
        }
    }
}
