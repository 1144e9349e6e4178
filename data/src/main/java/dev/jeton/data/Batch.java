package dev.jeton.data;

import dev.jeton.torch.DType;
import dev.jeton.torch.Device;
import dev.jeton.torch.Scope;
import dev.jeton.torch.Shape;
import dev.jeton.torch.Tensor;

/** Some images and their labels. Tensors are made when they are asked for, in the innermost scope of the asking thread. */
public final class Batch {
    private static final float SCALE = 1 / 255f;

    private final ImageShape shape;
    private final byte[] bytes;
    private final int[] indices;
    private final long[] labels;

    /**
     * Takes the arrays over.
     *
     * @param labels one an image, or empty
     */
    Batch(ImageShape shape, byte[] bytes, int[] indices, long[] labels) {
        this.shape = shape;
        this.bytes = bytes;
        this.indices = indices;
        this.labels = labels;
    }

    /** How many images there are: B. */
    public int size() {
        return indices.length;
    }

    /** Channels, height and width. */
    public ImageShape shape() {
        return shape;
    }

    /** The images as float32 {@code [B, C, H, W]} from 0 to 1 on the CPU. */
    public Tensor pixels() {
        return pixels(Device.CPU);
    }

    /** The images as float32 {@code [B, C, H, W]} from 0 to 1: a quarter of the bytes travels, the device converts. */
    public Tensor pixels(Device device) {
        try (var scope = Scope.open()) {
            Tensor uploaded = Tensor.of(bytes, Shape.of(size(), shape.channels(), shape.height(), shape.width()))
                    .to(device);
            return scope.keep(uploaded.to(DType.FLOAT32).mul(SCALE));
        }
    }

    /**
     * The labels as int64 {@code [B]} on the CPU.
     *
     * @throws IllegalStateException if the source has no labels
     */
    public Tensor labels() {
        return labels(Device.CPU);
    }

    /**
     * The labels as int64 {@code [B]}.
     *
     * @throws IllegalStateException if the source has no labels
     */
    public Tensor labels(Device device) {
        if (labels.length == 0) {
            throw new IllegalStateException("labels: these images have no labels");
        }
        try (var scope = Scope.open()) {
            return scope.keep(Tensor.of(labels).to(device));
        }
    }

    /** The images as unsigned bytes {@code [B, C, H, W]}: the batch's own array. */
    public byte[] bytes() {
        return bytes;
    }

    /** The images as floats {@code [B, C, H, W]} from 0 to 1, the same values as those of {@link #pixels()}. */
    public float[] floats() {
        float[] floats = new float[bytes.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (bytes[i] & 0xff) * SCALE;
        }
        return floats;
    }

    /** The labels, one an image; empty if the source has none. */
    public long[] labelNumbers() {
        return labels.clone();
    }

    /** Where in the source each image comes from. */
    public int[] indices() {
        return indices.clone();
    }
}
