package dev.jeton.torch;

import dev.jeton.torch.internal.Abi;

/** Numbers as tensors without dimensions, for operators that take a number only so. */
final class Scalars {
    private Scalars() {}

    /**
     * Returns a number that takes on the element type of {@code x} where it can, as a number in PyTorch does: a fraction
     * among whole numbers makes them float32.
     */
    static Tensor like(Tensor x, double value) {
        DType type = x.dtype();
        Context context = Context.current();
        if (type == DType.FLOAT32) {
            return Tensor.result(context, "scalar", Abi.scalar(context.scratch, (float) value));
        }
        if (type == DType.FLOAT64) {
            return Tensor.result(context, "scalar", Abi.scalar(context.scratch, value));
        }
        if (type.isFloating()) {
            return Tensor.result(context, "scalar", Abi.scalar(context.scratch, (float) value))
                    .to(type);
        }
        return isWhole(value)
                ? Tensor.result(context, "scalar", Abi.scalar(context.scratch, (long) value))
                : Tensor.result(context, "scalar", Abi.scalar(context.scratch, (float) value));
    }

    /** Whether a number can join whole numbers without turning them into fractions. */
    static boolean isWhole(double value) {
        return value == (long) value;
    }
}
