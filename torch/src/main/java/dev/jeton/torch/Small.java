package dev.jeton.torch;

import dev.jeton.torch.internal.Abi;
import dev.jeton.torch.internal.FloatLoops;

/**
 * Arithmetic of tensors so small that a kernel's preparations take longer than its numbers: a loop in Java instead.
 *
 * <p>libtorch needs half a microsecond to set up an element-wise kernel, a new tensor a third of that. Losses, schedules and
 * small policies are made of such tensors. Sums and products are the same to the bit; tanh is rounded from double
 * precision, where the kernel is right to one unit in the last place.
 */
final class Small {
    private static final long MOST_NUMBERS = 64;

    private Small() {}

    /** Whether a tensor is float32 on the CPU, small and without gaps. */
    static boolean takes(String operator, Tensor a) {
        return a.dtype() == DType.FLOAT32
                && a.elements() <= MOST_NUMBERS
                && !a.isCuda()
                && Abi.isContiguous(Context.current().scratch, a.address(operator));
    }

    /** Whether two are, and of one shape. */
    static boolean takes(String operator, Tensor a, Tensor b) {
        return a.elements() <= MOST_NUMBERS && a.shape().equals(b.shape()) && takes(operator, a) && takes(operator, b);
    }

    static Tensor add(String operator, Tensor a, Tensor b) {
        Context context = Context.current();
        long sum = emptyLike(context, a);
        FloatLoops.add(context.scratch, a.handle.address, b.handle.address, sum, a.elements());
        return Tensor.result(context, operator, sum).like(a);
    }

    static Tensor subtract(String operator, Tensor a, Tensor b) {
        Context context = Context.current();
        long difference = emptyLike(context, a);
        FloatLoops.subtract(context.scratch, a.handle.address, b.handle.address, difference, a.elements());
        return Tensor.result(context, operator, difference).like(a);
    }

    static Tensor multiply(Tensor a, Tensor b) {
        Context context = Context.current();
        long product = emptyLike(context, a);
        FloatLoops.multiply(context.scratch, a.handle.address, b.handle.address, product, a.elements());
        return Tensor.result(context, "mul", product).like(a);
    }

    static Tensor add(Tensor a, double b) {
        Context context = Context.current();
        long sum = emptyLike(context, a);
        FloatLoops.add(context.scratch, a.handle.address, (float) b, sum, a.elements());
        return Tensor.result(context, "add", sum).like(a);
    }

    static Tensor multiply(Tensor a, double b) {
        Context context = Context.current();
        long product = emptyLike(context, a);
        FloatLoops.multiply(context.scratch, a.handle.address, (float) b, product, a.elements());
        return Tensor.result(context, "mul", product).like(a);
    }

    static Tensor tanh(Tensor a) {
        Context context = Context.current();
        long result = emptyLike(context, a);
        FloatLoops.tanh(context.scratch, a.handle.address, result, a.elements());
        return Tensor.result(context, "tanh", result).like(a);
    }

    /** {@code g · (1 - y²)}. */
    static Tensor tanhBackward(Tensor g, Tensor y) {
        Context context = Context.current();
        long result = emptyLike(context, y);
        FloatLoops.tanhBackward(context.scratch, g.handle.address, y.handle.address, result, y.elements());
        return Tensor.result(context, "tanh_backward", result).like(y);
    }

    private static long emptyLike(Context context, Tensor a) {
        Shape shape = a.shape();
        return Abi.empty(
                context.scratch,
                shape.raw(),
                Elements.rowMajor(shape),
                DType.FLOAT32.code(),
                Device.CPU.type().code(),
                Device.CPU.nativeIndex());
    }
}
