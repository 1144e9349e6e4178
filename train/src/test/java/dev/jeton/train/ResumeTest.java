package dev.jeton.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jeton.nn.CheckpointException;
import dev.jeton.nn.Schedule;
import dev.jeton.train.Sample.Network;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResumeTest {
    @TempDir
    Path folder;

    private final List<String> said = new ArrayList<>();

    private TrainOptions options(Path run, long steps) {
        return TrainOptions.defaults()
                .withSteps(steps)
                .withAccumulation(2)
                .withEma(0.9)
                .withMaxGradientNorm(0.5)
                .withLearningRate(Schedule.cosine(1e-2, 1e-4, 60).withWarmUp(10))
                .withValidationEvery(Span.steps(7))
                .withCheckpointEvery(Span.steps(10))
                .withRunFolder(run)
                .withProgress(new Progress() {
                    @Override
                    public void stepped(Status status) {}

                    @Override
                    public void message(String line) {
                        said.add(line);
                    }

                    @Override
                    public void finished(Status status) {}
                });
    }

    private void train(TrainOptions options) {
        Network.fresh(0.2).trainer().withValidation(Sample.heldBack()).train(Sample.batches(9, 8), options);
    }

    private Path interruptedRun() {
        Path run = folder.resolve("run");
        train(options(run, 45));
        return run;
    }

    @Test
    void reachesTheWeightsOfAnUninterruptedRun() throws IOException {
        Path whole = folder.resolve("whole");
        train(options(whole, 70));
        Path run = interruptedRun();
        train(options(run, 70).withStart(new Start.Resume()));

        assertThat(run.resolve("model.safetensors")).hasSameBinaryContentAs(whole.resolve("model.safetensors"));
        for (String file : List.of(Checkpoints.MODEL, Checkpoints.TRAINING)) {
            assertThat(run.resolve("checkpoints/step-00000070").resolve(file))
                    .hasSameBinaryContentAs(
                            whole.resolve("checkpoints/step-00000070").resolve(file));
        }
        assertThat(measurements(run)).isEqualTo(measurements(whole));
    }

    /** All that was measured by step, but for the speed, and for step 45, where the first run took stock before it ended. */
    private static Map<Long, List<Map<String, Double>>> measurements(Path run) {
        Map<Long, List<Map<String, Double>>> all = new TreeMap<>();
        for (Measurement measurement : RunFolder.at(run).measurements()) {
            if (measurement.step() != 45) {
                Map<String, Double> values = new TreeMap<>(measurement.values());
                values.remove("stepsPerSecond");
                all.computeIfAbsent(measurement.step(), s -> new ArrayList<>()).add(values);
            }
        }
        return all;
    }

    @Test
    void goesBackToAnOlderCheckpointWhenAskedTo() {
        Path run = interruptedRun();
        assertThat(RunFolder.at(run).checkpointSteps()).containsExactly(40L, 45L);
        byte[] weights = bytes(run.resolve("model.safetensors"));
        train(options(run, 45).withStart(new Start.ResumeAt(40)));
        assertThat(bytes(run.resolve("model.safetensors"))).isEqualTo(weights);
        assertThat(said).contains("going on from step 40");
        assertThatThrownBy(() -> train(options(run, 45).withStart(new Start.ResumeAt(13))))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("no checkpoint of step 13, only of [40, 45]");
    }

    @Test
    void passesOverACheckpointThatIsIncomplete() throws IOException {
        Path run = interruptedRun();
        Path file = run.resolve("checkpoints/step-00000045").resolve(Checkpoints.TRAINING);
        byte[] content = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(content, content.length / 2));
        train(options(run, 46).withStart(new Start.Resume()));
        assertThat(said)
                .anySatisfy(line -> assertThat(line).contains("training.safetensors: ends after"))
                .contains("going on from step 40");
        assertThat(RunFolder.at(run).checkpointSteps()).containsExactly(40L, 46L);
    }

    @Test
    void saysWhatIsMissing() throws IOException {
        Path run = interruptedRun();
        Path newest = run.resolve("checkpoints/step-00000045");
        Files.delete(newest.resolve(Checkpoints.MODEL));
        assertThatThrownBy(() -> train(options(run, 50).withStart(new Start.ResumeAt(45))))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("model.safetensors: is missing");
        Files.delete(newest.resolve("checkpoint.json"));
        Files.delete(run.resolve("checkpoints/step-00000040/checkpoint.json"));
        assertThatThrownBy(() -> train(options(run, 50).withStart(new Start.Resume())))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("no older checkpoint is left");
    }

    @Test
    void refusesACheckpointOfWhichAnyByteChanged() throws IOException {
        Path run = interruptedRun();
        Random random = new Random(11);
        for (String name : List.of("checkpoint.json", Checkpoints.MODEL, Checkpoints.TRAINING)) {
            Path file = run.resolve("checkpoints/step-00000045").resolve(name);
            byte[] whole = Files.readAllBytes(file);
            for (int round = 0; round < 60; round++) {
                byte[] changed = whole.clone();
                int place = random.nextInt(changed.length);
                changed[place] ^= (byte) (1 << random.nextInt(8));
                Files.write(file, changed);
                Checkpoints checkpoints = RunFolder.at(run).checkpoints();
                try {
                    RunState state = checkpoints.check(45);
                    // white space and escapes in the JSON are all that may differ without a difference in meaning
                    assertThat(name).as("byte %d", place).isEqualTo("checkpoint.json");
                    assertThat(state.step()).isEqualTo(45);
                } catch (CheckpointException e) {
                    assertThat(e).hasMessageContaining(run.getFileName().toString());
                }
            }
            Files.write(file, whole);
        }
        RunFolder.at(run).checkpoints().check(45);
    }

    @Test
    void doesNotPassOverADamagedCheckpoint() throws IOException {
        Path run = interruptedRun();
        Path file = run.resolve("checkpoints/step-00000045").resolve(Checkpoints.MODEL);
        byte[] content = Files.readAllBytes(file);
        content[content.length - 1] ^= 1;
        Files.write(file, content);
        assertThatThrownBy(() -> train(options(run, 50).withStart(new Start.Resume())))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("model.safetensors: is damaged");
        train(options(run, 50).withStart(new Start.ResumeAt(40))); // the user's choice
        assertThat(RunFolder.at(run).checkpointSteps()).containsExactly(40L, 50L);
    }

    @Test
    void refusesToGoOnWithOtherData() {
        Path run = interruptedRun();
        assertThatThrownBy(() -> Network.fresh(0.2)
                        .trainer()
                        .train(Sample.batches(8, 8), options(run, 50).withStart(new Start.Resume())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("number of batches in the data must stay 9")
                .hasMessageContaining("it is 8 now");
        assertThatThrownBy(() -> train(options(run, 50).withSeed(1).withStart(new Start.Resume())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("seed must stay 0");
    }

    @Test
    void refusesToResumeWhatIsNotThere() {
        assertThatThrownBy(() -> train(options(folder.resolve("typo"), 5).withStart(new Start.Resume())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("there is no run to resume");
        assertThat(folder.resolve("typo")).doesNotExist();
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
