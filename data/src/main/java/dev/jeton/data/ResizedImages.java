package dev.jeton.data;

import java.util.List;

/** Another source's images in another size or number of channels. */
record ResizedImages(ImageSource source, ImageShape shape, Fit fit) implements ImageSource {
    static ImageSource of(ImageSource source, ImageOptions options) {
        ImageShape own = source.shape();
        ImageShape shape = options.shape(own.channels(), own.height(), own.width());
        return shape.equals(own) ? source : new ResizedImages(source, shape, options.fit());
    }

    @Override
    public int size() {
        return source.size();
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
        Planes image = new Planes(source.shape(), source.pixels(index)).to(shape, fit);
        System.arraycopy(image.pixels(), 0, target, offset, shape.bytes());
    }
}
