package dev.jeton.train;

import dev.jeton.nn.GradientClipping;
import dev.jeton.nn.Layer;
import dev.jeton.nn.Optimizer;
import dev.jeton.torch.Device;
import dev.jeton.torch.Scope;
import dev.jeton.torch.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * One step of a run: the batches that it is to use, and how losses on them become updates under the run's options.
 *
 * @param <B> what a batch is
 */
public final class Step<B> {
    private final long number;
    private final List<B> batches;
    private final Layer model;
    private final Map<String, Optimizer> optimizers;
    private final TrainOptions options;
    private final Recorder recorder;

    Step(long number, List<B> batches, TrainingTask<B> task, TrainOptions options, Recorder recorder) {
        this.number = number;
        this.batches = batches;
        this.model = task.model();
        this.optimizers = task.optimizers();
        this.options = options;
        this.recorder = recorder;
    }

    /** Returns how many steps came before. */
    public long number() {
        return number;
    }

    /** Returns the batches whose gradients are added up in this step: one, unless the run accumulates. */
    public List<B> batches() {
        return batches;
    }

    /** Adds a number to an average of this run's metrics. */
    public void record(String name, double value) {
        recorder.record(name, value);
    }

    /** Adds a number to an average of this run's metrics. */
    public void record(String name, Tensor value) {
        recorder.record(name, value);
    }

    /**
     * Makes a loss smaller: computes it on every batch in the run's precision, adds up the gradients, and lets an
     * optimizer update its parameters. The loss becomes the metric {@code loss}, or {@code <optimizer>/loss} where there
     * are several optimizers.
     *
     * @param optimizer the name that the task gives it
     * @param loss of a batch, a scalar
     * @throws TrainingException if the loss is not finite; the message names the operator or parameter at fault
     */
    public void minimise(String optimizer, Function<? super B, Tensor> loss) {
        if (optimizers.size() > 1) {
            model.clearGradients(); // what another loss left on parameters that its optimizer does not own
        }
        String metric = optimizers.size() > 1 ? optimizer + "/loss" : "loss";
        for (B batch : batches) {
            try (var _ = Scope.open()) {
                Tensor value;
                try (var _ = options.precision().open()) {
                    value = loss.apply(batch);
                }
                recorder.record(metric, value);
                if (value.device().equals(Device.CPU) && !Double.isFinite(value.item())) {
                    throw Fault.find(number, metric, value.item(), model, () -> loss.apply(batch));
                }
                backward(value);
            }
        }
        update(optimizer);
    }

    /**
     * Adds the gradients of a batch's loss to those of the step's other batches: a mean over batches. For tasks that need
     * more than {@link #minimise}.
     */
    public void backward(Tensor loss) {
        (batches.size() == 1 ? loss : loss.mul(1.0 / batches.size())).backward();
    }

    /** Lets an optimizer update its parameters by the gradients they have, at the run's learning rate, clipped as it says. */
    public void update(String optimizer) {
        Optimizer updater = optimizers.get(optimizer);
        if (updater == null) {
            throw new IllegalArgumentException(
                    "update: there is no optimizer '" + optimizer + "', only " + optimizers.keySet());
        }
        options.learningRate().ifPresent(rate -> updater.setLearningRate(rate.at(number)));
        if (options.maxGradientNorm().isPresent()) {
            try (var _ = Scope.open()) {
                Tensor norm = GradientClipping.byNorm(
                        updater.parameters(), options.maxGradientNorm().getAsDouble());
                record(optimizers.size() > 1 ? optimizer + "/gradientNorm" : "gradientNorm", norm);
                if (norm.device().equals(Device.CPU) && !Double.isFinite(norm.item())) {
                    throw new TrainingException(
                            number,
                            "the gradients have the norm " + norm.item() + "; run again with finite checks on to see"
                                    + " which operator makes it so");
                }
            }
        }
        updater.step();
    }
}
