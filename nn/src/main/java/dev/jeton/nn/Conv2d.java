package dev.jeton.nn;

import dev.jeton.torch.Convolution;
import dev.jeton.torch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A convolution over pictures {@code [B, C, H, W]}. Parameters: {@code weight}
 * {@code [out, in / groups, kernel, kernel]} and {@code bias} {@code [out]}.
 */
public final class Conv2d extends ConvolutionLayer {
    private Conv2d(long in, long out, long[] kernel, Convolution options, boolean biased) {
        super(in, out, kernel, options, false, biased);
    }

    /** Returns a layer that moves by single steps without padding. */
    public static Conv2d of(long in, long out, int kernel) {
        return of(in, out, kernel, Convolution.defaults());
    }

    /** Returns a layer. */
    public static Conv2d of(long in, long out, int kernel, Convolution options) {
        return new Conv2d(in, out, new long[] {kernel, kernel}, options, true);
    }

    /** Returns a layer without a bias, for a norm to follow. */
    public static Conv2d withoutBias(long in, long out, int kernel, Convolution options) {
        return new Conv2d(in, out, new long[] {kernel, kernel}, options, false);
    }

    /** Returns a layer whose kernel is not square. */
    public static Conv2d ofSizes(long in, long out, int height, int width, Convolution options) {
        return new Conv2d(in, out, new long[] {height, width}, options, true);
    }

    @Override
    Tensor convolve(Tensor x, Tensor kernel, @Nullable Tensor shift, Convolution how) {
        return x.conv2d(kernel, shift, how);
    }
}
