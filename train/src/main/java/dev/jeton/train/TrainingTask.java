package dev.jeton.train;

import dev.jeton.nn.Layer;
import dev.jeton.nn.Optimizer;
import java.util.Map;

/**
 * What a run does: what it trains, what one step is, what is measured on data that is held back.
 *
 * <pre>{@code
 * public void step(Step<ImageBatch> step) { // an adversarial pair
 *     step.minimise("generator", batch -> generatorLoss(batch));
 *     step.minimise("discriminator", batch -> discriminatorLoss(batch));
 * }
 * }</pre>
 *
 * <p>All that a task remembers from step to step must lie in its model's parameters and buffers and in its optimizers:
 * that is what checkpoints hold.
 *
 * @param <B> what a batch is
 */
public interface TrainingTask<B> {
    /** Returns all that is trained and stored, always the same. */
    Layer model();

    /** Returns the optimizers by name, always the same. */
    Map<String, Optimizer> optimizers();

    /** Does one step: usually one call of {@link Step#minimise}. The model is in training mode. */
    void step(Step<B> step);

    /**
     * Measures one batch of the validation data; the values of all batches are averaged, each weighed by its
     * {@linkplain BatchSource#examples number of examples}. The model is in evaluation mode,
     * nothing is recorded for gradients.
     */
    void validate(B batch, Recorder scores);

    /**
     * Returns what the run's {@code config.json} says of the model: a record or a map. Names are written in snake case.
     */
    Object config();

    /** Adds to the report of a run that has ended, such as pictures; the model is in evaluation mode. */
    default void report(Report report) {
        // the curves say it all
    }
}
