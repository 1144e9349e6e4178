package dev.jeton.train;

import dev.jeton.nn.Ema;
import dev.jeton.torch.Gradients;
import dev.jeton.torch.Scope;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Measures the model on data that is held back, the same way each time: random choices start from the run's seed, and the
 * run's own go on as if nothing had been.
 */
final class Validation<B> {
    private final TrainingTask<B> task;
    private final BatchSource<B> data;
    private final TrainOptions options;
    private final @Nullable Ema ema;

    Validation(TrainingTask<B> task, BatchSource<B> data, TrainOptions options, @Nullable Ema ema) {
        this.task = task;
        this.data = data;
        this.options = options;
        this.ema = ema;
    }

    Map<String, Double> run() {
        try (var _ = Scope.open();
                var _ = Gradients.off()) {
            var random = RandomState.save();
            RandomState.seed(options.seed());
            task.model().eval();
            try {
                return ema == null ? measure() : measureAverages(ema);
            } finally {
                task.model().train();
                RandomState.restore(random);
            }
        }
    }

    private Map<String, Double> measureAverages(Ema averages) {
        try (var _ = averages.applied()) {
            return measure();
        }
    }

    private Map<String, Double> measure() {
        Recorder scores = new Recorder();
        try (BatchStream<B> batches = data.from(0)) {
            for (long i = 0; i < data.batchesPerEpoch(); i++) {
                try (var _ = Scope.open();
                        var _ = options.precision().open()) {
                    B batch = batches.next();
                    scores.weigh(data.examples(batch));
                    task.validate(batch, scores);
                }
            }
        }
        return scores.take();
    }
}
