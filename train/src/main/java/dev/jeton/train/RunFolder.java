package dev.jeton.train;

import dev.jeton.nn.CheckpointException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a run leaves behind:
 *
 * <pre>
 * config.json         the model's configuration, and under "training" the options of the run
 * model.safetensors   the weights, once the run has ended or was stopped
 * metrics.jsonl       one measurement a line
 * tensorboard/        the same as curves for TensorBoard
 * report.html         the same as one page for people
 * checkpoints/        from which the run can go on
 * </pre>
 */
public final class RunFolder {
    private static final String CONFIG = "config.json";
    private static final String MODEL = "model.safetensors";
    private static final String METRICS = "metrics.jsonl";
    private static final String TENSORBOARD = "tensorboard";
    private static final String REPORT = "report.html";
    private static final String CHECKPOINTS = "checkpoints";
    private static final String LOCK = ".lock";
    private static final List<String> PARTS = List.of(CHECKPOINTS, CONFIG, MODEL, METRICS, TENSORBOARD, REPORT);

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private final Path path;

    private RunFolder(Path path) {
        this.path = path;
    }

    /** Returns the run folder at a path, which need not exist yet. */
    public static RunFolder at(Path path) {
        return new RunFolder(path);
    }

    /** Returns where it lies. */
    public Path path() {
        return path;
    }

    /** Whether a run has left something here. */
    public boolean holdsRun() {
        return PARTS.stream().anyMatch(part -> Files.exists(path.resolve(part)));
    }

    /**
     * Returns what {@code config.json} says.
     *
     * @throws CheckpointException if it is no JSON object
     */
    public Map<String, Object> config() {
        Path file = path.resolve(CONFIG);
        try {
            return Collections.unmodifiableMap(
                    JSON.readValue(Files.readAllBytes(file), new TypeReference<LinkedHashMap<String, Object>>() {}));
        } catch (JacksonException e) {
            throw new CheckpointException(file + ": must be a JSON object: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read: " + e, e);
        }
    }

    /**
     * Returns the file of the run's weights: those it ended with, or those of its newest whole checkpoint.
     *
     * @throws CheckpointException if there are none yet
     */
    public Path weights() {
        Path file = path.resolve(MODEL);
        if (Files.exists(file)) {
            return file;
        }
        Checkpoints all = checkpoints();
        return all.steps().reversed().stream()
                .filter(step -> all.lack(step).isEmpty())
                .findFirst()
                .map(step -> all.folderOf(step).resolve(Checkpoints.MODEL))
                .orElseThrow(() -> new CheckpointException(path + ": the run has no weights and no checkpoint yet"));
    }

    /** Returns what was measured, in the order of the run; nothing where nothing was. */
    public List<Measurement> measurements() {
        Path file = metricsFile();
        try {
            return Files.exists(file) ? List.copyOf(MetricsLog.read(file)) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /** Returns the steps after which there are checkpoints, the newest last. */
    public List<Long> checkpointSteps() {
        return List.copyOf(checkpoints().steps());
    }

    // ---- for the run itself
    // ------------------------------------------------------------------------------------------

    Checkpoints checkpoints() {
        return new Checkpoints(path.resolve(CHECKPOINTS));
    }

    Path metricsFile() {
        return path.resolve(METRICS);
    }

    Path eventsFolder() {
        return path.resolve(TENSORBOARD);
    }

    Path modelFile() {
        return path.resolve(MODEL);
    }

    Path reportFile() {
        return path.resolve(REPORT);
    }

    /**
     * Makes the folder ready for a run, which alone may write to it until the result is closed.
     *
     * @throws IllegalArgumentException if the folder is not what the choice expects, or another run writes to it
     */
    FileChannel open(Start start) {
        try {
            boolean resumes = start instanceof Start.Resume || start instanceof Start.ResumeAt;
            if (resumes && !Files.isDirectory(path)) {
                throw new IllegalArgumentException(path + ": there is no run to resume");
            }
            Files.createDirectories(path);
            FileChannel lock = lock();
            try {
                if (holdsRun() && !resumes) {
                    if (start instanceof Start.Fresh) {
                        throw new IllegalArgumentException(
                                path + ": holds a run already: resume it, overwrite it, or choose another folder");
                    }
                    clear();
                }
                Files.createDirectories(path.resolve(CHECKPOINTS));
                DurableFiles.deleteDrafts(path);
                DurableFiles.deleteDrafts(path.resolve(CHECKPOINTS));
                return lock;
            } catch (Throwable e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(path + ": cannot be made ready for a run: " + e, e);
        }
    }

    private FileChannel lock() throws IOException {
        FileChannel channel = FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel; // given back when the channel is closed or the process dies
            }
        } catch (OverlappingFileLockException e) {
            // held by this process
        }
        channel.close();
        throw new IllegalArgumentException(path + ": another run is writing to this folder");
    }

    /** Deletes what a run leaves, and nothing that somebody else put here. */
    private void clear() throws IOException {
        for (String part : PARTS) {
            if (Files.exists(path.resolve(part))) {
                DurableFiles.deleteFolder(path.resolve(part));
            }
        }
    }

    void writeConfig(Object model, Map<String, Object> training) {
        Map<String, Object> config =
                new LinkedHashMap<>(JSON.convertValue(model, new TypeReference<LinkedHashMap<String, Object>>() {}));
        config.put("training", training);
        writeConfig(config);
    }

    /** Writes {@code config.json}, which takes the place of an older one in one step. */
    public void writeConfig(Map<String, Object> config) {
        Path file = path.resolve(CONFIG);
        try {
            DurableFiles.write(file, JSON.writeValueAsBytes(config));
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be written: " + e, e);
        }
    }
}
