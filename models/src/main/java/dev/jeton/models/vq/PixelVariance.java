package dev.jeton.models.vq;

import dev.jeton.data.ImageSource;

/** How much pixels differ. */
final class PixelVariance {
    private static final int PICTURES = 256;

    /** What stands for the variance of pictures of one colour. */
    private static final double LEAST = 1e-4;

    private PixelVariance() {}

    /** Returns the variance of the pixels, from 0 to 1, of pictures spread over a source's first ones. */
    static double of(ImageSource images) {
        long count = 0;
        long sum = 0;
        long squares = 0;
        for (int i = 0; i < Math.min(PICTURES, images.size()); i++) {
            for (byte pixel : images.pixels(i)) {
                int level = pixel & 0xff;
                count++;
                sum += level;
                squares += (long) level * level;
            }
        }
        double mean = (double) sum / count;
        return Math.max(LEAST, ((double) squares / count - mean * mean) / (255.0 * 255));
    }
}
