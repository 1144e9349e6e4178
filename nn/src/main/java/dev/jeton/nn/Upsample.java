package dev.jeton.nn;

import dev.jeton.torch.Interpolation;
import dev.jeton.torch.Tensor;
import java.util.function.UnaryOperator;

/** Makes pictures {@code [B, C, H, W]} larger. */
public final class Upsample extends UnaryLayer {
    private final String name;
    private final UnaryOperator<Tensor> function;

    private Upsample(String name, UnaryOperator<Tensor> function) {
        this.name = name;
        this.function = function;
    }

    /** Multiplies height and width. */
    public static Upsample by(double factor, Interpolation interpolation) {
        return new Upsample(
                "Upsample(× " + factor + ", " + interpolation + ")", x -> x.upsample2d(factor, interpolation));
    }

    /** Makes pictures of one size. */
    public static Upsample to(long height, long width, Interpolation interpolation) {
        return new Upsample(
                "Upsample(" + height + " × " + width + ", " + interpolation + ")",
                x -> x.upsample2d(height, width, interpolation));
    }

    /** Lays {@code factor²} channels out as squares of pixels: {@code [B, C·f², H, W]} to {@code [B, C, H·f, W·f]}. */
    public static Upsample pixelShuffle(int factor) {
        return new Upsample("PixelShuffle(" + factor + ")", x -> x.pixelShuffle(factor));
    }

    @Override
    protected Tensor compute(Tensor x) {
        return function.apply(x);
    }

    @Override
    protected String describe() {
        return name;
    }
}
