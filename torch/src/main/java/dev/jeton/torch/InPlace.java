package dev.jeton.torch;

/**
 * Operators that change this tensor's elements, and with them those of all that share its memory. They return this
 * tensor.
 *
 * <p>They are refused with an {@link IllegalStateException} while recording is on if gradients flow through this tensor
 * or what is put into it: turn recording off around them, see {@link Gradients#off()}.
 */
public sealed interface InPlace permits Tensor {
    /** Adds to each element. The other tensor is broadcast to this shape. */
    default Tensor addInPlace(Tensor other) {
        return addInPlace(other, 1);
    }

    /** Adds {@code weight · other} to each element. The other tensor is broadcast to this shape. */
    default Tensor addInPlace(Tensor other, double weight) {
        Tensor x = (Tensor) this;
        Changing.check("addInPlace", x, other);
        Changing.add(x, other, weight);
        return x;
    }

    /** Adds a number to each element. */
    default Tensor addInPlace(double value) {
        Tensor x = (Tensor) this;
        Changing.check("addInPlace", x);
        Changing.add(x, Scalars.like(x, 1), value);
        return x;
    }

    /** Multiplies each element. The other tensor is broadcast to this shape. */
    default Tensor mulInPlace(Tensor other) {
        Tensor x = (Tensor) this;
        Changing.check("mulInPlace", x, other);
        Kernel.MUL.call().tensor(x).tensor(other).inPlace(x);
        return x;
    }

    /** Multiplies each element with a number. */
    default Tensor mulInPlace(double value) {
        Tensor x = (Tensor) this;
        Changing.check("mulInPlace", x);
        Kernel.MUL.call().tensor(x).tensor(Scalars.like(x, value)).inPlace(x);
        return x;
    }

    /** Sets each element to 0. */
    default Tensor zeroInPlace() {
        Tensor x = (Tensor) this;
        Changing.check("zeroInPlace", x);
        Kernel.ZERO.call().tensor(x).inPlace(x);
        return x;
    }

    /** Sets each element to a number. */
    default Tensor fillInPlace(double value) {
        Tensor x = (Tensor) this;
        Changing.check("fillInPlace", x);
        Changing.fill(x, value);
        return x;
    }

    /** Copies elements, converted to this type and moved to this device. The other tensor is broadcast to this shape. */
    default Tensor copyInPlace(Tensor other) {
        Tensor x = (Tensor) this;
        Changing.checkRecording("copyInPlace", x, other);
        Changing.checkShape("copyInPlace", x, other);
        Kernel.COPY.call().tensor(x).tensor(other).flag(false).inPlace(x);
        return x;
    }

    /** Replaces elements beyond two bounds by the nearer bound; an infinite bound is none. */
    default Tensor clampInPlace(double min, double max) {
        Tensor x = (Tensor) this;
        Changing.check("clampInPlace", x);
        if (Double.isNaN(min) || Double.isNaN(max)) {
            throw new IllegalArgumentException("clampInPlace: bounds must be numbers: " + min + ", " + max);
        }
        if (min != Double.NEGATIVE_INFINITY) {
            Kernel.CLAMP_MIN.call().tensor(x).tensor(Scalars.like(x, min)).inPlace(x);
        }
        if (max != Double.POSITIVE_INFINITY) {
            Kernel.CLAMP_MAX.call().tensor(x).tensor(Scalars.like(x, max)).inPlace(x);
        }
        return x;
    }

    /** Moves each element towards another: {@code this + weight · (end - this)}. What running averages do. */
    default Tensor lerpInPlace(Tensor end, double weight) {
        Tensor x = (Tensor) this;
        Changing.check("lerpInPlace", x, end);
        Check.sameType("lerpInPlace", x, end);
        Kernel.LERP.call().tensor(x).tensor(end).tensor(Scalars.like(x, weight)).inPlace(x);
        return x;
    }

    /** libtorch's names. */
    final class Kernel {
        private static final Operator MUL = Operator.of("mul_", "Tensor");
        private static final Operator ZERO = Operator.of("zero_");
        private static final Operator COPY = Operator.of("copy_");
        private static final Operator CLAMP_MIN = Operator.of("clamp_min_", "Tensor");
        private static final Operator CLAMP_MAX = Operator.of("clamp_max_", "Tensor");
        private static final Operator LERP = Operator.of("lerp_", "Tensor");

        private Kernel() {}
    }
}
