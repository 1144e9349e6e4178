package dev.jeton.models.vq;

import dev.jeton.data.ImageShape;

/**
 * The sizes of a {@link VqVae}.
 *
 * @param image the pictures
 * @param downsampling how many pixels, in each direction, one code stands for: a power of two
 * @param width channels of the convolutions
 * @param residualBlocks how many residual blocks encoder and decoder have
 * @param residualWidth channels inside a residual block
 * @param codeSize the size {@code E} of the vectors that are quantised
 * @param quantization how they are
 */
public record VqVaeConfig(
        ImageShape image,
        int downsampling,
        int width,
        int residualBlocks,
        int residualWidth,
        int codeSize,
        Quantization quantization) {
    /**
     * Checks the sizes.
     *
     * @throws IllegalArgumentException if they do not go together
     */
    public VqVaeConfig {
        Sizes.check(image, downsampling, width, residualBlocks, residualWidth, codeSize);
        quantization.check(codeSize);
    }

    /** Returns 32 × 32 colour pictures as 8 × 8 of 512 codes of size 64; width 128, two residual blocks of 32. */
    public static VqVaeConfig defaults() {
        return new VqVaeConfig(new ImageShape(3, 32, 32), 4, 128, 2, 32, 64, Quantization.vector(512));
    }

    /** Returns the same for other pictures. */
    public VqVaeConfig withImage(ImageShape image) {
        return new VqVaeConfig(image, downsampling, width, residualBlocks, residualWidth, codeSize, quantization);
    }

    /** Returns the same with codes that stand for more or fewer pixels. */
    public VqVaeConfig withDownsampling(int downsampling) {
        return new VqVaeConfig(image, downsampling, width, residualBlocks, residualWidth, codeSize, quantization);
    }

    /** Returns the same with other convolutions. */
    public VqVaeConfig withWidth(int width) {
        return new VqVaeConfig(image, downsampling, width, residualBlocks, residualWidth, codeSize, quantization);
    }

    /** Returns the same with other residual blocks. */
    public VqVaeConfig withResiduals(int blocks, int width) {
        return new VqVaeConfig(image, downsampling, this.width, blocks, width, codeSize, quantization);
    }

    /**
     * Returns the same with another number of codes.
     *
     * @throws IllegalArgumentException if the quantizer has no codebook of its own: see {@link #withQuantization}
     */
    public VqVaeConfig withCodes(int codes) {
        return switch (quantization) {
            case Quantization.Vector vector -> withQuantization(codeSize, vector.withCodes(codes));
            case Quantization.SimVq simVq ->
                withQuantization(codeSize, new Quantization.SimVq(codes, simVq.commitment(), simVq.estimator()));
            case Quantization.FiniteScalar _,
                    Quantization.LookupFree _,
                    Quantization.Residual _,
                    Quantization.Grouped _ ->
                throw new IllegalArgumentException(
                        "withCodes: the number of codes follows from the quantizer: give another to withQuantization, not "
                                + quantization);
        };
    }

    /** Returns the same with another quantizer of vectors of a size. */
    public VqVaeConfig withQuantization(int codeSize, Quantization quantization) {
        return new VqVaeConfig(image, downsampling, width, residualBlocks, residualWidth, codeSize, quantization);
    }
}
