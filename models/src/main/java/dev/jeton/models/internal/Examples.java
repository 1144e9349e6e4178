package dev.jeton.models.internal;

import dev.jeton.data.ImageSource;
import dev.jeton.data.Pictures;
import dev.jeton.train.Report;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The pictures by which a run's report shows what was learnt: a few of those it was trained on. */
public final class Examples {
    private static final int MOST = 8;
    private static final int SHOWN_SIDE = 96;

    private final List<BufferedImage> pictures;
    private final int[] labels;
    private final int scale;

    private Examples(List<BufferedImage> pictures, int[] labels, int scale) {
        this.pictures = pictures;
        this.labels = labels;
        this.scale = scale;
    }

    /** Takes the first pictures of a source. */
    public static Examples of(ImageSource images) {
        int[] numbers = IntStream.range(0, Math.min(MOST, images.size())).toArray();
        return new Examples(
                IntStream.of(numbers)
                        .mapToObj(i -> Pictures.of(images.pixels(i), images.shape()))
                        .toList(),
                images.labelled() ? IntStream.of(numbers).map(images::label).toArray() : new int[0],
                Math.max(1, SHOWN_SIDE / images.shape().width()));
    }

    /** Returns the pictures. */
    public List<BufferedImage> pictures() {
        return pictures;
    }

    /** Returns the label of each picture; none where the source has none. */
    public int[] labels() {
        return labels.clone();
    }

    /** Shows the pictures above what a model makes of them. */
    public void showBeside(List<BufferedImage> reconstructions, Report.Section section) {
        List<BufferedImage> both = new ArrayList<>(pictures);
        both.addAll(reconstructions);
        show("originals above, reconstructions below", both, section);
    }

    /** Shows pictures in rows as wide as the examples'. */
    public void show(String caption, List<BufferedImage> made, Report.Section section) {
        section.picture(caption, Pictures.png(Pictures.grid(made, pictures.size(), scale)));
    }
}
