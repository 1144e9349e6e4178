package dev.jeton.train;

import dev.jeton.data.Batch;
import dev.jeton.data.BatchOptions;
import dev.jeton.data.Batches;
import dev.jeton.data.ImageSource;
import java.util.Iterator;

/** Pictures as batches that a run can go on with from any position. */
final class ImageBatches implements BatchSource<Batch> {
    private final Batches batches;

    ImageBatches(ImageSource images, BatchOptions options) {
        this.batches = Batches.of(images, options);
    }

    @Override
    public long batchesPerEpoch() {
        return batches.batchesPerEpoch();
    }

    @Override
    public long examples(Batch batch) {
        return batch.size();
    }

    @Override
    public BatchStream<Batch> from(long position) {
        batches.seek(new Batches.Position(position / batchesPerEpoch(), (int) (position % batchesPerEpoch())));
        return new BatchStream<>() {
            private Iterator<Batch> epoch = batches.iterator();

            @Override
            public Batch next() {
                if (!epoch.hasNext()) {
                    epoch = batches.iterator(); // the next one
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
