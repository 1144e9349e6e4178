package dev.jeton.models.vae;

import dev.jeton.data.ImageShape;
import java.util.List;

/** The kind of networks that encode and decode. */
public sealed interface Network {
    /**
     * Checks that such networks can have these pictures.
     *
     * @throws IllegalArgumentException if not
     */
    void check(ImageShape image);

    /**
     * Fully connected layers over all pixels, relu between them.
     *
     * @param hidden their widths in the encoder; the decoder has them in reverse
     */
    record Mlp(List<Integer> hidden) implements Network {
        /** Checks the widths. */
        public Mlp {
            hidden = List.copyOf(hidden);
            if (hidden.isEmpty() || hidden.stream().anyMatch(width -> width < 1)) {
                throw new IllegalArgumentException("Mlp: there must be hidden layers of positive width, got " + hidden);
            }
        }

        @Override
        public void check(ImageShape image) {}
    }

    /**
     * Convolutions of stride 2, silu between them, and one layer from what is left to the latents.
     *
     * @param width channels after the first convolution, twice as many after each further one
     * @param downsampling into how many times fewer pixels, in each direction, a picture goes: a power of two
     */
    record Convolutional(int width, int downsampling) implements Network {
        /** Checks the sizes. */
        public Convolutional {
            if (width < 1) {
                throw new IllegalArgumentException("Convolutional: width must be positive, got " + width);
            }
            if (downsampling < 2 || Integer.bitCount(downsampling) != 1) {
                throw new IllegalArgumentException(
                        "Convolutional: downsampling must be a power of two from 2 on, got " + downsampling);
            }
        }

        @Override
        public void check(ImageShape image) {
            if (image.height() % downsampling != 0 || image.width() % downsampling != 0) {
                throw new IllegalArgumentException(
                        "Convolutional: height and width must be multiples of the downsampling " + downsampling + ": "
                                + image.height() + " × " + image.width());
            }
        }
    }
}
