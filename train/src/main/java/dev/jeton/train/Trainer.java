package dev.jeton.train;

import dev.jeton.data.Batch;
import dev.jeton.nn.AdamW;
import dev.jeton.nn.Layer;
import dev.jeton.nn.Optimizer;
import dev.jeton.torch.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Trains a model over data: with checkpoints, resume, curves, progress and Ctrl-C.
 *
 * <pre>{@code
 * Trainer.of(model, AdamW.of(model.parameters(), 1e-3), (m, batch) -> m.loss(batch))
 *         .train(batches, TrainOptions.defaults().withEpochs(10).withRunFolder(run));
 * }</pre>
 *
 * @param <B> what a batch is
 */
public final class Trainer<B> {
    private static final double LEARNING_RATE = 1e-3;

    private final TrainingTask<B> task;
    private final @Nullable BatchSource<B> validation;

    private Trainer(TrainingTask<B> task, @Nullable BatchSource<B> validation) {
        this.task = task;
        this.validation = validation;
    }

    /** Returns a trainer for any task. */
    public static <B> Trainer<B> of(TrainingTask<B> task) {
        return new Trainer<>(task, null);
    }

    /**
     * Returns a trainer that makes a loss of a model smaller.
     *
     * @param loss of the model on a batch, a scalar
     */
    public static <M extends Layer, B> Trainer<B> of(
            M model, Optimizer optimizer, BiFunction<? super M, ? super B, Tensor> loss) {
        return of(new LossTask<>(model, optimizer, loss));
    }

    /**
     * Returns a trainer that makes a loss over pictures smaller, by AdamW at a learning rate of 0.001 unless the options
     * say otherwise.
     *
     * @param loss of the model on a batch, a scalar
     */
    public static <M extends Layer> ImageTrainer of(M model, BiFunction<? super M, ? super Batch, Tensor> loss) {
        return ofImages(new LossTask<>(model, AdamW.of(model.parameters(), LEARNING_RATE), loss));
    }

    /** Returns a trainer for any task over pictures. */
    public static ImageTrainer ofImages(TrainingTask<Batch> task) {
        return new ImageTrainer(task, null);
    }

    /** Returns a trainer that also measures the model on data that is held back. */
    public Trainer<B> withValidation(BatchSource<B> data) {
        return new Trainer<>(task, data);
    }

    /**
     * Trains until the run's length is reached, validation no longer gets better, or the process or this thread is asked
     * to end. The model is left in evaluation mode with the weights that the run gives: the averages where the run keeps
     * them, the best where early stopping does and there is a run folder.
     *
     * @throws IllegalArgumentException if the run folder is not what {@link TrainOptions#start()} expects
     * @throws TrainingException if the loss is no longer a number
     * @throws dev.jeton.nn.CheckpointException if a checkpoint to go on from is damaged, or one cannot be written
     */
    public TrainResult train(BatchSource<B> data, TrainOptions options) {
        RunFolder folder = options.runFolder().map(RunFolder::at).orElse(null);
        try (StopRequest stop = StopRequest.listen();
                FileChannel _ = folder == null ? null : folder.open(options.start());
                Session<B> session = new Session<>(task, data, validation, options, folder)) {
            return session.run(stop);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
