package dev.jeton.data;

/** How an image is brought to another aspect ratio. */
public enum Fit {
    /** Keep proportions and cut the centre out. */
    CROP,
    /** Keep everything and change proportions. */
    STRETCH;

    /** The part of an image that fills the target. */
    Resampler.Box box(int height, int width, ImageShape target) {
        if (this == STRETCH) {
            return new Resampler.Box(0, 0, height, width);
        }
        double scale = Math.min((double) height / target.height(), (double) width / target.width());
        double boxHeight = scale * target.height();
        double boxWidth = scale * target.width();
        return new Resampler.Box((height - boxHeight) / 2, (width - boxWidth) / 2, boxHeight, boxWidth);
    }
}
