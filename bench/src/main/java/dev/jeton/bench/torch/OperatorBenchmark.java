package dev.jeton.bench.torch;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What an operator costs beside its arithmetic: 4×4 tensors, alone and in a recorded chain. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
public class OperatorBenchmark {
    private final Operators operators = new Operators();

    /** One sum of two tensors. */
    @Benchmark
    public void add() {
        operators.add();
    }

    /** One hyperbolic tangent. */
    @Benchmark
    public void tanh() {
        operators.tanh();
    }

    /** Twenty times add and tanh, forward and backward. */
    @Benchmark
    public void chain() {
        operators.chain();
    }
}
