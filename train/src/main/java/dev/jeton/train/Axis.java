package dev.jeton.train;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Where numbers of a range stand on a line, and which of them are written beside it. */
final class Axis {
    private final double from;
    private final double to;
    private final boolean logarithmic;

    private Axis(double from, double to, boolean logarithmic) {
        this.from = from;
        this.to = to;
        this.logarithmic = logarithmic;
    }

    static Axis linear(double from, double to) {
        double margin = from == to ? Math.max(Math.abs(from) * 0.1, 1e-9) : 0;
        return new Axis(from - margin, to + margin, false);
    }

    /** Returns an axis that shows ratios where the values are positive and span more than two decades. */
    static Axis fitting(double from, double to) {
        return from > 0 && to / from > 100 ? new Axis(Math.log10(from), Math.log10(to), true) : linear(from, to);
    }

    /** Returns where a value stands: 0 at the start, 1 at the end. */
    double place(double value) {
        return ((logarithmic ? Math.log10(value) : value) - from) / (to - from);
    }

    /** Returns about as many round numbers as are asked for. */
    List<Double> ticks(int about) {
        return logarithmic ? powers(about) : multiples(about);
    }

    private List<Double> multiples(int about) {
        double step = roundStep((to - from) / about);
        List<Double> ticks = new ArrayList<>();
        for (double i = Math.ceil(from / step); i * step <= to + step * 1e-9; i++) {
            ticks.add(i * step);
        }
        return ticks;
    }

    private List<Double> powers(int about) {
        double step = Math.max(1, Math.rint((to - from) / about));
        List<Double> ticks = new ArrayList<>();
        for (double exponent = Math.ceil(from); exponent <= to; exponent += step) {
            ticks.add(Math.pow(10, exponent));
        }
        return ticks;
    }

    /** Returns 1, 2 or 5 times a power of ten, the nearest above. */
    private static double roundStep(double step) {
        double power = Math.pow(10, Math.floor(Math.log10(step)));
        double digit = step / power;
        return power * (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10);
    }

    static String label(double tick) {
        double size = Math.abs(tick);
        if (size != 0 && (size >= 1e6 || size < 1e-4)) {
            return String.format(Locale.ROOT, "%.0e", tick).replace("e+0", "e").replace("e-0", "e-");
        }
        return size >= 1 && tick == Math.rint(tick)
                ? String.format(Locale.ROOT, "%,d", (long) tick)
                : new BigDecimal(tick)
                        .round(new MathContext(4))
                        .stripTrailingZeros()
                        .toPlainString();
    }
}
