package dev.jeton.train;

/** How fast steps follow one another: over the last seconds rather than since the start, which was slower. */
final class Pace {
    private static final double WEIGHT = 0.3;

    private long since = System.nanoTime();
    private long steps;
    private double rate;

    void stepped() {
        steps++;
        double seconds = (System.nanoTime() - since) / 1e9;
        if (seconds >= 1) {
            rate = rate == 0 ? steps / seconds : (1 - WEIGHT) * rate + WEIGHT * steps / seconds;
            since = System.nanoTime();
            steps = 0;
        }
    }

    /** Returns the rate, 0 before the first step. */
    double stepsPerSecond() {
        return rate == 0 ? steps / ((System.nanoTime() - since) / 1e9) : rate;
    }
}
