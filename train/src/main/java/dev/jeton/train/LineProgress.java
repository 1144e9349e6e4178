package dev.jeton.train;

import java.io.PrintStream;
import java.util.concurrent.TimeUnit;

/** Progress in plain lines, for log files and pipes. */
final class LineProgress implements Progress {
    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final PrintStream out;
    private boolean started;
    private long lastLine;

    LineProgress(PrintStream out) {
        this.out = out;
    }

    @Override
    public void stepped(Status status) {
        long now = System.nanoTime();
        if (!started || now - lastLine >= INTERVAL_NANOS) {
            started = true;
            lastLine = now;
            out.println("step " + status.step() + "/" + status.steps() + "  " + StatusText.of(status));
        }
    }

    @Override
    public void message(String line) {
        out.println(line);
    }

    @Override
    public void finished(Status status) {
        out.println("step " + status.step() + "/" + status.steps() + "  " + StatusText.of(status));
    }
}
