package dev.jeton.train;

import dev.jeton.train.Progress.Status;
import java.util.Locale;

/** How the numbers of a run are written for people: short enough for one line of a terminal. */
final class StatusText {
    private StatusText() {}

    static String of(Status status) {
        StringBuilder text = new StringBuilder("loss ").append(number(status.loss()));
        text.append("  ").append(rate(status.stepsPerSecond()));
        if (Double.isFinite(status.secondsLeft())) {
            text.append("  ").append(duration(status.secondsLeft())).append(" left");
        }
        return text.append("  ").append(bytes(status.memoryBytes())).toString();
    }

    static String number(double value) {
        double size = Math.abs(value);
        if (value == 0 || !Double.isFinite(value)) {
            return Double.isFinite(value) ? "0" : String.valueOf(value);
        }
        return String.format(Locale.ROOT, size < 1e-3 || size >= 1e5 ? "%.2e" : size < 10 ? "%.4f" : "%.1f", value);
    }

    private static String rate(double stepsPerSecond) {
        return stepsPerSecond > 0 && stepsPerSecond < 1
                ? String.format(Locale.ROOT, "%.1f s/step", 1 / stepsPerSecond)
                : String.format(Locale.ROOT, stepsPerSecond < 100 ? "%.1f steps/s" : "%.0f steps/s", stepsPerSecond);
    }

    static String duration(double seconds) {
        long whole = Math.round(seconds);
        return whole < 3600
                ? String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
    }

    static String bytes(long bytes) {
        return bytes < 1L << 30
                ? String.format(Locale.ROOT, "%.0f MiB", bytes / (double) (1L << 20))
                : String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1L << 30));
    }
}
