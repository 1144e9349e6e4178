package dev.jeton.nn;

/**
 * A number that changes as training goes on, such as the learning rate: a function of the step alone, so that a resumed
 * run needs nothing stored.
 *
 * <pre>{@code
 * Schedule rate = Schedule.cosine(3e-4, 3e-5, 9_000).withWarmUp(1_000);
 * optimizer.setLearningRate(rate.at(step));
 * }</pre>
 */
@FunctionalInterface
public interface Schedule {
    /** Returns the value at a step, counted from 0. */
    double at(long step);

    /** Returns the same value at every step. */
    static Schedule constant(double value) {
        return step -> value;
    }

    /** Returns {@code from}, multiplied by {@code factor} once every so many steps. */
    static Schedule step(double from, double factor, long every) {
        checkSteps(every);
        return step -> from * Math.pow(factor, Math.floorDiv(step, every));
    }

    /** Returns a straight line from {@code from} at step 0 to {@code to} at step {@code steps}, where it stays. */
    static Schedule linear(double from, double to, long steps) {
        checkSteps(steps);
        return step -> from + (to - from) * Math.min(1.0, (double) step / steps);
    }

    /**
     * Returns half a cosine from {@code from} at step 0 to {@code to} at step {@code steps}, where it stays (Loshchilov
     * and Hutter, 2016, arXiv 1608.03983, without restarts).
     */
    static Schedule cosine(double from, double to, long steps) {
        checkSteps(steps);
        return step -> between(from, to, Math.min(1.0, (double) step / steps));
    }

    /**
     * Returns {@code width^-½ · min(n^-½, n · warmUp^-1.5)} with {@code n = step + 1}: the schedule of the first
     * transformer (Vaswani et al., 2017, arXiv 1706.03762, §5.3), there named after Noam Shazeer.
     *
     * @param width of the model's hidden states
     */
    static Schedule noam(long width, long warmUp) {
        checkSteps(warmUp);
        return step -> {
            double n = step + 1.0;
            return Math.pow(width, -0.5) * Math.min(Math.pow(n, -0.5), n * Math.pow(warmUp, -1.5));
        };
    }

    /**
     * Returns half a cosine from {@code peak / 25} up to {@code peak} in the first 30 % of the steps, then another down
     * to {@code peak / 250000} at the last step (Smith and Topin, 2017, arXiv 1708.07120, as PyTorch has it).
     *
     * @param steps of the whole run, at least 4
     */
    static Schedule oneCycle(double peak, long steps) {
        if (steps < 4) {
            throw new IllegalArgumentException("schedule: one cycle takes at least 4 steps, got " + steps);
        }
        double top = 0.3 * steps - 1;
        double last = steps - 1.0;
        double first = peak / 25;
        return step -> step <= top
                ? between(first, peak, step / top)
                : between(peak, first / 1e4, Math.min(1.0, (step - top) / (last - top)));
    }

    /** Returns a straight rise from 0 to this schedule's first value in so many steps, and then this schedule from its start. */
    default Schedule withWarmUp(long steps) {
        checkSteps(steps);
        double first = at(0);
        return step -> step < steps ? first * step / steps : at(step - steps);
    }

    private static double between(double from, double to, double progress) {
        return to + (from - to) * (1 + Math.cos(Math.PI * progress)) / 2;
    }

    private static void checkSteps(long steps) {
        if (steps < 1) {
            throw new IllegalArgumentException("schedule: the number of steps must be positive, got " + steps);
        }
    }
}
