package dev.jeton.models.vq;

import dev.jeton.data.ImageShape;

/**
 * The sizes of a {@link VqVae2}.
 *
 * @param image the pictures
 * @param downsampling how many pixels, in each direction, one code of the bottom stands for: a power of two; one of the top
 *     stands for twice as many
 * @param width channels of the convolutions
 * @param residualBlocks how many residual blocks each encoder and decoder has
 * @param residualWidth channels inside a residual block
 * @param codeSize the size {@code E} of the vectors that are quantised
 * @param quantization how they are, on both levels
 */
public record VqVae2Config(
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
    public VqVae2Config {
        Sizes.check(image, downsampling, width, residualBlocks, residualWidth, codeSize);
        if (image.height() % (2 * downsampling) != 0 || image.width() % (2 * downsampling) != 0) {
            throw new IllegalArgumentException("image: height and width must be multiples of the top's downsampling "
                    + 2 * downsampling + ": " + image.height() + " × " + image.width());
        }
        quantization.check(codeSize);
    }

    /** Returns 64 × 64 colour pictures as 16 × 16 and 8 × 8 of 512 codes of size 64; width 128, two residual blocks of 32. */
    public static VqVae2Config defaults() {
        return new VqVae2Config(new ImageShape(3, 64, 64), 4, 128, 2, 32, 64, Quantization.vector(512));
    }

    /** Returns the same for other pictures. */
    public VqVae2Config withImage(ImageShape image) {
        return new VqVae2Config(image, downsampling, width, residualBlocks, residualWidth, codeSize, quantization);
    }

    /** Returns the same with codes that stand for more or fewer pixels. */
    public VqVae2Config withDownsampling(int downsampling) {
        return new VqVae2Config(image, downsampling, width, residualBlocks, residualWidth, codeSize, quantization);
    }

    /** Returns the same with other convolutions. */
    public VqVae2Config withWidth(int width) {
        return new VqVae2Config(image, downsampling, width, residualBlocks, residualWidth, codeSize, quantization);
    }

    /** Returns the same with other residual blocks. */
    public VqVae2Config withResiduals(int blocks, int width) {
        return new VqVae2Config(image, downsampling, this.width, blocks, width, codeSize, quantization);
    }

    /** Returns the same with another quantizer of vectors of a size. */
    public VqVae2Config withQuantization(int codeSize, Quantization quantization) {
        return new VqVae2Config(image, downsampling, width, residualBlocks, residualWidth, codeSize, quantization);
    }
}
