package dev.jeton.data;

/** The outlines of shapes as signed distances: negative inside, 0 on the outline; the shape fills a circle of radius 1. */
final class Outline {
    private static final float SQRT_HALF = (float) Math.sqrt(0.5);
    private static final float SIN_60 = (float) Math.sqrt(0.75);

    /** A star's tip lies at (0, -1), the notch beside it at radius 0.45 and 36 degrees. */
    private static final float SIN_36 = 0.5877853f;

    private static final float COS_36 = 0.809017f;
    private static final float NOTCH_X = 0.45f * SIN_36;
    private static final float NOTCH_Y = -0.45f * COS_36;
    private static final float STAR_EDGE = (float) Math.sqrt(NOTCH_X * NOTCH_X + (NOTCH_Y + 1) * (NOTCH_Y + 1));

    private Outline() {}

    static float distance(Scene.Shape shape, float x, float y) {
        return switch (shape) {
            case CIRCLE -> length(x, y) - 0.95f;
            case RING -> Math.abs(length(x, y) - 0.7f) - 0.25f;
            case SQUARE -> box(x, y, 0.78f, 0.78f) - 0.04f;
            case TRIANGLE -> Math.max(y - 0.55f, SIN_60 * Math.abs(x) - 0.5f * y - 0.55f);
            case CROSS -> Math.min(box(x, y, 0.92f, 0.3f), box(x, y, 0.3f, 0.92f)) - 0.03f;
            case STAR -> star(Math.abs(x), y + 0.08f);
            case HEART -> heart(Math.abs(x), y);
            case MOON -> Math.max(length(x, y) - 0.95f, 0.8f - length(x - 0.5f, y + 0.1f));
        };
    }

    private static float length(float x, float y) {
        return (float) Math.sqrt(x * x + y * y);
    }

    private static float box(float x, float y, float halfWidth, float halfHeight) {
        float dx = Math.abs(x) - halfWidth;
        float dy = Math.abs(y) - halfHeight;
        return dx > 0 && dy > 0 ? length(dx, dy) : Math.max(dx, dy);
    }

    /** Folds the plane along the star's mirrors until one edge is left. */
    private static float star(float x, float y) {
        // mirroring in turn at 36 degrees and at the axis brings every place within 36 degrees of the upper tip
        float over = COS_36 * x + SIN_36 * y;
        if (over > 0) {
            x -= 2 * over * COS_36;
            y -= 2 * over * SIN_36;
        }
        x = Math.abs(x);
        over = COS_36 * x + SIN_36 * y;
        if (over > 0) {
            x -= 2 * over * COS_36;
            y -= 2 * over * SIN_36;
        }
        x = Math.abs(x);
        return ((NOTCH_Y + 1) * x - NOTCH_X * (y + 1)) / STAR_EDGE;
    }

    /** Two circles over a corner, its sides tangent to them at 45 degrees. */
    private static float heart(float x, float y) {
        float dx = x - 0.45f;
        float dy = y + 0.3f;
        boolean corner = dy > 0 && dy > dx;
        return (corner ? SQRT_HALF * (dx + dy) : length(dx, dy)) - 0.47f;
    }
}
