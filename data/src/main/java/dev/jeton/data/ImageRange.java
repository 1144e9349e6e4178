package dev.jeton.data;

import java.util.List;
import java.util.Objects;

/** A run of consecutive images of another source. */
record ImageRange(ImageSource whole, int from, int size) implements ImageSource {
    static ImageSource of(ImageSource whole, int from, int to) {
        Objects.checkFromToIndex(from, to, whole.size());
        if (whole instanceof ImageRange range) {
            return new ImageRange(range.whole, range.from + from, to - from);
        }
        return new ImageRange(whole, from, to - from);
    }

    @Override
    public ImageShape shape() {
        return whole.shape();
    }

    @Override
    public List<String> labelNames() {
        return whole.labelNames();
    }

    @Override
    public int label(int index) {
        return whole.label(from + checkIndex(index));
    }

    @Override
    public void read(int index, byte[] target, int offset) {
        whole.read(from + checkIndex(index), target, offset);
    }
}
