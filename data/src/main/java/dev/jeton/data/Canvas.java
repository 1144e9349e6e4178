package dev.jeton.data;

/**
 * Draws scenes. Only IEEE additions, multiplications, divisions and square roots touch a pixel, and what is turned goes
 * through {@link StrictMath}: the bytes are the same everywhere.
 */
final class Canvas {
    private static final int SHADOW = 0x101020;

    private final int side;
    private final byte[] target;
    private final int offset;
    private final float[] red;
    private final float[] green;
    private final float[] blue;

    /**
     * A canvas that paints into an array.
     *
     * @param target gets unsigned bytes {@code [3, side, side]} from {@code offset} on
     */
    Canvas(int side, byte[] target, int offset) {
        this.side = side;
        this.target = target;
        this.offset = offset;
        this.red = new float[side * side];
        this.green = new float[side * side];
        this.blue = new float[side * side];
    }

    void draw(Scene scene, Dice dice) {
        paintGround(Ground.of(scene.texture(), side, dice), scene.tone(), dice.bits());
        for (Scene.Figure figure : scene.figures()) {
            paint(figure);
        }
        store(red, 0);
        store(green, 1);
        store(blue, 2);
    }

    private void paintGround(Ground ground, Scene.Tone tone, long grain) {
        int from = tone.first;
        int to = tone.second;
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                int i = y * side + x;
                float share = ground.share(x + 0.5f, y + 0.5f);
                // light falls from the upper left, and a little grain keeps flat ground alive
                float light = 1.04f - 0.05f * (x + y) / side + 0.0002f * ((Dice.mix(grain + i) & 0xff) - 128);
                red[i] = light * between(from >> 16 & 0xff, to >> 16 & 0xff, share);
                green[i] = light * between(from >> 8 & 0xff, to >> 8 & 0xff, share);
                blue[i] = light * between(from & 0xff, to & 0xff, share);
            }
        }
    }

    private void paint(Scene.Figure figure) {
        float radius = (float) (figure.size().radius * side);
        float cos = (float) StrictMath.cos(figure.angle());
        float sin = (float) StrictMath.sin(figure.angle());
        float centreX = (float) (figure.x() * side);
        float centreY = (float) (figure.y() * side);
        // the shadow falls to the lower right, and is an eighth of the radius soft on either side
        float shadowU = 0.13f * (cos + sin);
        float shadowV = 0.13f * (cos - sin);
        float reach = radius * 1.33f + 1;
        Scene.Shape shape = figure.shape();
        int rgb = figure.colour().rgb;
        int bottom = Math.min(side, (int) (centreY + reach) + 1);
        int right = Math.min(side, (int) (centreX + reach) + 1);
        for (int y = Math.max(0, (int) (centreY - reach)); y < bottom; y++) {
            for (int x = Math.max(0, (int) (centreX - reach)); x < right; x++) {
                float dx = x + 0.5f - centreX;
                float dy = y + 0.5f - centreY;
                if (dx * dx + dy * dy > reach * reach) {
                    continue;
                }
                float u = (cos * dx + sin * dy) / radius;
                float v = (cos * dy - sin * dx) / radius;
                float inside = 0.5f - radius * Outline.distance(shape, u, v);
                if (inside < 1) {
                    float shadow = 0.5f - 4 * Outline.distance(shape, u - shadowU, v - shadowV);
                    blend(y * side + x, SHADOW, 0.38f * Math.clamp(shadow, 0, 1), 1);
                }
                if (inside > 0) {
                    blend(y * side + x, rgb, Math.min(inside, 1), 1.03f - 0.09f * (dx + dy) / radius);
                }
            }
        }
    }

    private void blend(int i, int rgb, float opacity, float light) {
        red[i] = between(red[i], light * (rgb >> 16 & 0xff), opacity);
        green[i] = between(green[i], light * (rgb >> 8 & 0xff), opacity);
        blue[i] = between(blue[i], light * (rgb & 0xff), opacity);
    }

    private static float between(float from, float to, float share) {
        return from + (to - from) * share;
    }

    private void store(float[] plane, int channel) {
        int at = offset + channel * plane.length;
        for (float value : plane) {
            target[at++] = (byte) Math.clamp((int) (value + 0.5f), 0, 255);
        }
    }
}
