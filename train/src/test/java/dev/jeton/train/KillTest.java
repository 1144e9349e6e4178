package dev.jeton.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Processes that end while they train. */
@DisabledOnOs(OS.WINDOWS)
class KillTest {
    private static final int KILLS = 10;
    private static final int TERMINATED = 143;

    @TempDir
    Path folder;

    /** Ten times SIGKILL, in the middle of steps and of checkpoints, whatever is hit. */
    @Test
    void aRunKilledTenTimesReachesTheWeightsOfOneThatWasNot() throws Exception {
        Path whole = folder.resolve("whole");
        Process undisturbed = start(whole, folder.resolve("whole.txt"));
        assertThat(undisturbed.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(folder.resolve("whole.txt")).hasContent("finished");

        Path run = folder.resolve("run");
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int kills = 0;
        for (long target = 0; kills < KILLS; kills++) {
            Process process = start(run, folder.resolve("run" + kills + ".txt"));
            target += 45 + random.nextInt(50);
            awaitStep(run, target, process);
            Thread.sleep(0, random.nextInt(999_999)); // anywhere between two checkpoints, or inside one
            process.destroyForcibly().waitFor();
        }
        assertThat(newestStep(run)).as("seed %d", seed).isBetween(450L, 1199L);
        Process last = start(run, folder.resolve("last.txt"));
        assertThat(last.waitFor(120, TimeUnit.SECONDS)).isTrue();

        assertThat(folder.resolve("last.txt")).as("seed %d", seed).hasContent("finished");
        assertThat(run.resolve("model.safetensors"))
                .as("seed %d", seed)
                .hasSameBinaryContentAs(whole.resolve("model.safetensors"));
        assertThat(run.resolve("checkpoints/step-00001200/training.safetensors"))
                .as("seed %d", seed)
                .hasSameBinaryContentAs(whole.resolve("checkpoints/step-00001200/training.safetensors"));
        assertThat(RunFolder.at(run).measurements())
                .extracting(Measurement::step)
                .isEqualTo(RunFolder.at(whole).measurements().stream()
                        .map(Measurement::step)
                        .toList());
    }

    @Test
    void savesAndEndsWithTheSignalsExitCode() throws Exception {
        Path run = folder.resolve("run");
        Path output = folder.resolve("run.txt");
        Process process = start(run, output, "1000000");
        awaitStep(run, 100, process);
        process.destroy(); // SIGTERM; Ctrl-C takes the same way
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(TERMINATED);
        long saved = newestStep(run);
        long measured = RunFolder.at(run).measurements().getLast().step();
        assertThat(saved).isEqualTo(measured).isGreaterThanOrEqualTo(100);
        assertThat(run.resolve("report.html")).content().contains("Interrupted after");
        assertThat(run.resolve("model.safetensors")).exists();
    }

    @Test
    void aDiskThatIsFullLeavesTheLastGoodCheckpoint() throws Exception {
        Path run = folder.resolve("run");
        Process first = start(run, folder.resolve("first.txt"), "30");
        assertThat(first.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(newestStep(run)).isEqualTo(30);

        Path output = folder.resolve("second.txt");
        Process second = ChildProcess.of(ChildRun.class)
                .withLimits("ulimit -f 4") // files of 4 blocks at most
                .start(output, run.toString(), "100");
        assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(second.exitValue()).isEqualTo(1);
        assertThat(output).content().contains("the checkpoint cannot be written; that of step 30 is whole");
        assertThat(newestStep(run)).isEqualTo(30);
        RunFolder.at(run).checkpoints().check(30);
        assertThat(run.resolve("checkpoints")).isDirectoryNotContaining("glob:**.draft-*");

        Process third = start(run, folder.resolve("third.txt"), "100");
        assertThat(third.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(folder.resolve("third.txt")).hasContent("finished");
    }

    private static Process start(Path run, Path output, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(run.toString()));
        arguments.addAll(List.of(more));
        return ChildProcess.of(ChildRun.class).start(output, arguments.toArray(String[]::new));
    }

    private static long newestStep(Path run) {
        return RunFolder.at(run).checkpointSteps().stream().reduce(0L, Math::max);
    }

    private static void awaitStep(Path run, long step, Process process) throws IOException, InterruptedException {
        while (newestStep(run) < step) {
            assertThat(process.isAlive())
                    .as("the run ended at step %d before it was killed at %d", newestStep(run), step)
                    .isTrue();
            Thread.sleep(2);
        }
    }
}
