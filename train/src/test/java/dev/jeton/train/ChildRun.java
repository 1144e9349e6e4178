package dev.jeton.train;

import dev.jeton.train.Sample.Network;
import dev.jeton.train.TrainResult.Ending;
import java.nio.file.Path;

/** A run in a process of its own, to be killed. */
final class ChildRun {
    private static final long STEPS = 1200;

    private ChildRun() {}

    /** Trains in the folder of the first argument, going on where a run before stopped. */
    public static void main(String... arguments) {
        Path run = Path.of(arguments[0]);
        TrainOptions options = TrainOptions.defaults()
                .withSteps(arguments.length > 1 ? Long.parseLong(arguments[1]) : STEPS)
                .withSeed(5)
                .withEma(0.99)
                .withCheckpointEvery(Span.steps(30))
                .withRunFolder(run)
                .withStart(RunFolder.at(run).holdsRun() ? new Start.Resume() : new Start.Fresh())
                .withProgress(Progress.silent());
        TrainResult result = Network.fresh(0.2).trainer().train(Sample.batches(11, 8), options);
        System.out.println(result.ending() == Ending.FINISHED ? "finished" : "saved");
    }
}
