package dev.jeton.torch;

import dev.jeton.torch.internal.DenseLoops;
import java.util.Arrays;

/**
 * Operators on the CPU whose kernels in libtorch are slow, as loops in Java over tensors without gaps.
 *
 * <p>Measured on two Zen 5 cores, milliseconds of the quickest way in libtorch / of the loop: relu's gradient of 2²¹
 * numbers in bfloat16 0.48 / 0.30, the places of the least in 2,048 rows of 512 numbers 0.45 / 0.23.
 */
final class Dense {
    /** With fewer numbers a row's least is found before two calls are prepared. */
    private static final long FEWEST_RANKED = 1 << 14;

    private Dense() {}

    /**
     * {@code g} where the result {@code y} is not 0, else 0. In longer types than two bytes it is the product of {@code g} and
     * the sign of {@code y}, which is as fast there; so an infinite {@code g} becomes NaN where {@code y} is 0.
     */
    static Tensor reluBackward(Tensor g, Tensor y) {
        boolean mayChange = !Context.current().recording && y.dtype() == g.dtype();
        if (!mayChange || g.dtype().bytes() != Short.BYTES || g.isCuda() || !lieAlike(g, y)) {
            Tensor sign = y.detach().sign();
            return mayChange ? sign.mulInPlace(g) : g.mul(sign); // a third less memory is touched in place
        }
        Context context = Context.current();
        Tensor result = Elements.empty(g.shape(), g.strides(), g.dtype(), Device.CPU);
        DenseLoops.whereNotZero(
                context.scratch, g.handle.address, y.handle.address, result.handle.address, g.elements());
        return result.like(g);
    }

    /** Whether the places of extremes along a dimension are found here. */
    static boolean ranks(Tensor x, int index) {
        return x.dtype() == DType.FLOAT32
                && index == x.rank() - 1
                && x.elements() >= FEWEST_RANKED
                && !x.isCuda()
                && x.isContiguous();
    }

    /** Returns where in each row its extreme lies first, as int64; one pass finds the extremes, another their places. */
    static Tensor places(Tensor x, Tensor extremes) {
        Context context = Context.current();
        Shape shape = extremes.shape();
        Tensor places = Elements.empty(shape, Elements.rowMajor(shape), DType.INT64, Device.CPU);
        DenseLoops.firstPlaces(
                context.scratch,
                x.handle.address,
                extremes.handle.address,
                places.handle.address,
                shape.elements(),
                x.size(-1));
        return places;
    }

    /** Whether two tensors of one shape have their elements in the same order without gaps. */
    private static boolean lieAlike(Tensor a, Tensor b) {
        if (!a.shape().equals(b.shape())) {
            return false;
        }
        if (a.isContiguous()) {
            return b.isContiguous();
        }
        long[] strides = a.strides();
        return Arrays.equals(strides, b.strides()) && haveNoGaps(a.shape(), strides);
    }

    /** Whether elements fill their memory, each place once. */
    static boolean haveNoGaps(Shape shape, long[] strides) {
        long filled = 1;
        int left = 0;
        for (int i = 0; i < strides.length; i++) {
            left += shape.size(i) == 1 ? 0 : 1;
        }
        while (left > 0) {
            int next = 0;
            while (next < strides.length && (shape.size(next) == 1 || strides[next] != filled)) {
                next++;
            }
            if (next == strides.length) {
                return false;
            }
            filled *= shape.size(next);
            left--;
        }
        return true;
    }
}
