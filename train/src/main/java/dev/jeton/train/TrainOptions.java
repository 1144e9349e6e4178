package dev.jeton.train;

import dev.jeton.nn.Precision;
import dev.jeton.nn.Schedule;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * How a run is carried out: its length, its updates, what it writes where. Immutable; each {@code with} method returns a
 * copy.
 *
 * <pre>{@code
 * TrainOptions.defaults().withEpochs(10).withMaxGradientNorm(1).withRunFolder(Path.of("runs/digits"))
 * }</pre>
 */
public final class TrainOptions {
    private Span length = Span.epochs(1);
    private int batchSize = 64;
    private int accumulation = 1;
    private @Nullable Schedule learningRate;
    private @Nullable Double maxGradientNorm;
    private @Nullable Double emaDecay;
    private Precision precision = Precision.FP32;
    private long seed;
    private Span validateEvery = Span.epochs(1);
    private @Nullable EarlyStopping earlyStopping;
    private @Nullable Path runFolder;
    private Start start = new Start.Fresh();
    private Span checkpointEvery = Span.minutes(5);
    private int keptCheckpoints = 2;
    private long logEvery = 10;
    private Progress progress = Progress.automatic();
    private boolean finiteChecks;

    private TrainOptions() {}

    private TrainOptions(TrainOptions other) {
        length = other.length;
        batchSize = other.batchSize;
        accumulation = other.accumulation;
        learningRate = other.learningRate;
        maxGradientNorm = other.maxGradientNorm;
        emaDecay = other.emaDecay;
        precision = other.precision;
        seed = other.seed;
        validateEvery = other.validateEvery;
        earlyStopping = other.earlyStopping;
        runFolder = other.runFolder;
        start = other.start;
        checkpointEvery = other.checkpointEvery;
        keptCheckpoints = other.keptCheckpoints;
        logEvery = other.logEvery;
        progress = other.progress;
        finiteChecks = other.finiteChecks;
    }

    /**
     * Returns the usual choices: one epoch in batches of 64, in float32, validated after each epoch, a checkpoint every
     * five minutes of which the last two are kept, numbers logged every ten steps, progress on standard error, no run
     * folder.
     */
    public static TrainOptions defaults() {
        return new TrainOptions();
    }

    // ---- length and updates
    // ------------------------------------------------------------------------------------------

    /** Ends the run after so many updates. */
    public TrainOptions withSteps(long steps) {
        TrainOptions copy = new TrainOptions(this);
        copy.length = Span.steps(steps);
        return copy;
    }

    /** Ends the run after so many passes over the data. */
    public TrainOptions withEpochs(long epochs) {
        TrainOptions copy = new TrainOptions(this);
        copy.length = Span.epochs(epochs);
        return copy;
    }

    /** Cuts data that comes uncut into batches of this size. */
    public TrainOptions withBatchSize(int size) {
        checkPositive("batchSize", size);
        TrainOptions copy = new TrainOptions(this);
        copy.batchSize = size;
        return copy;
    }

    /**
     * Adds up the gradients of so many batches before each update: what one batch of all of them would give, if they are
     * of equal size and the loss is a mean.
     */
    public TrainOptions withAccumulation(int batches) {
        checkPositive("accumulation", batches);
        TrainOptions copy = new TrainOptions(this);
        copy.accumulation = batches;
        return copy;
    }

    /** Sets the learning rate of every optimizer before each update; without it they keep their own. */
    public TrainOptions withLearningRate(Schedule schedule) {
        TrainOptions copy = new TrainOptions(this);
        copy.learningRate = schedule;
        return copy;
    }

    /** Scales the gradients of each update down to this norm where theirs is greater. */
    public TrainOptions withMaxGradientNorm(double norm) {
        checkPositive("maxGradientNorm", norm);
        TrainOptions copy = new TrainOptions(this);
        copy.maxGradientNorm = norm;
        return copy;
    }

    /**
     * Keeps moving averages of the parameters. Validation is done with them, and they are what the run gives in the end.
     */
    public TrainOptions withEma(double decay) {
        if (!(decay >= 0 && decay < 1)) {
            throw new IllegalArgumentException("ema: the decay must be in [0, 1), got " + decay);
        }
        TrainOptions copy = new TrainOptions(this);
        copy.emaDecay = decay;
        return copy;
    }

    /** Computes losses in this precision. */
    public TrainOptions withPrecision(Precision choice) {
        TrainOptions copy = new TrainOptions(this);
        copy.precision = choice;
        return copy;
    }

    /** Starts all random choices of the run, the order of data included, from this number. */
    public TrainOptions withSeed(long number) {
        TrainOptions copy = new TrainOptions(this);
        copy.seed = number;
        return copy;
    }

    /** Searches every result for NaN and infinities, and stops at the operator that makes the first: for debugging. */
    public TrainOptions withFiniteChecks() {
        TrainOptions copy = new TrainOptions(this);
        copy.finiteChecks = true;
        return copy;
    }

    // ---- validation
    // --------------------------------------------------------------------------------------------------

    /** Validates this often, if there is data to validate on, and at the end. */
    public TrainOptions withValidationEvery(Span span) {
        TrainOptions copy = new TrainOptions(this);
        copy.validateEvery = span;
        return copy;
    }

    /** Ends the run early when validation no longer gets better. */
    public TrainOptions withEarlyStopping(EarlyStopping rule) {
        TrainOptions copy = new TrainOptions(this);
        copy.earlyStopping = rule;
        return copy;
    }

    // ---- what is written
    // ---------------------------------------------------------------------------------------------

    /** Writes checkpoints, weights, metrics, curves and a report to a folder, which must hold no run yet. */
    public TrainOptions withRunFolder(Path folder) {
        TrainOptions copy = new TrainOptions(this);
        copy.runFolder = folder;
        return copy;
    }

    /** Says what is done about a run that the folder holds already. */
    public TrainOptions withStart(Start choice) {
        TrainOptions copy = new TrainOptions(this);
        copy.start = choice;
        return copy;
    }

    /** Writes a checkpoint this often, and at the end. */
    public TrainOptions withCheckpointEvery(Span span) {
        TrainOptions copy = new TrainOptions(this);
        copy.checkpointEvery = span;
        return copy;
    }

    /** Keeps so many of the newest checkpoints, and the best one where there is early stopping. */
    public TrainOptions withKeptCheckpoints(int count) {
        checkPositive("keptCheckpoints", count);
        TrainOptions copy = new TrainOptions(this);
        copy.keptCheckpoints = count;
        return copy;
    }

    /** Writes the averages of the training metrics once every so many steps. */
    public TrainOptions withLogEvery(long steps) {
        checkPositive("logEvery", steps);
        TrainOptions copy = new TrainOptions(this);
        copy.logEvery = steps;
        return copy;
    }

    /** Tells somebody else how the run goes. */
    public TrainOptions withProgress(Progress watcher) {
        TrainOptions copy = new TrainOptions(this);
        copy.progress = watcher;
        return copy;
    }

    private static void checkPositive(String name, double value) {
        if (!(value > 0)) {
            throw new IllegalArgumentException(name + ": must be positive, got " + value);
        }
    }

    // ---- what was chosen
    // ---------------------------------------------------------------------------------------------

    /** Returns the length of the run: steps or epochs. */
    public Span length() {
        return length;
    }

    /** Returns the size of batches. */
    public int batchSize() {
        return batchSize;
    }

    /** Returns how many batches an update adds up. */
    public int accumulation() {
        return accumulation;
    }

    /** Returns the learning rate by step, where the optimizers do not keep their own. */
    public Optional<Schedule> learningRate() {
        return Optional.ofNullable(learningRate);
    }

    /** Returns the norm that gradients are scaled down to. */
    public OptionalDouble maxGradientNorm() {
        return maxGradientNorm == null ? OptionalDouble.empty() : OptionalDouble.of(maxGradientNorm);
    }

    /** Returns the decay of the parameters' moving averages, where there are any. */
    public OptionalDouble emaDecay() {
        return emaDecay == null ? OptionalDouble.empty() : OptionalDouble.of(emaDecay);
    }

    /** Returns the precision of losses. */
    public Precision precision() {
        return precision;
    }

    /** Returns where random choices start. */
    public long seed() {
        return seed;
    }

    /** Returns how often the run is validated. */
    public Span validateEvery() {
        return validateEvery;
    }

    /** Returns when the run ends early. */
    public Optional<EarlyStopping> earlyStopping() {
        return Optional.ofNullable(earlyStopping);
    }

    /** Returns where the run writes. */
    public Optional<Path> runFolder() {
        return Optional.ofNullable(runFolder);
    }

    /** Returns what is done about a run that is there. */
    public Start start() {
        return start;
    }

    /** Returns how often a checkpoint is written. */
    public Span checkpointEvery() {
        return checkpointEvery;
    }

    /** Returns how many checkpoints are kept. */
    public int keptCheckpoints() {
        return keptCheckpoints;
    }

    /** Returns once in how many steps metrics are written. */
    public long logEvery() {
        return logEvery;
    }

    /** Returns who is told how the run goes. */
    public Progress progress() {
        return progress;
    }

    /** Whether every result is searched for NaN and infinities. */
    public boolean finiteChecks() {
        return finiteChecks;
    }

    /** Returns what {@code config.json} says of the choices that bear on the weights. */
    Map<String, Object> toConfig() {
        Map<String, Object> config = new LinkedHashMap<>();
        switch (length) {
            case Span.Steps(long count) -> config.put("steps", count);
            case Span.Epochs(long count) -> config.put("epochs", count);
            case Span.Time _ -> throw new AssertionError(length);
        }
        config.put("batch_size", batchSize);
        config.put("accumulation", accumulation);
        if (maxGradientNorm != null) {
            config.put("max_gradient_norm", maxGradientNorm);
        }
        if (emaDecay != null) {
            config.put("ema_decay", emaDecay);
        }
        config.put("precision", precision.name());
        config.put("seed", seed);
        return config;
    }
}
