package dev.jeton.models.vq;

import dev.jeton.nn.Conv2d;
import dev.jeton.nn.Layer;
import dev.jeton.nn.Sequential;
import dev.jeton.torch.Scope;
import dev.jeton.torch.Tensor;

/** The layers of a {@link VqVae}: an encoder, a quantizer, a decoder. For those who train or change them themselves. */
public final class VqVaeModel extends Layer {
    private final VqVaeConfig config;
    private final Sequential encoder;
    private final Conv2d projection;
    private final Quantizer quantizer;
    private final Sequential decoder;

    private VqVaeModel(VqVaeConfig config) {
        this.config = config;
        var residuals = new ConvolutionalStacks.Residuals(config.residualBlocks(), config.residualWidth());
        int channels = config.image().channels();
        int width = config.width();
        encoder = child("encoder", ConvolutionalStacks.encoder(channels, width, residuals, config.downsampling()));
        projection = child("projection", Conv2d.of(width, config.codeSize(), 1));
        quantizer = child("quantizer", Quantizer.of(config.quantization(), config.codeSize()));
        decoder = child(
                "decoder",
                ConvolutionalStacks.decoder(config.codeSize(), channels, width, residuals, config.downsampling()));
    }

    /** Makes a model with random weights. */
    public static VqVaeModel of(VqVaeConfig config) {
        return new VqVaeModel(config);
    }

    /** Returns the sizes. */
    public VqVaeConfig config() {
        return config;
    }

    /** Returns the quantizer. */
    public Quantizer quantizer() {
        return quantizer;
    }

    /**
     * What becomes of pictures.
     *
     * @param pixels {@code [B, C, H, W]}, the pictures as the codes have them, near 0 to 1
     * @param quantized the codes {@code [B, h, w, L]}, their vectors {@code [B, h, w, E]} and the quantizer's loss
     */
    public record Reconstruction(Tensor pixels, Quantized quantized) {}

    /** Encodes, quantises and decodes pixels {@code [B, C, H, W]} from 0 to 1. */
    public Reconstruction forward(Tensor pixels) {
        try (Scope scope = Scope.open()) {
            Quantized quantized = encode(pixels);
            return new Reconstruction(scope.keep(decodeVectors(quantized.values())), quantized.keepIn(scope));
        }
    }

    /** Encodes and quantises pixels {@code [B, C, H, W]} from 0 to 1, whose sizes the downsampling divides. */
    public Quantized encode(Tensor pixels) {
        try (Scope scope = Scope.open()) {
            Tensor vectors = projection.forward(encoder.forward(pixels.sub(0.5).channelsLast())); // [B, E, h, w]
            return quantizer.quantize(vectors.permute(0, 2, 3, 1)).keepIn(scope); // [B, h, w, E]
        }
    }

    /** Returns the pictures {@code [B, C, H, W]} of codes {@code [B, h, w, L]}. */
    public Tensor decode(Tensor indices) {
        try (Scope scope = Scope.open()) {
            return scope.keep(decodeVectors(quantizer.decode(indices)));
        }
    }

    private Tensor decodeVectors(Tensor values) {
        return decoder.forward(values.permute(0, 3, 1, 2)).add(0.5); // [B, C, H, W]
    }
}
