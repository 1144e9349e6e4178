package dev.jeton.nn;

import dev.jeton.torch.Convolution;
import dev.jeton.torch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A convolution over {@code [B, C, T]}. Parameters: {@code weight}
 * {@code [out, in / groups, kernel]} and {@code bias} {@code [out]}.
 */
public final class Conv1d extends ConvolutionLayer {
    private Conv1d(long in, long out, long[] kernel, Convolution options, boolean biased) {
        super(in, out, kernel, options, false, biased);
    }

    /** Returns a layer that moves by single steps without padding. */
    public static Conv1d of(long in, long out, int kernel) {
        return of(in, out, kernel, Convolution.defaults());
    }

    /** Returns a layer. */
    public static Conv1d of(long in, long out, int kernel, Convolution options) {
        return new Conv1d(in, out, new long[] {kernel}, options, true);
    }

    /** Returns a layer without a bias, for a norm to follow. */
    public static Conv1d withoutBias(long in, long out, int kernel, Convolution options) {
        return new Conv1d(in, out, new long[] {kernel}, options, false);
    }

    @Override
    Tensor convolve(Tensor x, Tensor kernel, @Nullable Tensor shift, Convolution how) {
        return x.conv1d(kernel, shift, how);
    }
}
