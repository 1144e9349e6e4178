package dev.jeton.bench.torch;

import dev.jeton.nn.Precision;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A training step, forward, backward and fused AdamW, of each measured model. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
public class StepBenchmark {
    /** The model. */
    @Param({"mlp", "vqvae", "block256", "block768"})
    public String model = "mlp";

    /** How products are computed. */
    @Param
    public Precision precision = Precision.FP32;

    private Runnable step = () -> {};

    /** Builds the model. */
    @Setup
    public void build() {
        step = Steps.of(model, precision);
    }

    /** One step. */
    @Benchmark
    public void step() {
        step.run();
    }
}
