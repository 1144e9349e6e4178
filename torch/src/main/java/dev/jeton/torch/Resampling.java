package dev.jeton.torch;

/** Operators that make pictures larger, or trade places for channels. All are linear. */
public sealed interface Resampling permits Tensor {
    /**
     * Returns pictures of another size.
     *
     * @param height of the result for this {@code [B, C, H, W]}
     * @return {@code [B, C, height, width]}
     */
    default Tensor upsample2d(long height, long width, Interpolation interpolation) {
        return Upsample.to((Tensor) this, height, width, interpolation);
    }

    /**
     * Returns pictures larger by a factor, sizes rounded down; new elements are placed by the factor itself.
     *
     * @return {@code [B, C, ⌊H·factor⌋, ⌊W·factor⌋]}
     */
    default Tensor upsample2d(double factor, Interpolation interpolation) {
        return Upsample.by((Tensor) this, factor, interpolation);
    }

    /**
     * Returns sequences of another length, each element the nearest one.
     *
     * @param length of the result for this {@code [B, C, L]}
     * @return {@code [B, C, length]}
     */
    default Tensor upsampleNearest1d(long length) {
        return Upsample.nearest1d((Tensor) this, length);
    }

    /**
     * Moves channels into places: each {@code factor × factor} block of channels becomes a block of the picture.
     *
     * @return {@code [B, C/factor², H·factor, W·factor]} for this {@code [B, C, H, W]}
     */
    default Tensor pixelShuffle(int factor) {
        Tensor x = (Tensor) this;
        Check.rank("pixelShuffle", "the input", x, 4, "[B, C, H, W]");
        if (factor < 1 || x.size(1) % ((long) factor * factor) != 0) {
            throw new ShapeException(
                    "pixelShuffle: channels must be divisible by factor²: input " + x.shape() + ", factor " + factor);
        }
        return new LinearMap("pixelShuffle", t -> Kernel.shuffle(t, factor), g -> Kernel.unshuffle(g, factor)).of(x);
    }

    /**
     * Moves places into channels: the inverse of {@link #pixelShuffle}.
     *
     * @return {@code [B, C·factor², H/factor, W/factor]} for this {@code [B, C, H, W]}
     */
    default Tensor pixelUnshuffle(int factor) {
        Tensor x = (Tensor) this;
        Check.rank("pixelUnshuffle", "the input", x, 4, "[B, C, H, W]");
        if (factor < 1 || x.size(2) % factor != 0 || x.size(3) % factor != 0) {
            throw new ShapeException("pixelUnshuffle: height and width must be divisible by the factor: input "
                    + x.shape() + ", factor " + factor);
        }
        return new LinearMap("pixelUnshuffle", t -> Kernel.unshuffle(t, factor), g -> Kernel.shuffle(g, factor)).of(x);
    }

    /**
     * Returns the patches that a kernel of a size sees, one a column: what a convolution multiplies by.
     *
     * @param height of the kernel
     * @param width of the kernel
     * @param options stride, padding and dilation
     * @return {@code [B, C·height·width, patches]} for this {@code [B, C, H, W]}
     */
    default Tensor unfold(int height, int width, Convolution options) {
        Tensor x = (Tensor) this;
        Check.rank("unfold", "the input", x, 4, "[B, C, H, W]");
        Check.floating("unfold", x);
        return Patches.of("unfold", height, width, options, x.size(2), x.size(3))
                .unfold(x);
    }

    /**
     * Adds patches up to pictures: the adjoint of {@link #unfold}. Places that several patches cover get their sum.
     *
     * @param pictureHeight of the result
     * @param pictureWidth of the result
     * @param height of the kernel
     * @param width of the kernel
     * @param options stride, padding and dilation
     * @return {@code [B, C, pictureHeight, pictureWidth]} for this {@code [B, C·height·width, patches]}
     */
    default Tensor fold(long pictureHeight, long pictureWidth, int height, int width, Convolution options) {
        Tensor x = (Tensor) this;
        Check.rank("fold", "the input", x, 3, "[B, C·height·width, patches]");
        Check.floating("fold", x);
        return Patches.of("fold", height, width, options, pictureHeight, pictureWidth)
                .fold(x);
    }

    /** libtorch's names. */
    final class Kernel {
        private static final Operator SHUFFLE = Operator.of("pixel_shuffle");
        private static final Operator UNSHUFFLE = Operator.of("pixel_unshuffle");

        private Kernel() {}

        private static Tensor shuffle(Tensor x, int factor) {
            return SHUFFLE.call().tensor(x).integer(factor).one();
        }

        private static Tensor unshuffle(Tensor x, int factor) {
            return UNSHUFFLE.call().tensor(x).integer(factor).one();
        }
    }
}
