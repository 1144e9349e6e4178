package dev.jeton.train;

import dev.jeton.train.Curve.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Draws curves over one another as SVG, to stand inside an HTML page whose style sheet colours them. */
final class Chart {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 300;
    private static final int LEFT = 64;
    private static final int RIGHT = 12;
    private static final int TOP = 12;
    private static final int BOTTOM = 28;

    /** More points than this are drawn by the least and the greatest of each column. */
    private static final int COLUMNS = 400;

    private final List<Curve> curves;
    private final Axis across;
    private final Axis up;
    private final StringBuilder svg = new StringBuilder();

    private Chart(List<Curve> curves, Axis across, Axis up) {
        this.curves = curves;
        this.across = across;
        this.up = up;
    }

    /** Returns the drawing, or nothing where no curve has a finite point. */
    static @Nullable String svg(List<Curve> curves) {
        double[] x = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
        double[] y = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
        for (Curve curve : curves) {
            for (Point point : curve.points()) {
                if (point.isFinite()) {
                    widen(x, point.x());
                    widen(y, point.y());
                }
            }
        }
        if (x[0] > x[1]) {
            return null;
        }
        return new Chart(curves, Axis.linear(x[0], x[1]), Axis.fitting(y[0], y[1])).draw();
    }

    private static void widen(double[] range, double value) {
        range[0] = Math.min(range[0], value);
        range[1] = Math.max(range[1], value);
    }

    private String draw() {
        svg.append("<svg class=\"chart\" viewBox=\"0 0 %d %d\" role=\"img\">".formatted(WIDTH, HEIGHT));
        for (double tick : up.ticks(5)) {
            svg.append("<path class=\"grid\" d=\"M%d %s H%d\"/>".formatted(LEFT, top(tick), WIDTH - RIGHT));
            svg.append("<text x=\"%d\" y=\"%s\" dy=\".32em\" text-anchor=\"end\">%s</text>"
                    .formatted(LEFT - 6, top(tick), Axis.label(tick)));
        }
        for (double tick : across.ticks(6)) {
            svg.append("<text x=\"%s\" y=\"%d\" text-anchor=\"middle\">%s</text>"
                    .formatted(left(tick), HEIGHT - 8, Axis.label(tick)));
        }
        for (int i = 0; i < curves.size(); i++) {
            Curve curve = curves.get(i);
            svg.append("<path class=\"curve c%d\" d=\"%s\"/>".formatted(i % 6, path(curve)));
        }
        return svg.append("</svg>").toString();
    }

    private String path(Curve curve) {
        StringBuilder path = new StringBuilder();
        boolean drawing = false;
        for (Point point : thinned(curve.points())) {
            if (point.isFinite()) {
                path.append(drawing ? 'L' : 'M')
                        .append(left(point.x()))
                        .append(' ')
                        .append(top(point.y()));
            }
            drawing = point.isFinite();
        }
        return path.toString();
    }

    private static List<Point> thinned(List<Point> points) {
        if (points.size() <= 2 * COLUMNS) {
            return points;
        }
        List<Point> shown = new ArrayList<>();
        for (int column = 0; column < COLUMNS; column++) {
            int from = (int) ((long) points.size() * column / COLUMNS);
            int to = (int) ((long) points.size() * (column + 1) / COLUMNS);
            int least = from;
            int greatest = from;
            for (int i = from; i < to; i++) {
                least = points.get(i).y() < points.get(least).y() ? i : least;
                greatest = points.get(i).y() > points.get(greatest).y() ? i : greatest;
            }
            shown.add(points.get(Math.min(least, greatest)));
            if (least != greatest) {
                shown.add(points.get(Math.max(least, greatest)));
            }
        }
        return shown;
    }

    private String left(double x) {
        return coordinate(LEFT + across.place(x) * (WIDTH - LEFT - RIGHT));
    }

    private String top(double y) {
        return coordinate(HEIGHT - BOTTOM - up.place(y) * (HEIGHT - TOP - BOTTOM));
    }

    private static String coordinate(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
