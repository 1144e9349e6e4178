package dev.jeton.models.vae;

import dev.jeton.data.ImageShape;
import dev.jeton.nn.Activation;
import dev.jeton.nn.Conv2d;
import dev.jeton.nn.ConvTranspose2d;
import dev.jeton.nn.Flatten;
import dev.jeton.nn.Linear;
import dev.jeton.nn.Sequential;
import dev.jeton.nn.UnaryLayer;
import dev.jeton.torch.Convolution;
import java.util.ArrayList;
import java.util.List;

/** The layers of encoders and decoders. */
final class Networks {
    private static final Convolution HALVE =
            Convolution.defaults().withStride(2).withPadding(1);

    private Networks() {}

    /**
     * What pictures become before the latents: features {@code [B, size]}.
     *
     * @param layers from {@code [B, C, H, W]}
     * @param size how many features
     */
    record Features(Sequential layers, int size) {}

    static Features encoder(Network network, ImageShape image) {
        List<UnaryLayer> layers = new ArrayList<>();
        return switch (network) {
            case Network.Mlp mlp -> {
                layers.add(Flatten.of());
                int in = image.bytes();
                for (int out : mlp.hidden()) {
                    layers.add(Linear.of(in, out));
                    layers.add(Activation.relu());
                    in = out;
                }
                yield new Features(Sequential.of(layers), in);
            }
            case Network.Convolutional convolutional -> {
                int in = image.channels();
                int out = convolutional.width();
                for (int left = convolutional.downsampling(); left > 1; left /= 2) {
                    layers.add(Conv2d.of(in, out, 4, HALVE));
                    layers.add(Activation.silu());
                    in = out;
                    out *= 2;
                }
                layers.add(Flatten.of());
                yield new Features(Sequential.of(layers), in * area(convolutional, image));
            }
        };
    }

    /** Returns the layers from latents and classes {@code [B, in]} to {@code [B, C, H, W]}. */
    static Sequential decoder(Network network, ImageShape image, int in) {
        List<UnaryLayer> layers = new ArrayList<>();
        switch (network) {
            case Network.Mlp mlp -> {
                int size = in;
                for (int out : mlp.hidden().reversed()) {
                    layers.add(Linear.of(size, out));
                    layers.add(Activation.relu());
                    size = out;
                }
                layers.add(Linear.of(size, image.bytes()));
                layers.add(reshape(image.channels(), image.height(), image.width()));
            }
            case Network.Convolutional convolutional -> {
                int factor = convolutional.downsampling();
                int channels = convolutional.width() * factor / 2;
                layers.add(Linear.of(in, (long) channels * area(convolutional, image)));
                layers.add(reshape(channels, image.height() / factor, image.width() / factor));
                for (int left = factor; left > 1; left /= 2) {
                    layers.add(Activation.silu());
                    int next = left == 2 ? image.channels() : channels / 2;
                    layers.add(ConvTranspose2d.of(channels, next, 4, HALVE));
                    channels = next;
                }
            }
        }
        return Sequential.of(layers);
    }

    private static int area(Network.Convolutional network, ImageShape image) {
        return image.height() / network.downsampling() * (image.width() / network.downsampling());
    }

    private static Activation reshape(int channels, int height, int width) {
        return Activation.of(
                "reshape(" + channels + ", " + height + ", " + width + ")",
                x -> x.reshape(-1, channels, height, width));
    }
}
