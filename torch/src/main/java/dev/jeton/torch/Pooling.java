package dev.jeton.torch;

/** Operators that make one element of each window of sequences {@code [B, C, L]} or pictures {@code [B, C, H, W]}. */
public sealed interface Pooling permits Tensor {
    /**
     * Returns the greatest element of each window of pictures; its place gets the gradient.
     *
     * @return {@code [B, C, H', W']}, {@code H' = (H + 2·padding − size)/stride + 1}
     * @throws ShapeException if the window does not fit
     */
    default Tensor maxPool2d(Window window) {
        return Pool.of("maxPool2d", 2, (Tensor) this, window).max((Tensor) this);
    }

    /** As {@link #maxPool2d(Window)}, windows of a size that touch without overlapping. */
    default Tensor maxPool2d(int size) {
        return maxPool2d(Window.of(size));
    }

    /** Returns the average of each window of pictures. */
    default Tensor avgPool2d(Window window) {
        return Pool.of("avgPool2d", 2, (Tensor) this, window).average((Tensor) this);
    }

    /** As {@link #avgPool2d(Window)}, windows of a size that touch without overlapping. */
    default Tensor avgPool2d(int size) {
        return avgPool2d(Window.of(size));
    }

    /** Returns the greatest element of each window of sequences. */
    default Tensor maxPool1d(Window window) {
        Tensor x = (Tensor) this;
        Pool pool = Pool.of("maxPool1d", 1, x, window);
        return Pool.asSequences(pool.max(Pool.asPictures(x)));
    }

    /** Returns the average of each window of sequences. */
    default Tensor avgPool1d(Window window) {
        Tensor x = (Tensor) this;
        Pool pool = Pool.of("avgPool1d", 1, x, window);
        return Pool.asSequences(pool.average(Pool.asPictures(x)));
    }

    /**
     * Returns averages over windows that divide pictures as evenly as they can.
     *
     * @return {@code [B, C, height, width]}
     */
    default Tensor adaptiveAvgPool2d(long height, long width) {
        Tensor x = (Tensor) this;
        Check.rank("adaptiveAvgPool2d", "the input", x, 4, "[B, C, H, W]");
        Check.floating("adaptiveAvgPool2d", x);
        if (height < 1 || width < 1 || x.size(2) < 1 || x.size(3) < 1) {
            throw new ShapeException("adaptiveAvgPool2d: sizes must be at least 1: input " + x.shape() + ", result "
                    + height + " × " + width);
        }
        return Pool.adaptiveAverage(x, height, width);
    }
}
