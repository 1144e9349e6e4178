package dev.jeton.models.vq;

import dev.jeton.nn.Conv2d;
import dev.jeton.nn.ConvTranspose2d;
import dev.jeton.nn.Layer;
import dev.jeton.nn.Sequential;
import dev.jeton.torch.Convolution;
import dev.jeton.torch.Scope;
import dev.jeton.torch.Tensor;
import java.util.List;

/**
 * The layers of a {@link VqVae2}. The top's codes are chosen first, from the bottom's features at half their size; the
 * bottom's from its features and what the top's codes decode to; pictures are decoded from both.
 */
public final class VqVae2Model extends Layer {
    private static final Convolution DOUBLE =
            Convolution.defaults().withStride(2).withPadding(1);

    private final VqVae2Config config;
    private final Sequential bottomEncoder;
    private final Sequential topEncoder;
    private final Conv2d topProjection;
    private final Quantizer top;
    private final Sequential topDecoder;
    private final Conv2d bottomProjection;
    private final Quantizer bottom;
    private final ConvTranspose2d topUpsampling;
    private final Sequential decoder;

    private VqVae2Model(VqVae2Config config) {
        this.config = config;
        var residuals = new ConvolutionalStacks.Residuals(config.residualBlocks(), config.residualWidth());
        int channels = config.image().channels();
        int width = config.width();
        int size = config.codeSize();
        int factor = config.downsampling();
        bottomEncoder = child("bottom_encoder", ConvolutionalStacks.encoder(channels, width, residuals, factor));
        topEncoder = child("top_encoder", ConvolutionalStacks.encoder(width, width, residuals, 2));
        topProjection = child("top_projection", Conv2d.of(width, size, 1));
        top = child("top", Quantizer.of(config.quantization(), size));
        topDecoder = child("top_decoder", ConvolutionalStacks.decoder(size, size, width, residuals, 2));
        bottomProjection = child("bottom_projection", Conv2d.of(size + width, size, 1));
        bottom = child("bottom", Quantizer.of(config.quantization(), size));
        topUpsampling = child("top_upsampling", ConvTranspose2d.of(size, size, 4, DOUBLE));
        decoder = child("decoder", ConvolutionalStacks.decoder(2 * size, channels, width, residuals, factor));
    }

    /** Makes a model with random weights. */
    public static VqVae2Model of(VqVae2Config config) {
        return new VqVae2Model(config);
    }

    /** Returns the sizes. */
    public VqVae2Config config() {
        return config;
    }

    /** Returns the quantizer of the top level, that of the whole picture's arrangement. */
    public Quantizer top() {
        return top;
    }

    /** Returns the quantizer of the bottom level, that of details. */
    public Quantizer bottom() {
        return bottom;
    }

    /**
     * A picture's codes on both levels.
     *
     * @param top at half of the bottom's height and width
     * @param bottom {@code [B, h, w, …]}
     */
    public record Levels(Quantized top, Quantized bottom) {
        private Levels keepIn(Scope scope) {
            return new Levels(top.keepIn(scope), bottom.keepIn(scope));
        }
    }

    /**
     * What becomes of pictures.
     *
     * @param pixels {@code [B, C, H, W]}, the pictures as the codes have them, near 0 to 1
     * @param levels the codes
     */
    public record Reconstruction(Tensor pixels, Levels levels) {}

    /** Encodes, quantises and decodes pixels {@code [B, C, H, W]} from 0 to 1. */
    public Reconstruction forward(Tensor pixels) {
        try (Scope scope = Scope.open()) {
            Levels levels = encode(pixels);
            Tensor again = decodeVectors(levels.top.values(), levels.bottom.values());
            return new Reconstruction(scope.keep(again), levels.keepIn(scope));
        }
    }

    /** Encodes and quantises pixels {@code [B, C, H, W]} from 0 to 1. */
    public Levels encode(Tensor pixels) {
        try (Scope scope = Scope.open()) {
            Tensor features = bottomEncoder.forward(pixels.sub(0.5).channelsLast()); // [B, width, h, w]
            Tensor arrangement = topProjection.forward(topEncoder.forward(features)); // [B, E, h/2, w/2]
            Quantized coarse = top.quantize(channelsLast(arrangement));
            Tensor context = topDecoder.forward(channelsFirst(coarse.values())); // [B, E, h, w]
            Tensor details = bottomProjection.forward(Tensor.cat(List.of(context, features), 1)); // [B, E, h, w]
            Quantized fine = bottom.quantize(channelsLast(details));
            return new Levels(coarse, fine).keepIn(scope);
        }
    }

    /** Returns the pictures {@code [B, C, H, W]} of codes {@code [B, h/2, w/2, L]} and {@code [B, h, w, L]}. */
    public Tensor decode(Tensor topIndices, Tensor bottomIndices) {
        try (Scope scope = Scope.open()) {
            return scope.keep(decodeVectors(top.decode(topIndices), bottom.decode(bottomIndices)));
        }
    }

    private Tensor decodeVectors(Tensor coarse, Tensor fine) {
        Tensor doubled = topUpsampling.forward(channelsFirst(coarse)); // [B, E, h, w]
        return decoder.forward(Tensor.cat(List.of(doubled, channelsFirst(fine)), 1))
                .add(0.5); // [B, C, H, W]
    }

    private static Tensor channelsLast(Tensor x) {
        return x.permute(0, 2, 3, 1);
    }

    private static Tensor channelsFirst(Tensor x) {
        return x.permute(0, 3, 1, 2);
    }
}
