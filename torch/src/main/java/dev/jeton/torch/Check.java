package dev.jeton.torch;

import org.jspecify.annotations.Nullable;

/** The rules that operands must keep, checked before native code so that a mistake is named in Java's terms. */
final class Check {
    private Check() {}

    /** The elements must be floating point. */
    static void floating(String operator, Tensor x) {
        x.address(operator);
        if (!x.dtype().isFloating()) {
            throw new DTypeException(operator + ": elements must be floating point, these are " + x.describe()
                    + "; convert them with to(DType.FLOAT32)");
        }
    }

    /** The elements must be booleans. */
    static void mask(String operator, Tensor mask) {
        mask.address(operator);
        if (mask.dtype() != DType.BOOL) {
            throw new DTypeException(
                    operator + ": the mask must hold booleans, it is " + mask.describe() + "; compare it, as in ne(0)");
        }
    }

    /** The elements must be int64, as indices are. */
    static void indices(String operator, Tensor index) {
        index.address(operator);
        if (index.dtype() != DType.INT64) {
            throw new DTypeException(operator + ": indices must be int64, they are " + index.describe()
                    + "; convert them with to(DType.INT64)");
        }
    }

    /** Two tensors must have one element type. */
    static void sameType(String operator, Tensor a, Tensor b) {
        if (a.dtype() != b.dtype()) {
            throw new DTypeException(operator + ": element types must be equal: " + a.describe() + " and "
                    + b.describe() + "; convert one with to(dtype)");
        }
    }

    /** Two tensors must lie on one device. */
    static void sameDevice(String operator, Tensor a, Tensor b) {
        if (!a.device().equals(b.device())) {
            throw new DeviceException(operator + ": operands must lie on one device: " + a.describe() + " on "
                    + a.device() + " and " + b.describe() + " on " + b.device() + "; move one with to(device)");
        }
    }

    /** A tensor of one element, of which there may be no more dimensions than of the other, goes with any device. */
    static void together(String operator, Tensor a, Tensor b) {
        if (a.rank() > 0 && b.rank() > 0) {
            sameDevice(operator, a, b);
        }
    }

    /** A shape must be the one expected. */
    static void shape(String operator, String what, Shape expected, Shape found) {
        if (!expected.equals(found)) {
            throw new ShapeException(operator + ": " + what + " must have shape " + expected + ", it has " + found);
        }
    }

    /** The shape of an operand that may be absent must be the one expected. */
    static void shape(String operator, String what, Shape expected, @Nullable Tensor found) {
        if (found != null) {
            shape(operator, what, expected, found.shape());
        }
    }

    /** Operands, of which all but the first may be absent, must have one element type and lie on one device. */
    static void alike(String operator, Tensor first, @Nullable Tensor... others) {
        for (Tensor other : others) {
            if (other != null) {
                sameType(operator, first, other);
                sameDevice(operator, first, other);
            }
        }
    }

    /** There must be a number of dimensions, described by their usual letters such as {@code [B, C, H, W]}. */
    static void rank(String operator, String what, Tensor x, int rank, String letters) {
        if (x.rank() != rank) {
            throw new ShapeException(operator + ": " + what + " must have " + rank + " dimensions " + letters
                    + ", it has shape " + x.shape());
        }
    }

    /** A number of elements must not be negative. */
    static void notNegative(String operator, String what, long value) {
        if (value < 0) {
            throw new ShapeException(operator + ": " + what + " must not be negative, it is " + value);
        }
    }
}
