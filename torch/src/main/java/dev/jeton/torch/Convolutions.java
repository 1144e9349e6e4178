package dev.jeton.torch;

import org.jspecify.annotations.Nullable;

/**
 * Convolutions, as neural networks mean them: the kernel is not turned around (cross-correlations).
 *
 * <p>Letters: {@code B} batch, {@code C} channels in, {@code D} channels out, {@code G} groups, {@code L} length,
 * {@code H × W} picture, {@code K} kernel.
 */
public sealed interface Convolutions permits Tensor {
    /**
     * Convolves sequences.
     *
     * @param weight {@code [D, C/G, K]} for this {@code [B, C, L]}
     * @param bias {@code [D]}, or none
     * @return {@code [B, D, (L + 2·padding − dilation·(K−1) − 1)/stride + 1]}
     * @throws ShapeException if the shapes do not fit
     */
    default Tensor conv1d(Tensor weight, @Nullable Tensor bias, Convolution options) {
        return ConvolutionProduct.of("conv1d", 1, false, options).apply((Tensor) this, weight, bias);
    }

    /**
     * Convolves pictures.
     *
     * @param weight {@code [D, C/G, K, K']} for this {@code [B, C, H, W]}
     * @param bias {@code [D]}, or none
     * @return {@code [B, D, H', W']}, {@code H' = (H + 2·padding − dilation·(K−1) − 1)/stride + 1}
     * @throws ShapeException if the shapes do not fit
     */
    default Tensor conv2d(Tensor weight, @Nullable Tensor bias, Convolution options) {
        return ConvolutionProduct.of("conv2d", 2, false, options).apply((Tensor) this, weight, bias);
    }

    /**
     * Applies the adjoint of a convolution to sequences.
     *
     * @param weight {@code [C, D/G, K]} for this {@code [B, C, L]}
     * @param bias {@code [D]}, or none
     * @return {@code [B, D, (L − 1)·stride − 2·padding + dilation·(K−1) + outputPadding + 1]}
     * @throws ShapeException if the shapes do not fit
     */
    default Tensor convTranspose1d(Tensor weight, @Nullable Tensor bias, Convolution options) {
        return ConvolutionProduct.of("convTranspose1d", 1, true, options).apply((Tensor) this, weight, bias);
    }

    /**
     * Applies the adjoint of a convolution to pictures.
     *
     * @param weight {@code [C, D/G, K, K']} for this {@code [B, C, H, W]}
     * @param bias {@code [D]}, or none
     * @return {@code [B, D, H', W']}, {@code H' = (H − 1)·stride − 2·padding + dilation·(K−1) + outputPadding + 1}
     * @throws ShapeException if the shapes do not fit
     */
    default Tensor convTranspose2d(Tensor weight, @Nullable Tensor bias, Convolution options) {
        return ConvolutionProduct.of("convTranspose2d", 2, true, options).apply((Tensor) this, weight, bias);
    }
}
