package dev.jeton.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * A world of grey 28 × 28 pictures of handwriting-like digits that needs no download: each is drawn from strokes, with
 * random form, slant, turn, width, weight and place, light on black as in MNIST.
 *
 * <p>Picture i depends on nothing but seed and i, on every platform. The label is the digit.
 */
public final class Glyphs implements ImageSource {
    private static final int SIDE = 28;
    private static final ImageShape SHAPE = new ImageShape(1, SIDE, SIDE);
    private static final List<String> LABELS =
            IntStream.range(0, 10).mapToObj(Integer::toString).toList();

    /** Pieces that a stroke is cut into between two of its points. */
    private static final int PIECES = 6;

    /**
     * The ways to write each digit: strokes separated by {@code |}, each the points that a smooth curve passes, x from the
     * left and y from the top in hundredths of the digit's box.
     */
    private static final String[][] FORMS = {
        {
            "50,2 22,14 10,50 22,86 50,98 78,86 90,50 78,14 50,2",
            "62,4 30,10 12,46 20,84 48,98 80,82 90,44 74,10 44,6 34,18"
        },
        {"50,0 50,50 50,100", "26,24 52,2 | 52,2 52,50 52,100", "28,22 50,2 | 50,2 50,98 | 24,98 78,98"},
        {
            "12,24 28,5 58,1 82,20 74,46 44,74 10,98 | 10,98 50,96 92,98",
            "14,22 42,1 78,14 74,46 38,86 14,94 12,82 28,78 58,92 92,92"
        },
        {
            "14,12 44,0 78,12 72,38 40,47 | 40,47 76,54 88,76 60,98 12,90",
            "14,4 82,4 | 82,4 44,40 | 44,40 80,50 86,78 54,99 12,88"
        },
        {"26,2 18,30 10,56 | 10,56 50,55 94,52 | 72,22 70,60 66,100", "66,0 36,34 6,66 | 6,66 94,64 | 66,0 66,50 66,100"
        },
        {
            "82,3 52,3 26,5 | 26,5 22,24 20,44 | 20,44 48,35 82,48 84,78 56,98 10,90",
            "86,2 30,4 | 30,4 16,42 | 16,42 52,38 86,60 70,92 40,100 8,86"
        },
        {"74,2 40,20 14,58 22,90 52,99 82,82 76,58 48,50 18,68", "56,0 28,30 12,70 30,96 64,96 82,74 64,52 34,58 14,74"
        },
        {
            "10,5 50,5 90,4 | 90,4 62,44 42,100",
            "12,8 88,4 | 88,4 64,40 46,100 | 30,52 80,50",
            "10,20 12,5 88,4 | 88,4 56,50 36,100"
        },
        {
            "76,14 50,1 24,14 32,38 66,56 82,78 52,99 20,80 34,56 68,38 78,16",
            "50,48 22,30 32,4 68,4 78,30 50,48 16,72 30,97 70,97 84,72 50,48"
        },
        {
            "82,26 58,48 24,42 18,16 48,0 78,10 82,26 | 82,26 78,62 56,100",
            "80,14 46,1 18,20 26,44 58,46 80,24 | 80,14 78,56 76,100",
            "82,22 56,48 22,40 22,12 54,0 82,22 80,64 56,98 24,92"
        },
    };

    private static final float[][][][] STROKES = Arrays.stream(FORMS)
            .map(forms -> Arrays.stream(forms).map(Glyphs::strokes).toArray(float[][][]::new))
            .toArray(float[][][][]::new);

    private final long seed;
    private final int first;
    private final int size;

    private Glyphs(long seed, int first, int size) {
        this.seed = seed;
        this.first = first;
        this.size = size;
    }

    /** Endless pictures; {@link #take} limits them. */
    public static Glyphs images(long seed) {
        return new Glyphs(seed, 0, ENDLESS);
    }

    /** The strokes of a form, each x, y, x, y …, from 0 to 1. */
    private static float[][] strokes(String form) {
        var strokes = new ArrayList<float[]>();
        for (String stroke : form.split(" \\| ", -1)) {
            String[] numbers = stroke.split("[ ,]", -1);
            float[] points = new float[numbers.length];
            for (int i = 0; i < points.length; i++) {
                points[i] = Integer.parseInt(numbers[i]) / 100f;
            }
            strokes.add(points);
        }
        return strokes.toArray(float[][]::new);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public ImageShape shape() {
        return SHAPE;
    }

    @Override
    public List<String> labelNames() {
        return LABELS;
    }

    @Override
    public int label(int index) {
        return new Dice(seed, first + checkIndex(index)).below(10);
    }

    @Override
    public void read(int index, byte[] target, int offset) {
        Objects.checkFromIndexSize(offset, SHAPE.bytes(), target.length);
        var dice = new Dice(seed, first + checkIndex(index));
        float[][][] forms = STROKES[dice.below(10)];
        float[][] strokes = dice.oneOf(forms);
        var hand = Hand.of(dice);
        float[] nearest = new float[SIDE * SIDE];
        Arrays.fill(nearest, SIDE * SIDE);
        for (float[] stroke : strokes) {
            hand.trace(stroke, dice, nearest);
        }
        for (int i = 0; i < nearest.length; i++) {
            float ink = Math.clamp(0.5f + (hand.weight - (float) Math.sqrt(nearest[i])) * 0.8f, 0, 1);
            target[offset + i] = (byte) (int) (hand.light * ink + 0.5f);
        }
    }

    @Override
    public Glyphs range(int from, int to) {
        Objects.checkFromToIndex(from, to, size);
        return new Glyphs(seed, first + from, to - from);
    }

    @Override
    public Glyphs take(int count) {
        return range(0, count);
    }

    @Override
    public Glyphs skip(int count) {
        return range(count, size);
    }

    /**
     * How one digit is written: an affine map from the digit's box to pixels, and a pen.
     *
     * @param weight half the width of the pen, in pixels
     * @param light how bright the ink is, up to 255
     * @param unrest how far points stray, as part of the box
     */
    private record Hand(
            float xx, float xy, float yx, float yy, float left, float top, float weight, float light, float unrest) {
        static Hand of(Dice dice) {
            double height = dice.between(17, 21);
            double width = height * dice.between(0.5, 0.85);
            double slant = dice.between(-0.15, 0.45);
            double turn = dice.between(-0.12, 0.12);
            double cos = StrictMath.cos(turn);
            double sin = StrictMath.sin(turn);
            // slant to the right of what is up, then turn
            double xx = cos * width;
            double xy = -(slant * cos + sin) * height;
            double yx = sin * width;
            double yy = (cos - slant * sin) * height;
            double centreX = SIDE / 2.0 + dice.between(-1.5, 1.5);
            double centreY = SIDE / 2.0 + dice.between(-1.5, 1.5);
            return new Hand(
                    (float) xx,
                    (float) xy,
                    (float) yx,
                    (float) yy,
                    (float) (centreX - (xx + xy) / 2),
                    (float) (centreY - (yx + yy) / 2),
                    (float) dice.between(0.75, 1.7),
                    (float) dice.between(225, 255),
                    (float) dice.between(0.01, 0.05));
        }

        /** Draws a Catmull-Rom curve through the points of a stroke. */
        void trace(float[] stroke, Dice dice, float[] nearest) {
            int points = stroke.length / 2;
            float[] x = new float[points];
            float[] y = new float[points];
            for (int i = 0; i < points; i++) {
                float u = stroke[2 * i] + unrest * (float) dice.between(-1, 1);
                float v = stroke[2 * i + 1] + unrest * (float) dice.between(-1, 1);
                x[i] = left + xx * u + xy * v;
                y[i] = top + yx * u + yy * v;
            }
            float fromX = x[0];
            float fromY = y[0];
            for (int i = 0; i + 1 < points; i++) {
                for (int piece = 1; piece <= PIECES; piece++) {
                    float toX = curve(x, i, (float) piece / PIECES);
                    float toY = curve(y, i, (float) piece / PIECES);
                    line(fromX, fromY, toX, toY, nearest);
                    fromX = toX;
                    fromY = toY;
                }
            }
        }

        private static float curve(float[] p, int i, float t) {
            float before = p[Math.max(i - 1, 0)];
            float from = p[i];
            float to = p[i + 1];
            float after = p[Math.min(i + 2, p.length - 1)];
            float in = 0.5f * (to - before);
            float out = 0.5f * (after - from);
            return from + t * (in + t * (3 * (to - from) - 2 * in - out + t * (2 * (from - to) + in + out)));
        }

        /** Lowers the squared distances of the pixels near a line to their distance from it. */
        private void line(float fromX, float fromY, float toX, float toY, float[] nearest) {
            float reach = weight + 1;
            float dx = toX - fromX;
            float dy = toY - fromY;
            float perLength = 1 / Math.max(dx * dx + dy * dy, 1e-6f);
            int bottom = Math.min(SIDE, (int) (Math.max(fromY, toY) + reach) + 1);
            int right = Math.min(SIDE, (int) (Math.max(fromX, toX) + reach) + 1);
            for (int py = Math.max(0, (int) (Math.min(fromY, toY) - reach)); py < bottom; py++) {
                for (int px = Math.max(0, (int) (Math.min(fromX, toX) - reach)); px < right; px++) {
                    float x = px + 0.5f - fromX;
                    float y = py + 0.5f - fromY;
                    float along = Math.clamp((x * dx + y * dy) * perLength, 0, 1);
                    x -= along * dx;
                    y -= along * dy;
                    nearest[py * SIDE + px] = Math.min(nearest[py * SIDE + px], x * x + y * y);
                }
            }
        }
    }
}
