package dev.jeton.data;

import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Keeps every image once it was read. Two threads that miss the same image at once both read it: the bytes are equal. */
final class CachedImages implements ImageSource {
    private final ImageSource source;
    private final AtomicReferenceArray<byte[]> images;

    private CachedImages(ImageSource source) {
        this.source = source;
        this.images = new AtomicReferenceArray<>(source.size());
    }

    static ImageSource of(ImageSource source, long maxBytes) {
        boolean held = source instanceof CachedImages || source instanceof PackedImages;
        boolean fits = (long) source.size() * source.shape().bytes() <= maxBytes;
        return held || !fits ? source : new CachedImages(source);
    }

    @Override
    public int size() {
        return source.size();
    }

    @Override
    public ImageShape shape() {
        return source.shape();
    }

    @Override
    public List<String> labelNames() {
        return source.labelNames();
    }

    @Override
    public int label(int index) {
        return source.label(index);
    }

    @Override
    public void read(int index, byte[] target, int offset) {
        byte[] image = images.get(checkIndex(index));
        if (image == null) {
            image = source.pixels(index);
            images.set(index, image);
        }
        System.arraycopy(image, 0, target, offset, image.length);
    }
}
