package dev.jeton.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.nn.AdamW;
import dev.jeton.torch.LibTorch;
import dev.jeton.train.Sample.Network;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LongRunTest {
    private static final long MOST_GROWTH = 24L << 20; // code that is compiled, heap that is touched for the first time

    private record Sight(long step, long tensors, long residentBytes) {}

    private long steps;

    @Test
    void tenThousandStepsHoldNoMoreThanTheFirstHundred() {
        List<Sight> seen = new ArrayList<>();
        Network network = Network.fresh(0.1);
        TrainOptions options = TrainOptions.defaults()
                .withSteps(10_000)
                .withEma(0.99)
                .withMaxGradientNorm(1)
                .withValidationEvery(Span.steps(100))
                .withProgress(Progress.silent());
        long before = LibTorch.liveTensors();
        Trainer.of(network, AdamW.of(network.parameters(), 1e-3), (Network n, Sample sample) -> {
                    if (steps == 100 || steps == 9_999) {
                        System.gc();
                        seen.add(new Sight(steps, LibTorch.liveTensors(), ResidentMemory.bytes()));
                    }
                    steps += n.isTraining() ? 1 : 0;
                    return n.loss(sample);
                })
                .withValidation(Sample.heldBack())
                .train(Sample.batches(10, 8), options);

        assertThat(seen).hasSize(2);
        assertThat(seen.getLast().tensors()).isEqualTo(seen.getFirst().tensors());
        assertThat(seen.getLast().residentBytes()).isLessThan(seen.getFirst().residentBytes() + MOST_GROWTH);
        assertThat(LibTorch.liveTensors() - before)
                .as("what is left is what the optimizer remembers")
                .isEqualTo(2L * network.parameters().size());
    }
}
