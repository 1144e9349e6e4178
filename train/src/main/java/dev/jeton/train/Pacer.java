package dev.jeton.train;

/** Says when something that is done once every span is due. */
final class Pacer {
    private final Span every;
    private final Calendar calendar;
    private long last = System.nanoTime();

    Pacer(Span every, Calendar calendar) {
        this.every = every;
        this.calendar = calendar;
    }

    /** Whether it is due after so many steps. Asked once after each. */
    boolean isDue(long steps) {
        return switch (every) {
            case Span.Steps(long count) -> steps % count == 0;
            case Span.Epochs(long count) -> calendar.epochs(steps) / count > calendar.epochs(steps - 1) / count;
            case Span.Time(var duration) -> {
                long now = System.nanoTime();
                boolean due = now - last >= duration.toNanos();
                last = due ? now : last;
                yield due;
            }
        };
    }
}
