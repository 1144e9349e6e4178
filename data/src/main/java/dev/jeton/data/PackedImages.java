package dev.jeton.data;

import java.util.List;

/** Images that lie in memory one after the other: image i starts at {@code first + i × stride}. */
final class PackedImages implements ImageSource {
    private final int size;
    private final ImageShape shape;
    private final byte[] data;
    private final int first;
    private final int stride;
    private final List<String> labelNames;
    private final byte[] labels;

    /**
     * Images and their labels.
     *
     * @param data all images
     * @param labels one an image, or empty
     */
    PackedImages(
            int size, ImageShape shape, byte[] data, int first, int stride, List<String> labelNames, byte[] labels) {
        this.size = size;
        this.shape = shape;
        this.data = data;
        this.first = first;
        this.stride = stride;
        this.labelNames = labelNames;
        this.labels = labels;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public ImageShape shape() {
        return shape;
    }

    @Override
    public List<String> labelNames() {
        return labelNames;
    }

    @Override
    public int label(int index) {
        checkIndex(index);
        if (labels.length == 0) {
            throw new IllegalStateException("label: these images have no labels");
        }
        return labels[index] & 0xff;
    }

    @Override
    public void read(int index, byte[] target, int offset) {
        System.arraycopy(data, first + checkIndex(index) * stride, target, offset, shape.bytes());
    }
}
