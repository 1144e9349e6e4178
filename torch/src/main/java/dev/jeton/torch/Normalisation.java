package dev.jeton.torch;

import org.jspecify.annotations.Nullable;

/**
 * Operators that bring elements to mean 0 and variance 1 over some dimensions, then scale and shift them:
 * {@code (x − mean) / √(variance + ε) · weight + bias}. The variance has no Bessel's correction. A bias goes only with
 * a weight.
 */
public sealed interface Normalisation permits Tensor {
    /**
     * Normalises over the last dimensions.
     *
     * @param normalized the sizes of those dimensions
     * @param weight of that shape, or none
     * @param bias of that shape, or none
     * @param epsilon added to the variance
     * @throws ShapeException if this tensor's shape does not end in {@code normalized}
     */
    default Tensor layerNorm(Shape normalized, @Nullable Tensor weight, @Nullable Tensor bias, double epsilon) {
        return LayerNorm.of(Autocast.full((Tensor) this), normalized, Affine.full(weight), Affine.full(bias), epsilon);
    }

    /**
     * Divides by the root of the mean square over the last dimensions, without subtracting the mean:
     * {@code x / √(mean(x²) + ε) · weight}. Half-precision elements are computed with in float32.
     *
     * @param normalized the sizes of those dimensions
     * @param weight of that shape, or none
     */
    default Tensor rmsNorm(Shape normalized, @Nullable Tensor weight, double epsilon) {
        return RmsNorm.of(Autocast.full((Tensor) this), normalized, Affine.full(weight), epsilon);
    }

    /**
     * Normalises each group of channels of each sample.
     *
     * @param groups into how many groups the {@code C} channels of this {@code [B, C, ...]} are divided
     * @param weight {@code [C]}, or none
     * @param bias {@code [C]}, or none
     */
    default Tensor groupNorm(int groups, @Nullable Tensor weight, @Nullable Tensor bias, double epsilon) {
        return GroupNorm.of(
                "groupNorm", Autocast.full((Tensor) this), groups, Affine.full(weight), Affine.full(bias), epsilon);
    }

    /**
     * Normalises each channel of each sample of {@code [B, C, ...]}.
     *
     * @param weight {@code [C]}, or none
     * @param bias {@code [C]}, or none
     */
    default Tensor instanceNorm(@Nullable Tensor weight, @Nullable Tensor bias, double epsilon) {
        Tensor x = Autocast.full((Tensor) this);
        Affine.checkChannels("instanceNorm", x);
        return GroupNorm.of(
                "instanceNorm",
                x,
                Math.toIntExact(Math.max(1, x.size(1))),
                Affine.full(weight),
                Affine.full(bias),
                epsilon);
    }

    /**
     * Normalises each channel over the batch and all places of {@code [B, C, ...]}.
     *
     * @param statistics by whose mean and variance
     * @param weight {@code [C]}, or none
     * @param bias {@code [C]}, or none
     * @throws ShapeException if the batch's own variance is asked for and there is one element a channel
     */
    default Tensor batchNorm(Statistics statistics, @Nullable Tensor weight, @Nullable Tensor bias, double epsilon) {
        return BatchNorm.of(Autocast.full((Tensor) this), statistics, Affine.full(weight), Affine.full(bias), epsilon);
    }
}
