package dev.jeton.models.internal;

import dev.jeton.data.Batch;
import dev.jeton.data.BatchOptions;
import dev.jeton.data.Batches;
import dev.jeton.data.ImageSource;
import dev.jeton.data.Shuffle;
import dev.jeton.train.BatchSource;
import dev.jeton.train.BatchStream;
import dev.jeton.train.TrainOptions;
import java.util.Iterator;

/** Pictures as the trainer takes them: shuffled by the run's seed, batches of its size, the last of an epoch left out. */
public final class ImageBatches implements BatchSource<Batch> {
    private final ImageSource images;
    private final BatchOptions options;
    private final int perEpoch;

    private ImageBatches(ImageSource images, BatchOptions options) {
        this.images = images;
        this.options = options;
        this.perEpoch = Batches.of(images, options).batchesPerEpoch();
    }

    /** Returns the batches of a run. */
    public static ImageBatches of(ImageSource images, TrainOptions options) {
        int size = Math.min(options.batchSize(), images.size());
        return new ImageBatches(
                images,
                BatchOptions.of(size)
                        .withShuffle(Shuffle.seeded(options.seed()))
                        .withDropLast());
    }

    @Override
    public long batchesPerEpoch() {
        return perEpoch;
    }

    @Override
    public BatchStream<Batch> from(long position) {
        Batches batches = Batches.of(images, options);
        batches.seek(new Batches.Position(position / perEpoch, (int) (position % perEpoch)));
        return new BatchStream<>() {
            private Iterator<Batch> epoch = batches.iterator();

            @Override
            public Batch next() {
                if (!epoch.hasNext()) {
                    epoch = batches.iterator();
                }
                return epoch.next();
            }

            @Override
            public void close() {
                batches.seek(batches.position()); // ends what is under way
            }
        };
    }
}
