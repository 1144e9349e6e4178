package dev.jeton.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.jeton.nn.Linear;
import dev.jeton.nn.Optimizer;
import dev.jeton.nn.Safetensors;
import dev.jeton.nn.Schedule;
import dev.jeton.nn.Sgd;
import dev.jeton.torch.NonFiniteException;
import dev.jeton.torch.Scope;
import dev.jeton.torch.Tensor;
import dev.jeton.train.Measurement.Phase;
import dev.jeton.train.Sample.Network;
import dev.jeton.train.TrainResult.Ending;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
    @TempDir
    Path folder;

    private static TrainOptions options() {
        return TrainOptions.defaults().withProgress(Progress.silent()).withSeed(3);
    }

    private static float[] weights(Network network) {
        return network.state().get("hidden.weight").toFloats();
    }

    // ---- what a run does
    // ---------------------------------------------------------------------------------------------

    @Test
    void learnsAndLeavesAWholeRunFolder() throws IOException {
        Path run = folder.resolve("run");
        Network network = Network.fresh(0);
        TrainResult result = network.trainer()
                .withValidation(Sample.heldBack())
                .train(Sample.batches(20, 16), options().withEpochs(30).withRunFolder(run));

        assertThat(result.ending()).isEqualTo(Ending.FINISHED);
        assertThat(result.steps()).isEqualTo(600);
        List<Measurement> all = RunFolder.at(run).measurements();
        List<Double> losses = all.stream()
                .filter(measurement -> measurement.phase() == Phase.VALIDATION)
                .map(measurement -> measurement.values().get("loss"))
                .toList();
        assertThat(losses).hasSize(30);
        assertThat(losses.getLast()).isLessThan(losses.getFirst() / 3);
        assertThat(network.isTraining()).isFalse();

        try (var _ = Scope.open()) {
            assertThat(Safetensors.read(RunFolder.at(run).weights())
                            .get("hidden.weight")
                            .toFloats())
                    .containsExactly(weights(network));
        }
        assertThat(RunFolder.at(run).config())
                .containsEntry("model", "Network")
                .extractingByKey("training")
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("epochs", 30)
                .containsEntry("seed", 3);
        assertThat(Files.readString(run.resolve("report.html")))
                .contains("Finished after 600 steps")
                .contains("<svg");
        try (var events = Files.list(run.resolve("tensorboard"))) {
            assertThat(events).hasSize(1);
        }
    }

    @Test
    void doesTheSameEachTime() {
        Network first = Network.fresh(0.3);
        first.trainer().train(Sample.batches(5, 8), options().withSteps(40));
        Network second = Network.fresh(0.3);
        second.trainer().train(Sample.batches(5, 8), options().withSteps(40));
        assertThat(weights(second)).containsExactly(weights(first));
    }

    @Test
    void accumulatesToWhatOneGreatBatchGives() {
        Sample whole = Sample.draw(16, 1);
        List<Sample> halves = List.of(part(whole, 0, 8), part(whole, 8, 16));
        Network accumulating = Network.fresh(0);
        accumulating
                .trainer()
                .train(BatchSource.of(halves), options().withSteps(20).withAccumulation(2));
        Network atOnce = Network.fresh(0);
        atOnce.trainer().train(BatchSource.of(List.of(whole)), options().withSteps(20));
        assertThat(weights(accumulating)).containsExactly(weights(atOnce), within(1e-4f)); // sums in another order
    }

    private static Sample part(Sample whole, int from, int to) {
        return new Sample(
                to - from,
                Arrays.copyOfRange(whole.input(), from * Sample.WIDTH, to * Sample.WIDTH),
                Arrays.copyOfRange(whole.target(), from * 2, to * 2));
    }

    @Test
    void setsTheLearningRateAndClips() {
        Network network = Network.fresh(0);
        Optimizer optimizer = Sgd.of(network.parameters(), 5);
        float[] before = weights(network);
        TrainResult result = Trainer.of(network, optimizer, Network::loss)
                .train(
                        Sample.batches(1, 8),
                        options()
                                .withSteps(1)
                                .withLogEvery(1)
                                .withLearningRate(Schedule.constant(0.1))
                                .withMaxGradientNorm(1e-3));
        assertThat(result.training()).containsEntry("learningRate", 0.1).containsKey("gradientNorm");
        assertThat(result.training().get("gradientNorm")).isGreaterThan(1e-2);
        float[] after = weights(network);
        double moved = 0;
        for (int i = 0; i < before.length; i++) {
            moved += Math.pow(after[i] - before[i], 2);
        }
        assertThat(Math.sqrt(moved)).isPositive().isLessThan(0.1 * 1e-3 * 1.01);
    }

    @Test
    void givesTheAveragesOfTheWeightsWhereItKeepsThem() {
        Network averaged = Network.fresh(0);
        averaged.trainer().train(Sample.batches(1, 8), options().withSteps(1).withEma(0.75));
        Network plain = Network.fresh(0);
        float[] start = weights(plain);
        plain.trainer().train(Sample.batches(1, 8), options().withSteps(1));
        float[] expected = new float[start.length];
        for (int i = 0; i < start.length; i++) {
            expected[i] = 0.75f * start[i] + 0.25f * weights(plain)[i];
        }
        assertThat(weights(averaged)).containsExactly(expected, within(1e-6f));
    }

    @Test
    void stopsWhenValidationNoLongerGetsBetterAndKeepsTheBestWeights() {
        Path run = folder.resolve("run");
        Network network = Network.fresh(0);
        TrainResult result = Trainer.of(network, Sgd.of(network.parameters(), 0.05), Network::loss)
                .withValidation(Sample.heldBack())
                .train(
                        Sample.batches(1, 4), // four samples: learnt by heart, so that validation gets worse
                        options()
                                .withSteps(20_000)
                                .withValidationEvery(Span.steps(50))
                                .withEarlyStopping(EarlyStopping.onLoss(3))
                                .withRunFolder(run));

        assertThat(result.ending()).isEqualTo(Ending.STOPPED_EARLY);
        List<Measurement> validations = RunFolder.at(run).measurements().stream()
                .filter(measurement -> measurement.phase() == Phase.VALIDATION)
                .toList();
        Measurement best = validations.stream()
                .min(Comparator.comparingDouble(m -> m.values().get("loss")))
                .orElseThrow();
        assertThat(result.bestStep()).hasValue(best.step());
        assertThat(result.steps()).isEqualTo(best.step() + 150);
        Recorder again = new Recorder();
        try (var _ = Scope.open()) {
            for (int i = 0; i < 3; i++) {
                again.record("loss", network.loss(Sample.draw(16, 1000 + i)));
            }
        }
        assertThat(again.take().get("loss")).isCloseTo(best.values().get("loss"), within(1e-6));
    }

    @Test
    void saysWhichMetricsThereAreToStopBy() {
        Network network = Network.fresh(0);
        var rule = new EarlyStopping("accuracy", EarlyStopping.Better.GREATER, 0, 1);
        assertThatThrownBy(() -> network.trainer()
                        .withValidation(Sample.heldBack())
                        .train(Sample.batches(1, 8), options().withSteps(1).withEarlyStopping(rule)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'accuracy'")
                .hasMessageContaining("loss");
    }

    // ---- several optimizers
    // ------------------------------------------------------------------------------------------

    /** Two players: one minimises a product of two numbers by the first, the other maximises it by the second. */
    private static final class Duel implements TrainingTask<Sample> {
        private final Linear model = Linear.of(1, 1);
        private final Tensor first = model.namedParameters().get("weight");
        private final Tensor second = model.namedParameters().get("bias");
        private final Map<String, Optimizer> optimizers =
                Map.of("first", Sgd.of(List.of(first), 0.5), "second", Sgd.of(List.of(second), 0.5));

        @Override
        public Linear model() {
            return model;
        }

        @Override
        public Map<String, Optimizer> optimizers() {
            return optimizers;
        }

        @Override
        public void step(Step<Sample> step) {
            step.minimise("first", batch -> first.mul(second).sum());
            step.minimise("second", batch -> first.mul(second).sum().neg());
        }

        @Override
        public void validate(Sample batch, Recorder scores) {
            scores.record("first", first.sum());
        }

        @Override
        public Object config() {
            return Map.of();
        }
    }

    @Test
    void letsEachOptimizerUpdateOnlyByItsOwnLoss() {
        Duel duel = new Duel();
        double first = duel.first.toFloats()[0];
        double second = duel.second.toFloats()[0];
        TrainResult result = Trainer.of(duel)
                .train(Sample.batches(1, 1), options().withSteps(1).withLogEvery(1));
        double expectedFirst = first - 0.5 * second;
        double expectedSecond = second + 0.5 * expectedFirst; // no trace of the gradient that first's loss left there
        assertThat(duel.first.toFloats()[0]).isCloseTo((float) expectedFirst, within(1e-6f));
        assertThat(duel.second.toFloats()[0]).isCloseTo((float) expectedSecond, within(1e-6f));
        assertThat(result.training()).containsKeys("first/loss", "second/loss", "first/learningRate");
    }

    // ---- faults
    // ------------------------------------------------------------------------------------------------------

    @Test
    void namesTheOperatorThatMadeTheLossNoNumber() {
        Network network = Network.fresh(0);
        assertThatThrownBy(() -> Trainer.of(
                                network,
                                Sgd.of(network.parameters(), 0.1),
                                (Network n, Sample s) -> n.loss(s).sub(1e6).log())
                        .train(Sample.batches(1, 8), options().withSteps(5)))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("step 0: loss is NaN: made by log")
                .hasCauseInstanceOf(NonFiniteException.class);
    }

    @Test
    void namesTheWeightsThatAnUpdateRuined() {
        Network network = Network.fresh(0);
        assertThatThrownBy(() -> Trainer.of(network, Sgd.of(network.parameters(), 1e300), Network::loss)
                        .train(Sample.batches(1, 8), options().withSteps(50)))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("is no longer finite since an earlier update");
    }

    @Test
    void findsTheFaultWhereItArisesWhenAskedTo() {
        Network network = Network.fresh(0);
        assertThatThrownBy(() -> Trainer.of(
                                network,
                                Sgd.of(network.parameters(), 0.1),
                                (Network n, Sample s) ->
                                        n.loss(s).mul(0).sqrt()) // finite itself, but 0 · ∞ in its gradient
                        .train(Sample.batches(1, 8), options().withSteps(5).withFiniteChecks()))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("made here for the first time");
    }

    // ---- run folders
    // -------------------------------------------------------------------------------------------------

    @Test
    void neverOverwritesARunUnasked() throws IOException {
        Path run = folder.resolve("run");
        TrainOptions options = options().withSteps(3).withRunFolder(run);
        Network.fresh(0).trainer().train(Sample.batches(1, 8), options);
        byte[] weights = Files.readAllBytes(run.resolve("model.safetensors"));
        Path note = Files.writeString(run.resolve("note.txt"), "mine");

        assertThatThrownBy(() -> Network.fresh(0).trainer().train(Sample.batches(1, 8), options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("holds a run already");
        assertThat(run.resolve("model.safetensors")).hasBinaryContent(weights);

        Network.fresh(0)
                .trainer()
                .train(Sample.batches(1, 8), options.withSteps(2).withStart(new Start.Overwrite()));
        assertThat(RunFolder.at(run).checkpointSteps()).containsExactly(2L);
        assertThat(note).hasContent("mine");
    }

    @Test
    void refusesAFolderThatAnotherRunWritesTo() {
        Path run = folder.resolve("run");
        TrainOptions options = options().withSteps(1).withRunFolder(run).withStart(new Start.Overwrite());
        Network network = Network.fresh(0);
        Trainer.of(network, Sgd.of(network.parameters(), 0.1), (Network n, Sample s) -> {
                    assertThatThrownBy(() -> Network.fresh(0).trainer().train(Sample.batches(1, 8), options))
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessageContaining("another run is writing");
                    return n.loss(s);
                })
                .train(Sample.batches(1, 8), options);
    }

    @Test
    void stopsWhenItsThreadIsInterrupted() {
        Network network = Network.fresh(0);
        TrainResult result = Trainer.of(network, Sgd.of(network.parameters(), 0.1), (Network n, Sample s) -> {
                    Thread.currentThread().interrupt();
                    return n.loss(s);
                })
                .train(Sample.batches(1, 8), options().withSteps(100));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(result.ending()).isEqualTo(Ending.INTERRUPTED);
        assertThat(result.steps()).isEqualTo(1);
    }
}
