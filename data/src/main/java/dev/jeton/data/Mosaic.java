package dev.jeton.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A world of colour pictures that needs no download: shapes of several sizes, colours and places on textured ground.
 *
 * <p>Picture i depends on nothing but side, seed and i, on every platform; its {@linkplain Scene factors} depend on seed
 * and i only, so that the same scene can be drawn at any side. The label is the shape of the largest figure.
 */
public final class Mosaic implements ImageSource {
    /** The least side of a picture, in pixels. */
    static final int MIN_SIDE = 16;

    private static final int MAX_SIDE = 4096;

    private static final List<String> LABELS =
            Arrays.stream(Scene.Shape.values()).map(Scene::word).toList();

    private final int side;
    private final long seed;
    private final int first;
    private final int size;

    private Mosaic(int side, long seed, int first, int size) {
        this.side = side;
        this.seed = seed;
        this.first = first;
        this.size = size;
    }

    /**
     * Endless pictures; {@link #take} limits them.
     *
     * @param side height and width in pixels
     * @throws IllegalArgumentException if the side is not in 16..4096
     */
    public static Mosaic images(int side, long seed) {
        if (side < MIN_SIDE || side > MAX_SIDE) {
            throw new IllegalArgumentException(
                    "Mosaic: the side must be in " + MIN_SIDE + ".." + MAX_SIDE + " pixels, got " + side);
        }
        return new Mosaic(side, seed, 0, ENDLESS);
    }

    /** The factors of a picture. */
    public Scene scene(int index) {
        var dice = new Dice(seed, first + checkIndex(index));
        Scene.Tone tone = dice.oneOf(Scene.Tone.values());
        Scene.Texture texture = dice.oneOf(Scene.Texture.values());
        double number = dice.uniform();
        var sizes = new ArrayList<Scene.Size>();
        for (int i = 0; i < (number < 0.4 ? 1 : number < 0.75 ? 2 : 3); i++) {
            sizes.add(dice.oneOf(Scene.Size.values()));
        }
        sizes.sort((a, b) -> Double.compare(b.radius, a.radius));
        var figures = new ArrayList<Scene.Figure>();
        for (Scene.Size size : sizes) {
            place(size, tone, figures, dice);
        }
        return new Scene(texture, tone, figures);
    }

    /** Adds a figure where it overlaps no other; where 16 throws find no such place, the picture goes without it. */
    private static void place(Scene.Size size, Scene.Tone tone, List<Scene.Figure> figures, Dice dice) {
        Scene.Shape shape = dice.oneOf(Scene.Shape.values());
        Scene.Colour colour = dice.oneOf(Scene.Colour.values());
        while (!colour.showsOn(tone)) {
            colour = dice.oneOf(Scene.Colour.values());
        }
        double angle = dice.between(-0.4, 0.4);
        double margin = size.radius + 0.03;
        for (int i = 0; i < 16; i++) {
            var figure = new Scene.Figure(
                    shape, colour, size, dice.between(margin, 1 - margin), dice.between(margin, 1 - margin), angle);
            if (figures.stream().noneMatch(other -> overlap(figure, other))) {
                figures.add(figure);
                return;
            }
        }
    }

    private static boolean overlap(Scene.Figure a, Scene.Figure b) {
        double x = a.x() - b.x();
        double y = a.y() - b.y();
        double apart = a.size().radius + b.size().radius;
        return x * x + y * y < apart * apart;
    }

    /** A picture in an English sentence. */
    public String caption(int index) {
        return scene(index).caption();
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public ImageShape shape() {
        return new ImageShape(3, side, side);
    }

    @Override
    public List<String> labelNames() {
        return LABELS;
    }

    @Override
    public int label(int index) {
        return LABELS.indexOf(Scene.word(scene(index).main().shape()));
    }

    @Override
    public void read(int index, byte[] target, int offset) {
        Objects.checkFromIndexSize(offset, shape().bytes(), target.length);
        Scene scene = scene(index);
        // the grain of the ground has dice of its own: more scenery must not change the scenes
        new Canvas(side, target, offset).draw(scene, new Dice(~seed, first + index));
    }

    @Override
    public Mosaic range(int from, int to) {
        Objects.checkFromToIndex(from, to, size);
        return new Mosaic(side, seed, first + from, to - from);
    }

    @Override
    public Mosaic take(int count) {
        return range(0, count);
    }

    @Override
    public Mosaic skip(int count) {
        return range(count, size);
    }
}
