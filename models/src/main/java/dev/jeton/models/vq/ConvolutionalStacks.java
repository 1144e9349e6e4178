package dev.jeton.models.vq;

import dev.jeton.nn.Activation;
import dev.jeton.nn.Conv2d;
import dev.jeton.nn.ConvTranspose2d;
import dev.jeton.nn.Residual;
import dev.jeton.nn.Sequential;
import dev.jeton.nn.UnaryLayer;
import dev.jeton.torch.Convolution;
import java.util.ArrayList;
import java.util.List;

/** Encoders and decoders of pictures as the papers' authors build them. */
final class ConvolutionalStacks {
    private static final Convolution SAME = Convolution.defaults().withPadding(1);
    private static final Convolution HALVE =
            Convolution.defaults().withStride(2).withPadding(1);

    /** The residual blocks of a stack. */
    record Residuals(int blocks, int width) {}

    private ConvolutionalStacks() {}

    /**
     * Returns {@code [B, in, H, W]} to {@code [B, width, H / downsampling, W / downsampling]}: convolutions of stride 2, the
     * first of half the width, then residual blocks.
     */
    static Sequential encoder(int in, int width, Residuals residuals, int downsampling) {
        List<UnaryLayer> layers = new ArrayList<>();
        int channels = in;
        for (int left = downsampling; left > 1; left /= 2) {
            int next = left == downsampling && downsampling > 2 ? width / 2 : width;
            layers.add(Conv2d.of(channels, next, 4, HALVE));
            layers.add(Activation.relu());
            channels = next;
        }
        layers.add(Conv2d.of(channels, width, 3, SAME));
        addResiduals(layers, width, residuals);
        return Sequential.of(layers);
    }

    /** Returns {@code [B, in, h, w]} to {@code [B, out, h · upsampling, w · upsampling]}: the way back. */
    static Sequential decoder(int in, int out, int width, Residuals residuals, int upsampling) {
        List<UnaryLayer> layers = new ArrayList<>();
        layers.add(Conv2d.of(in, width, 3, SAME));
        addResiduals(layers, width, residuals);
        int channels = width;
        for (int left = upsampling; left > 1; left /= 2) {
            boolean last = left == 2;
            int next = last ? out : left == 4 ? width / 2 : width;
            layers.add(ConvTranspose2d.of(channels, next, 4, HALVE));
            if (!last) {
                layers.add(Activation.relu());
            }
            channels = next;
        }
        return Sequential.of(layers);
    }

    /** Adds {@code x + conv1×1(relu(conv3×3(relu(x))))} some times, and a relu behind them. */
    private static void addResiduals(List<UnaryLayer> layers, int width, Residuals residuals) {
        for (int i = 0; i < residuals.blocks(); i++) {
            layers.add(Residual.of(Sequential.of(
                    Activation.relu(),
                    Conv2d.of(width, residuals.width(), 3, SAME),
                    Activation.relu(),
                    Conv2d.of(residuals.width(), width, 1))));
        }
        layers.add(Activation.relu());
    }
}
