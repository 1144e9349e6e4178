package dev.jeton.train;

import java.util.List;

/**
 * A line of a chart.
 *
 * @param name for the legend
 * @param points from left to right; those that are not finite leave gaps
 */
public record Curve(String name, List<Point> points) {
    /** A point of a curve. */
    public record Point(double x, double y) {
        boolean isFinite() {
            return Double.isFinite(x) && Double.isFinite(y);
        }
    }

    public Curve {
        points = List.copyOf(points);
    }
}
