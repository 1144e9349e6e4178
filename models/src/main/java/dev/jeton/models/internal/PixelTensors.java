package dev.jeton.models.internal;

import dev.jeton.data.Fit;
import dev.jeton.data.ImageShape;
import dev.jeton.data.Pictures;
import dev.jeton.torch.DType;
import dev.jeton.torch.Device;
import dev.jeton.torch.Shape;
import dev.jeton.torch.Tensor;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Pictures of the JDK to and from pixels {@code [B, C, H, W]} between 0 and 1. */
public final class PixelTensors {
    private PixelTensors() {}

    /**
     * Checks that pictures are of a model's shape.
     *
     * @throws IllegalArgumentException if not
     */
    public static void checkShape(ImageShape pictures, ImageShape model) {
        if (!pictures.equals(model)) {
            throw new IllegalArgumentException(
                    "evaluate: the model's pictures are " + model + ", these are " + pictures);
        }
    }

    /** Returns pictures, each brought to a shape, as pixels {@code [B, C, H, W]}. */
    public static Tensor of(List<BufferedImage> pictures, ImageShape shape, Device device) {
        byte[] all = new byte[pictures.size() * shape.bytes()];
        for (int i = 0; i < pictures.size(); i++) {
            byte[] one = Pictures.pixels(pictures.get(i), shape, Fit.CROP);
            System.arraycopy(one, 0, all, i * shape.bytes(), one.length);
        }
        Tensor bytes = Tensor.of(all, Shape.of(pictures.size(), shape.channels(), shape.height(), shape.width()));
        return bytes.to(device).to(DType.FLOAT32).mul(1 / 255.0);
    }

    /** Returns pixels {@code [B, C, H, W]} as pictures; what lies outside of 0 to 1 is cut off. */
    public static List<BufferedImage> pictures(Tensor pixels) {
        var shape = new ImageShape((int) pixels.size(1), (int) pixels.size(2), (int) pixels.size(3));
        int[] levels = pixels.detach().clamp(0, 1).mul(255).round().toInts();
        byte[] all = new byte[levels.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) levels[i];
        }
        List<BufferedImage> pictures = new ArrayList<>();
        for (int from = 0; from < all.length; from += shape.bytes()) {
            pictures.add(Pictures.of(Arrays.copyOfRange(all, from, from + shape.bytes()), shape));
        }
        return pictures;
    }
}
