package dev.jeton.train;

import dev.jeton.train.Sample.Network;
import dev.jeton.train.TrainResult.Ending;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A run in a process of its own, to be killed. */
final class ChildRun {
    private static final long STEPS = 3000;

    private ChildRun() {}

    /** Trains in the folder of the first argument, going on where a run before stopped. */
    public static void main(String... arguments) {
        Path run = Path.of(arguments[0]);
        TrainOptions options = TrainOptions.defaults()
                .withSteps(arguments.length > 1 ? Long.parseLong(arguments[1]) : STEPS)
                .withSeed(5)
                .withEma(0.99)
                .withCheckpointEvery(Span.steps(20))
                .withRunFolder(run)
                .withStart(RunFolder.at(run).holdsRun() ? new Start.Resume() : new Start.Fresh())
                .withProgress(Progress.silent());
        TrainResult result = Network.fresh(0.2).trainer().train(Sample.batches(11, 8), options);
        System.out.println(result.ending() == Ending.FINISHED ? "finished" : "saved");
    }

    /** Starts it; {@code limits} are put before the command, as the shell's {@code ulimit}. */
    static Process start(Path run, Path output, String limits, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                ChildRun.class.getName(),
                run.toString()));
        command.addAll(List.of(more));
        if (!limits.isEmpty()) {
            command.addAll(0, List.of("sh", "-c", limits + "; exec \"$@\"", "sh"));
        }
        Files.createDirectories(run);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }
}
