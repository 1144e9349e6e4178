package dev.jeton.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Several threads compute at once, each with scopes, a tape and settings of its own. */
class ThreadsTest {
    private static final int THREADS = 4;
    private static final int STEPS = 50;

    @Test
    void eachThreadLearnsWhatItWouldAlone() throws Exception {
        List<float[]> alone = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            alone.add(descend(i));
        }
        long live = LibTorch.liveTensors();
        var together = new CyclicBarrier(THREADS);
        List<Future<float[]>> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            for (int i = 0; i < THREADS; i++) {
                int seed = i;
                results.add(threads.submit(() -> {
                    together.await();
                    return descend(seed);
                }));
            }
        }
        for (int i = 0; i < THREADS; i++) {
            assertThat(results.get(i).get()).as("thread %s", i).containsExactly(alone.get(i));
        }
        assertThat(LibTorch.liveTensors())
                .as("tensors that outlive their threads")
                .isEqualTo(live);
    }

    /** Gradient descent on a small network, from data and first weights that depend on the seed alone. */
    private static float[] descend(long seed) {
        Generator random = Generator.of(seed);
        try (var _ = Scope.open()) {
            Tensor inputs = random.randn(32, 8);
            Tensor targets = inputs.slice(1, 0, 2).prod(1).reshape(32, 1);
            Tensor hidden = random.randn(8, 16).mul(0.3).requiresGrad();
            Tensor head = random.randn(16, 1).mul(0.3).requiresGrad();
            for (int step = 0; step < STEPS; step++) {
                try (var _ = Scope.open()) {
                    Tensor error = inputs.matmul(hidden).tanh().matmul(head).sub(targets);
                    error.mul(error).mean().backward();
                }
                try (var _ = Scope.open();
                        var _ = Gradients.off()) {
                    for (Tensor weight : List.of(hidden, head)) {
                        weight.addInPlace(weight.grad(), -0.1);
                        weight.clearGrad();
                    }
                }
            }
            return hidden.toFloats();
        }
    }

    @Test
    void whatOneThreadSwitchesOffStaysOnInAnother() throws Exception {
        try (var _ = Scope.open();
                var _ = Gradients.off();
                ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Tensor weight = Tensor.ones(3).requiresGrad();
            assertThat(weight.mul(2).isRecorded()).isFalse();
            assertThat(threads.submit(() -> {
                                try (var _ = Scope.open()) {
                                    return weight.mul(2).isRecorded();
                                }
                            })
                            .get())
                    .isTrue();
        }
    }

    @Test
    void aScopeIsClosedByTheThreadThatOpenedIt() throws Exception {
        try (Scope scope = Scope.open();
                ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Tensor kept = Tensor.ones(2);
            assertThatThrownBy(() -> threads.submit(scope::close).get())
                    .hasCauseInstanceOf(IllegalStateException.class);
            assertThat(kept.toFloats()).containsExactly(1, 1);
        }
    }
}
