package dev.jeton.cli;

import dev.jeton.data.ImageOptions;
import dev.jeton.data.ImageShape;
import dev.jeton.data.ImageSource;
import dev.jeton.data.Images;
import dev.jeton.nn.Precision;
import dev.jeton.torch.Device;
import dev.jeton.torch.LibTorch;
import dev.jeton.train.RunFolder;
import dev.jeton.train.Start;
import dev.jeton.train.TrainOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every training command takes. What is not given comes from the {@code --config} of an earlier run, or is usual. */
final class RunArguments {
    @Option(
            names = "--data",
            paramLabel = "DATA",
            description = "A folder, zip or tar of images, an IDX or CIFAR-10 folder, or mosaic or glyphs.")
    private @Nullable String data;

    @Option(names = "--out", required = true, paramLabel = "RUN", description = "The run folder to write.")
    private Path out = Path.of("run");

    @Option(names = "--steps", paramLabel = "N", description = "Updates of the weights (default: 1000).")
    private @Nullable Long steps;

    @Option(names = "--epochs", paramLabel = "N", description = "Passes over the data, instead of --steps.")
    private @Nullable Long epochs;

    @Option(names = "--batch-size", paramLabel = "N", description = "Images an update (default: 64).")
    private @Nullable Integer batchSize;

    @Option(names = "--size", paramLabel = "N", description = "Resize images to squares of this side.")
    private @Nullable Integer size;

    @Option(names = "--device", paramLabel = "DEVICE", description = "cpu, cuda or cuda:N (default: cpu).")
    private @Nullable String device;

    @Option(names = "--precision", paramLabel = "P", description = "${COMPLETION-CANDIDATES} (default: FP32).")
    private @Nullable Precision precision;

    @Option(names = "--threads", paramLabel = "N", description = "Threads an operator may use (default: all).")
    private @Nullable Integer threads;

    @Option(names = "--seed", paramLabel = "N", description = "Where random choices start (default: 0).")
    private @Nullable Long seed;

    @Option(names = "--resume", description = "Go on from the run's newest checkpoint.")
    private boolean resume;

    @Option(names = "--force", description = "Delete a run that is in the folder already.")
    private boolean force;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The config.json of an earlier run, or its folder: what to repeat.")
    private @Nullable Path config;

    @Option(names = "--check-finite", description = "Stop at the operator that makes the first NaN (slow).")
    private boolean checkFinite;

    private @Nullable Map<String, Object> earlier;

    /** Returns the folder of the run to repeat or to go on with, if there is one. */
    @Nullable
    Path earlierRun() {
        if (config != null) {
            Path given =
                    Files.isDirectory(config) ? config : config.toAbsolutePath().getParent();
            if (given == null || !Files.exists(given.resolve("config.json"))) {
                throw new UsageException("--config: no config.json at " + config);
            }
            return given;
        }
        return resume && Files.exists(out.resolve("config.json")) ? out : null;
    }

    /**
     * Opens the pictures, of the shape that the run to repeat has had unless {@code --size} says another.
     *
     * @throws UsageException if the run folder is not as the options want it: before anything is read
     */
    ImageSource images(@Nullable ImageShape before) {
        checkFolder();
        ImageSource images = open(before);
        if (epochs != null && images.size() == ImageSource.ENDLESS) {
            throw new UsageException("--epochs: " + dataName() + " has no end: say --steps");
        }
        return images;
    }

    private ImageSource open(@Nullable ImageShape before) {
        if (size != null) {
            return Images.open(dataName(), ImageOptions.defaults().withSize(size));
        }
        return before == null ? Images.open(dataName()) : PictureFiles.open(dataName(), before);
    }

    private void checkFolder() {
        if (resume && force) {
            throw new UsageException("--resume and --force exclude each other");
        }
        boolean there = RunFolder.at(out).holdsRun();
        if (resume && !there) {
            throw new UsageException("--resume: there is no run in " + out);
        }
        if (there && !resume && !force) {
            throw new UsageException(out
                    + ": holds a run already: go on with it (--resume), replace it (--force), or name another --out");
        }
    }

    private String dataName() {
        String name = data != null ? data : earlier("data", String.class);
        if (name == null) {
            throw new UsageException(
                    "--data: say what to learn from: a folder, zip or tar of images, an IDX or CIFAR-10"
                            + " folder, or mosaic or glyphs");
        }
        return name;
    }

    TrainOptions options() {
        checkPositive("--steps", steps);
        checkPositive("--epochs", epochs);
        checkPositive("--batch-size", batchSize);
        checkPositive("--threads", threads);
        if (steps != null && epochs != null) {
            throw new UsageException("--steps and --epochs exclude each other");
        }
        if (threads != null) {
            LibTorch.setThreads(threads);
        }
        TrainOptions options = TrainOptions.defaults()
                .withRunFolder(out)
                .withStart(resume ? new Start.Resume() : force ? new Start.Overwrite() : new Start.Fresh())
                .withBatchSize(orEarlier(batchSize, "batch_size", 64))
                .withPrecision(precision != null ? precision : Precision.valueOf(orEarlier(null, "precision", "FP32")))
                .withDevice(Device.parse(orEarlier(device, "device", "cpu")))
                .withSeed(orEarlier(seed, "seed", 0L))
                .withDataName(dataName());
        options = withLength(options);
        return checkFinite ? options.withFiniteChecks() : options;
    }

    private static void checkPositive(String option, @Nullable Number given) {
        if (given != null && given.longValue() < 1) {
            throw new UsageException(option + ": must be at least 1, got " + given);
        }
    }

    private TrainOptions withLength(TrainOptions options) {
        if (steps != null) {
            return options.withSteps(steps);
        }
        if (epochs != null) {
            return options.withEpochs(epochs);
        }
        Long before = number("epochs");
        return before != null ? options.withEpochs(before) : options.withSteps(orEarlier(null, "steps", 1000L));
    }

    private Long orEarlier(@Nullable Long given, String name, long usual) {
        Long before = number(name);
        return given != null ? given : before != null ? before : Long.valueOf(usual);
    }

    private int orEarlier(@Nullable Integer given, String name, int usual) {
        Long before = number(name);
        return given != null ? given : before != null ? before.intValue() : usual;
    }

    private String orEarlier(@Nullable String given, String name, String usual) {
        String before = earlier(name, String.class);
        return given != null ? given : before != null ? before : usual;
    }

    private @Nullable Long number(String name) {
        Number found = earlier(name, Number.class);
        return found == null ? null : found.longValue();
    }

    private <T> @Nullable T earlier(String name, Class<T> type) {
        if (earlier == null) {
            Path folder = earlierRun();
            Object training =
                    folder == null ? null : RunFolder.at(folder).config().get("training");
            earlier = training instanceof Map<?, ?> map ? keyed(map) : Map.of();
        }
        Object value = earlier.get(name);
        return type.isInstance(value) ? type.cast(value) : null;
    }

    private static Map<String, Object> keyed(Map<?, ?> map) {
        Map<String, Object> keyed = new java.util.HashMap<>();
        map.forEach((key, value) -> {
            if (value != null) {
                keyed.put(String.valueOf(key), value);
            }
        });
        return keyed;
    }

    Path out() {
        return out;
    }
}
