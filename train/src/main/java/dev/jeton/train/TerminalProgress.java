package dev.jeton.train;

import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A bar that is drawn over itself in one line of a terminal. */
final class TerminalProgress implements Progress {
    private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");
    private static final int CELLS = 20;

    /** Clears the line and goes to its start. */
    private static final String OVER = "\r\u001b[2K";

    /** A cell filled by none to eight eighths. */
    private static final String EIGHTHS = " ▏▎▍▌▋▊▉█";

    private final PrintStream out;
    private long lastDrawing;
    private String line = "";

    TerminalProgress(PrintStream out) {
        this.out = out;
    }

    /** Whether standard error is a terminal that knows how to clear a line. */
    static boolean isPossible() {
        return !"dumb".equals(System.getenv("TERM")) && isTerminal();
    }

    private static boolean isTerminal() {
        try {
            String target = Files.readSymbolicLink(STANDARD_ERROR).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException e) {
            return Optional.ofNullable(System.console())
                    .map(Console::isTerminal) // not Linux: of standard input and output
                    .orElse(false);
        }
    }

    @Override
    public void stepped(Status status) {
        long now = System.nanoTime();
        if (line.isEmpty() || now - lastDrawing >= INTERVAL_NANOS) {
            lastDrawing = now;
            draw(status);
        }
    }

    @Override
    public void message(String text) {
        out.print(OVER + text + "\n" + line);
        out.flush();
    }

    @Override
    public void finished(Status status) {
        draw(status);
        out.println();
    }

    private void draw(Status status) {
        line = bar((double) status.step() / status.steps()) + " " + status.step() + "/" + status.steps() + "  "
                + StatusText.of(status);
        out.print(OVER + line);
        out.flush();
    }

    private static String bar(double fraction) {
        int eighths = (int) Math.round(Math.clamp(fraction, 0, 1) * CELLS * 8);
        StringBuilder bar = new StringBuilder("▕");
        for (int cell = 0; cell < CELLS; cell++) {
            bar.append(EIGHTHS.charAt(Math.clamp(eighths - 8L * cell, 0, 8)));
        }
        return bar.append('▏').toString();
    }
}
