package dev.jeton.train;

import dev.jeton.nn.Ema;
import dev.jeton.nn.Optimizer;
import dev.jeton.nn.Safetensors;
import dev.jeton.torch.FiniteChecks;
import dev.jeton.torch.Gradients;
import dev.jeton.torch.NonFiniteException;
import dev.jeton.torch.Scope;
import dev.jeton.torch.Tensor;
import dev.jeton.train.Measurement.Phase;
import dev.jeton.train.RunState.Best;
import dev.jeton.train.TrainResult.Ending;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** One run from its start, or from a checkpoint, to its end. */
final class Session<B> implements AutoCloseable {
    private final TrainingTask<B> task;
    private final BatchSource<B> data;
    private final @Nullable Validation<B> validation;
    private final TrainOptions options;
    private final Calendar calendar;
    private final long totalSteps;
    private final @Nullable RunFolder folder;
    private final @Nullable Ema ema;
    private final Snapshot snapshot;
    private final Recorder recorder = new Recorder();

    private long step;
    private @Nullable Best best;
    private int validationsSinceBest;
    private Map<String, Double> lastTraining = Map.of();
    private Map<String, Double> lastValidation = Map.of();
    private long validatedAt = -1;
    private long savedAt = -1;

    Session(
            TrainingTask<B> task,
            BatchSource<B> data,
            @Nullable BatchSource<B> validationData,
            TrainOptions options,
            @Nullable RunFolder folder) {
        this.task = task;
        this.data = data;
        this.options = options;
        this.folder = folder;
        this.calendar = new Calendar(data.batchesPerEpoch(), options.accumulation());
        this.totalSteps = calendar.steps(options.length());
        this.ema = options.emaDecay().isPresent()
                ? Ema.of(task.model(), options.emaDecay().getAsDouble())
                : null;
        this.snapshot = new Snapshot(task, ema);
        this.validation = validationData == null ? null : new Validation<>(task, validationData, options, ema);
    }

    // ---- the loop
    // ----------------------------------------------------------------------------------------------------

    TrainResult run(StopRequest stop) {
        List<String> notes = begin();
        try (Journal journal = Journal.open(folder, options.progress(), calendar, totalSteps, step);
                BatchStream<B> batches = data.from(calendar.position(step))) {
            notes.forEach(journal::message);
            Pacer validations = new Pacer(options.validateEvery(), calendar);
            Pacer checkpoints = new Pacer(options.checkpointEvery(), calendar);
            Ending ending = Ending.FINISHED;
            task.model().train();
            while (step < totalSteps) {
                doStep(batches);
                journal.stepped(step, recorder.latest());
                if (step % options.logEvery() == 0) {
                    log(journal);
                }
                if (validations.isDue(step)) {
                    validate(journal);
                }
                if (checkpoints.isDue(step)) {
                    save();
                }
                if (isHopeless()) {
                    ending = Ending.STOPPED_EARLY;
                    break;
                }
                if (stop.isRequested()) {
                    ending = Ending.INTERRUPTED;
                    break;
                }
            }
            return end(ending, journal);
        }
    }

    private void doStep(BatchStream<B> batches) {
        try (var _ = Scope.open()) {
            List<B> chosen = new ArrayList<>(calendar.batchesPerStep());
            for (int i = 0; i < calendar.batchesPerStep(); i++) {
                chosen.add(batches.next());
            }
            Step<B> current = new Step<>(step, chosen, task, options, recorder);
            if (options.finiteChecks()) {
                doStepUnderSearch(current);
            } else {
                task.step(current);
            }
        }
        if (ema != null) {
            ema.update();
        }
        step++;
    }

    private void doStepUnderSearch(Step<B> current) {
        try (var _ = FiniteChecks.nanOnly()) { // infinities may be meant, as in masks
            task.step(current);
        } catch (NonFiniteException e) {
            throw new TrainingException(step, e.getMessage() + ": made here for the first time", e);
        }
    }

    private void log(Journal journal) {
        if (!recorder.isEmpty()) {
            Map<String, Double> values = recorder.take();
            Map<String, Optimizer> optimizers = task.optimizers();
            optimizers.forEach((name, optimizer) ->
                    values.put((optimizers.size() > 1 ? name + "/" : "") + "learningRate", optimizer.learningRate()));
            lastTraining = values;
            Map<String, Double> withRate = new LinkedHashMap<>(values);
            withRate.put("stepsPerSecond", journal.stepsPerSecond());
            journal.add(step, Phase.TRAIN, withRate);
        }
    }

    // ---- validation
    // --------------------------------------------------------------------------------------------------

    private void validate(Journal journal) {
        if (validation == null || validatedAt == step) {
            return;
        }
        validatedAt = step;
        lastValidation = validation.run();
        journal.add(step, Phase.VALIDATION, lastValidation);
        if (options.earlyStopping().isPresent()) {
            compare(options.earlyStopping().get());
        }
    }

    private void compare(EarlyStopping rule) {
        Double value = lastValidation.get(rule.metric());
        if (value == null) {
            throw new IllegalArgumentException(
                    "earlyStopping: validation gives no '" + rule.metric() + "', only " + lastValidation.keySet());
        }
        if (best == null || rule.isBetter(value, best.value())) {
            best = new Best(step, value);
            validationsSinceBest = 0;
            save(); // its weights are wanted in the end
        } else {
            validationsSinceBest++;
        }
    }

    private boolean isHopeless() {
        return options.earlyStopping()
                .map(rule -> validationsSinceBest >= rule.patience())
                .orElse(false);
    }

    // ---- checkpoints
    // -------------------------------------------------------------------------------------------------

    /** Begins anew or goes on from a checkpoint; returns what is to be said about it. */
    private List<String> begin() {
        List<String> notes = new ArrayList<>();
        RandomState.seed(options.seed());
        if (folder != null) {
            Optional<Long> from = Resumption.choose(folder.checkpoints(), options.start(), notes);
            if (from.isPresent()) {
                restore(folder.checkpoints(), from.get());
            }
            folder.writeConfig(task.config(), options.toConfig());
        }
        return notes;
    }

    private void restore(Checkpoints checkpoints, long from) {
        RunState state = checkpoints.check(from);
        Resumption.checkSame(checkpoints.folderOf(from), state, options, calendar);
        snapshot.load(checkpoints.folderOf(from));
        checkpoints.deleteAfter(from);
        step = state.step();
        best = state.best();
        validationsSinceBest = state.validationsSinceBest();
        recorder.restore(state.averages());
        savedAt = step;
    }

    private void save() {
        if (folder == null || savedAt == step) {
            return;
        }
        RunState state = new RunState(
                step,
                options.seed(),
                options.batchSize(),
                calendar.batchesPerEpoch(),
                calendar.batchesPerStep(),
                best,
                validationsSinceBest,
                recorder.totals());
        snapshot.save(folder.checkpoints(), state);
        savedAt = step;
        folder.checkpoints()
                .prune(options.keptCheckpoints(), Optional.ofNullable(best).map(Best::step));
    }

    // ---- the end
    // -----------------------------------------------------------------------------------------------------

    private TrainResult end(Ending ending, Journal journal) {
        if (ending == Ending.FINISHED) {
            validate(journal);
        }
        save();
        log(journal);
        journal.finished(step, recorder.latest());
        task.model().eval();
        chooseWeights(journal);
        if (folder != null) {
            Safetensors.write(folder.modelFile(), task.model().state());
            RunReport.write(folder, task, ending);
        }
        return new TrainResult(
                ending,
                step,
                lastTraining,
                lastValidation,
                best == null ? OptionalLong.empty() : OptionalLong.of(best.step()));
    }

    /** Leaves in the model what the run gives: the best weights where they are kept, the averages where there are any. */
    private void chooseWeights(Journal journal) {
        if (best != null && folder != null && best.step() != step) {
            folder.checkpoints().check(best.step());
            snapshot.loadWeights(folder.checkpoints().folderOf(best.step()));
            journal.message("the best validation was after step " + best.step() + ": its weights are the run's");
        }
        if (ema != null) {
            try (var _ = Gradients.off()) {
                Map<String, Tensor> averages = ema.state();
                task.model()
                        .namedParameters()
                        .forEach((name, parameter) ->
                                parameter.copyInPlace(Objects.requireNonNull(averages.get(name), name)));
            }
        }
    }

    /** Frees what the run remembered beside the model and its optimizers. */
    @Override
    public void close() {
        recorder.clear();
        if (ema != null) {
            ema.close();
        }
    }
}
