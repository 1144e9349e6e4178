package dev.jeton.nn;

import dev.jeton.torch.Convolution;
import dev.jeton.torch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The transpose of a convolution over pictures {@code [B, C, H, W]}: spreads each element over the kernel's extent.
 * Parameters: {@code weight} {@code [in, out / groups, kernel, kernel]} and {@code bias} {@code [out]}.
 */
public final class ConvTranspose2d extends ConvolutionLayer {
    private ConvTranspose2d(long in, long out, long[] kernel, Convolution options, boolean biased) {
        super(in, out, kernel, options, true, biased);
    }

    /** Returns a layer that moves by single steps without padding. */
    public static ConvTranspose2d of(long in, long out, int kernel) {
        return of(in, out, kernel, Convolution.defaults());
    }

    /** Returns a layer. */
    public static ConvTranspose2d of(long in, long out, int kernel, Convolution options) {
        return new ConvTranspose2d(in, out, new long[] {kernel, kernel}, options, true);
    }

    /** Returns a layer without a bias, for a norm to follow. */
    public static ConvTranspose2d withoutBias(long in, long out, int kernel, Convolution options) {
        return new ConvTranspose2d(in, out, new long[] {kernel, kernel}, options, false);
    }

    /** Returns a layer whose kernel is not square. */
    public static ConvTranspose2d ofSizes(long in, long out, int height, int width, Convolution options) {
        return new ConvTranspose2d(in, out, new long[] {height, width}, options, true);
    }

    @Override
    Tensor convolve(Tensor x, Tensor kernel, @Nullable Tensor shift, Convolution how) {
        return x.convTranspose2d(kernel, shift, how);
    }
}
