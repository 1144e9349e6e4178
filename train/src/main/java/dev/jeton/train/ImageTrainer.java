package dev.jeton.train;

import dev.jeton.data.Batch;
import dev.jeton.data.BatchOptions;
import dev.jeton.data.ImageSource;
import dev.jeton.data.Shuffle;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Trainer} for pictures, which it shuffles and cuts into batches as the options say.
 *
 * <pre>{@code
 * Trainer.of(model, (m, batch) -> Loss.crossEntropy(m.forward(batch.pixels()), batch.labels()))
 *         .train(Idx.images(folder), TrainOptions.defaults().withEpochs(10).withRunFolder(run));
 * }</pre>
 */
public final class ImageTrainer {
    private final TrainingTask<Batch> task;
    private final @Nullable ImageSource validation;

    ImageTrainer(TrainingTask<Batch> task, @Nullable ImageSource validation) {
        this.task = task;
        this.validation = validation;
    }

    /** Returns a trainer that also measures the model on pictures that are held back. */
    public ImageTrainer withValidation(ImageSource images) {
        return new ImageTrainer(task, images);
    }

    /**
     * Trains as {@link Trainer#train} says. Each epoch has another order, which follows from the seed; where the pictures
     * do not fill the last batch of an epoch, those that are left over are passed over in that epoch.
     */
    public TrainResult train(ImageSource images, TrainOptions options) {
        BatchOptions batches = BatchOptions.of(Math.min(options.batchSize(), images.size()))
                .withShuffle(Shuffle.seeded(options.seed()))
                .withDropLast();
        Trainer<Batch> trainer = Trainer.of(task);
        if (validation != null) {
            trainer = trainer.withValidation(new ImageBatches(validation, BatchOptions.of(options.batchSize())));
        }
        return trainer.train(new ImageBatches(images, batches), options);
    }
}
