package dev.jeton.nn;

import dev.jeton.torch.Convolution;
import dev.jeton.torch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The transpose of a convolution over {@code [B, C, T]}: spreads each element over the kernel's extent.
 * Parameters: {@code weight} {@code [in, out / groups, kernel]} and {@code bias} {@code [out]}.
 */
public final class ConvTranspose1d extends ConvolutionLayer {
    private ConvTranspose1d(long in, long out, long[] kernel, Convolution options, boolean biased) {
        super(in, out, kernel, options, true, biased);
    }

    /** Returns a layer that moves by single steps without padding. */
    public static ConvTranspose1d of(long in, long out, int kernel) {
        return of(in, out, kernel, Convolution.defaults());
    }

    /** Returns a layer. */
    public static ConvTranspose1d of(long in, long out, int kernel, Convolution options) {
        return new ConvTranspose1d(in, out, new long[] {kernel}, options, true);
    }

    /** Returns a layer without a bias, for a norm to follow. */
    public static ConvTranspose1d withoutBias(long in, long out, int kernel, Convolution options) {
        return new ConvTranspose1d(in, out, new long[] {kernel}, options, false);
    }

    @Override
    Tensor convolve(Tensor x, Tensor kernel, @Nullable Tensor shift, Convolution how) {
        return x.convTranspose1d(kernel, shift, how);
    }
}
