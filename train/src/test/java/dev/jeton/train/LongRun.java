package dev.jeton.train;

import dev.jeton.nn.AdamW;
import dev.jeton.torch.LibTorch;
import dev.jeton.train.Sample.Network;

/** Ten thousand steps in a process of its own, which says after the first hundred and in the end what it holds. */
final class LongRun {
    private static final int STEPS = 10_000;
    private int steps;

    /** Trains. */
    public static void main(String... arguments) {
        new LongRun().train();
    }

    private void train() {
        Network network = Network.fresh(0.1);
        TrainOptions options = TrainOptions.defaults()
                .withSteps(STEPS)
                .withEma(0.99)
                .withMaxGradientNorm(1)
                .withValidationEvery(Span.steps(100))
                .withProgress(Progress.silent());
        long before = LibTorch.liveTensors();
        Trainer.of(network, AdamW.of(network.parameters(), 1e-3), (Network n, Sample sample) -> {
                    if (n.isTraining() && (steps == 100 || steps == STEPS - 1)) {
                        System.gc();
                        System.out.println(LibTorch.liveTensors() + " " + ResidentMemory.bytes());
                    }
                    steps += n.isTraining() ? 1 : 0;
                    return n.loss(sample);
                })
                .withValidation(Sample.heldBack())
                .train(Sample.batches(10, 8), options);
        System.out.println(
                LibTorch.liveTensors() - before - 2L * network.parameters().size());
    }
}
