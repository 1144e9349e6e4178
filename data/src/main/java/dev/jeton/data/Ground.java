package dev.jeton.data;

/** The pattern of a ground: how much of the second shade a place has, from 0 to 1. */
@FunctionalInterface
interface Ground {
    /** The share of the second shade at a place, in pixels. */
    float share(float x, float y);

    static Ground of(Scene.Texture texture, int side, Dice dice) {
        double angle = dice.between(0, 2 * Math.PI);
        float cos = (float) StrictMath.cos(angle);
        float sin = (float) StrictMath.sin(angle);
        float period = (float) (side * dice.between(0.18, 0.32));
        float phase = (float) dice.uniform();
        long cells = dice.bits();
        return switch (texture) {
            case PAPER -> (x, y) -> Math.clamp(0.5f + 0.8f * (cos * (x / side - 0.5f) + sin * (y / side - 0.5f)), 0, 1);
            case STRIPES -> (x, y) -> edge(band((cos * x + sin * y) / period + phase), period);
            case CHECKS ->
                (x, y) -> {
                    float across = edge(band((cos * x + sin * y) / period + phase), period);
                    float along = edge(band((cos * y - sin * x) / period + phase), period);
                    return across + along - 2 * across * along;
                };
            case DOTS ->
                (x, y) -> {
                    float u = fraction((cos * x + sin * y) / period + phase) - 0.5f;
                    float v = fraction((cos * y - sin * x) / period + phase) - 0.5f;
                    return Math.clamp((0.27f - (float) Math.sqrt(u * u + v * v)) * period + 0.5f, 0, 1);
                };
            case TILES ->
                (x, y) -> tile(x / (0.6f * period) + phase, y / (0.6f * period) + phase, 0.6f * period, cells);
            case WAVES ->
                (x, y) -> {
                    float along = (cos * y - sin * x) / (1.6f * period);
                    return edge(band((cos * x + sin * y) / period + phase + 0.3f * wave(along)), period);
                };
            case SAND ->
                (x, y) -> 0.65f * noise(x / period, y / period, cells)
                        + 0.35f * noise(2.7f * x / period, 2.7f * y / period, ~cells);
        };
    }

    private static float fraction(float x) {
        return x - (float) Math.floor(x);
    }

    /** A triangle wave from -0.25 to 0.25 of period 1. */
    private static float band(float x) {
        return Math.abs(fraction(x) - 0.5f) - 0.25f;
    }

    /** The step of a band, one pixel wide. */
    private static float edge(float band, float period) {
        return Math.clamp(0.5f + band * period, 0, 1);
    }

    /** Two parabolas that look like a sine of period 1. */
    private static float wave(float x) {
        float t = fraction(x);
        return t < 0.5f ? 16 * t * (0.5f - t) : -16 * (t - 0.5f) * (1 - t);
    }

    private static float tile(float u, float v, float period, long cells) {
        float column = (float) Math.floor(u);
        float row = (float) Math.floor(v);
        float toSide = Math.min(Math.min(u - column, column + 1 - u), Math.min(v - row, row + 1 - v));
        float joint = Math.clamp(1.05f - toSide * period, 0, 1);
        float shade = 0.7f * unit(cells, (int) column, (int) row);
        return shade + (1.35f - shade) * joint * 0.8f;
    }

    private static float noise(float x, float y, long cells) {
        int column = (int) Math.floor(x);
        int row = (int) Math.floor(y);
        float u = smooth(x - column);
        float v = smooth(y - row);
        float upper = unit(cells, column, row) * (1 - u) + unit(cells, column + 1, row) * u;
        float lower = unit(cells, column, row + 1) * (1 - u) + unit(cells, column + 1, row + 1) * u;
        return upper * (1 - v) + lower * v;
    }

    private static float smooth(float t) {
        return t * t * (3 - 2 * t);
    }

    /** A random number of a cell, in [0, 1). */
    private static float unit(long cells, int column, int row) {
        return (Dice.mix(cells + ((long) row << 32) + column) >>> 40) * 0x1p-24f;
    }
}
