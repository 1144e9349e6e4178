package dev.jeton.train;

import dev.jeton.train.Measurement.Phase;
import dev.jeton.train.Progress.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells of a run as it goes: to its metrics file and event file, and to whoever watches. */
final class Journal implements AutoCloseable {
    private static final long STATUS_INTERVAL = TimeUnit.MILLISECONDS.toNanos(100);

    private final Progress progress;
    private final Calendar calendar;
    private final long steps;
    private final @Nullable MetricsLog metrics;
    private final @Nullable EventFile events;
    private final Pace pace = new Pace();
    private long lastStatus;
    private boolean told;

    private Journal(
            Progress progress,
            Calendar calendar,
            long steps,
            @Nullable MetricsLog metrics,
            @Nullable EventFile events) {
        this.progress = progress;
        this.calendar = calendar;
        this.steps = steps;
        this.metrics = metrics;
        this.events = events;
    }

    /** Opens the files of a run folder, if there is one, to go on after so many steps. */
    static Journal open(@Nullable RunFolder folder, Progress progress, Calendar calendar, long steps, long done) {
        if (folder == null) {
            return new Journal(progress, calendar, steps, null, null);
        }
        try {
            MetricsLog metrics = MetricsLog.continueAfter(done, folder.metricsFile());
            EventFile events = Files.exists(folder.eventsFolder())
                    ? EventFile.resume(folder.eventsFolder(), done + 1)
                    : EventFile.create(folder.eventsFolder());
            return new Journal(progress, calendar, steps, metrics, events);
        } catch (IOException e) {
            throw new UncheckedIOException(folder.path() + ": cannot be written: " + e, e);
        }
    }

    /** Writes down what was measured after so many steps. */
    void add(long step, Phase phase, Map<String, Double> values) {
        Measurement measurement = new Measurement(step, calendar.epoch(step), phase, values);
        if (metrics != null) {
            metrics.add(measurement);
        }
        if (events != null) {
            Map<String, Double> tags = new LinkedHashMap<>();
            values.forEach((name, value) -> tags.put(phase.label() + "/" + name, value));
            events.scalars(step, tags);
        }
        if (phase == Phase.VALIDATION) {
            message("step " + step + ": validation "
                    + values.entrySet().stream()
                            .map(entry -> entry.getKey() + " " + StatusText.number(entry.getValue()))
                            .collect(Collectors.joining(", ")));
        }
    }

    void message(String line) {
        progress.message(line);
    }

    /** Says that a step is done. Cheap: watchers are told ten times a second. */
    void stepped(long step, double loss) {
        pace.stepped();
        long now = System.nanoTime();
        if (!told || now - lastStatus >= STATUS_INTERVAL) {
            told = true;
            lastStatus = now;
            progress.stepped(status(step, loss));
        }
    }

    void finished(long step, double loss) {
        progress.finished(status(step, loss));
    }

    double stepsPerSecond() {
        return pace.stepsPerSecond();
    }

    private Status status(long step, double loss) {
        double rate = pace.stepsPerSecond();
        return new Status(step, steps, calendar.epoch(step), loss, rate, (steps - step) / rate, ResidentMemory.bytes());
    }

    @Override
    public void close() {
        if (metrics != null) {
            metrics.close();
        }
        if (events != null) {
            events.close();
        }
    }
}
