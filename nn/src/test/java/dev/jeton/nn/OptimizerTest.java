package dev.jeton.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.jeton.torch.Gradients;
import dev.jeton.torch.Scope;
import dev.jeton.torch.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OptimizerTest {
    static Stream<Arguments> optimizers() {
        return Stream.of(
                optimizer("sgd", p -> Sgd.of(p, 0.01)),
                optimizer(
                        "sgd_momentum",
                        p -> Sgd.of(
                                p,
                                0.01,
                                Sgd.Options.defaults().withMomentum(0.9).withWeightDecay(0.01))),
                optimizer(
                        "sgd_nesterov",
                        p -> Sgd.of(p, 0.01, Sgd.Options.defaults().withNesterovMomentum(0.9))),
                optimizer("adam", p -> Adam.of(p, 0.1, AdamOptions.defaults().withWeightDecay(0.01))),
                optimizer("adamw", p -> AdamW.of(p, 0.1, AdamOptions.defaults().withWeightDecay(0.1))),
                optimizer(
                        "amsgrad",
                        p -> AdamW.of(
                                p,
                                0.1,
                                AdamOptions.defaults().withWeightDecay(0.01).withAmsgrad())),
                optimizer(
                        "rmsprop",
                        p -> RmsProp.of(p, 0.01, RmsProp.Options.defaults().withMomentum(0.5))),
                optimizer("adagrad", p -> Adagrad.of(p, 0.1)),
                optimizer("adadelta", p -> Adadelta.of(p, 1)));
    }

    private static Arguments optimizer(String name, Function<List<Tensor>, Optimizer> made) {
        return Arguments.of(name, made);
    }

    /** ½ xᵀAx − bᵀx, whose gradient is Ax − b. */
    private static Tensor objective(Map<String, Tensor> golden, Tensor x) {
        return x.mul(golden.get("A").matmul(x))
                .sum()
                .mul(0.5)
                .sub(golden.get("b").mul(x).sum());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("optimizers")
    void twentyStepsAreThoseOfPyTorch(String name, Function<List<Tensor>, Optimizer> made) {
        try (var _ = Scope.open()) {
            Map<String, Tensor> golden =
                    Safetensors.read(Shared.folder("golden/torch").resolve("optimizers.safetensors"));
            Tensor path = golden.get(name);
            Tensor x = Tensor.of(new double[] {1, 1, 1, 1, 1, 1, 1, 1}).requiresGrad();
            try (Optimizer optimizer = made.apply(List.of(x))) {
                for (int step = 1; step <= 20; step++) {
                    objective(golden, x).backward();
                    optimizer.step();
                    assertThat(x.hasGrad()).isFalse();
                    GoldenCase.close(name + " after step " + step, x.detach(), path.select(0, step));
                }
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("optimizers")
    void aStoredStateGoesOnBitForBit(String name, Function<List<Tensor>, Optimizer> made) {
        try (var _ = Scope.open()) {
            Tensor x = Tensor.of(1f, -2f, 3f).requiresGrad();
            Tensor y = Tensor.of(0f, 0f, 0f).requiresGrad();
            Optimizer first = made.apply(List.of(x));
            for (int i = 0; i < 3; i++) {
                x.square().sum().backward();
                first.step();
            }
            first.setLearningRate(0.005);
            Map<String, Tensor> stored = new HashMap<>();
            first.state().forEach((key, tensor) -> stored.put(key, tensor.copy()));
            try (var _ = Gradients.off()) {
                y.copyInPlace(x);
            }
            Optimizer second = made.apply(List.of(y));
            second.load(stored);
            assertThat(second.learningRate()).isEqualTo(0.005);
            for (int i = 0; i < 3; i++) {
                x.square().sum().backward();
                first.step();
                y.square().sum().backward();
                second.step();
            }
            assertThat(y.toFloats()).containsExactly(x.toFloats());
        }
    }

    @Test
    void groupsHaveRatesAndDecaysOfTheirOwn() {
        try (var _ = Scope.open()) {
            Tensor fast = Tensor.of(1.0).requiresGrad();
            Tensor slow = Tensor.of(1.0).requiresGrad();
            Tensor idle = Tensor.of(1.0).requiresGrad();
            Optimizer optimizer = Sgd.ofGroups(
                    List.of(
                            ParameterGroup.of(List.of(fast, idle)),
                            ParameterGroup.of(List.of(slow)).withRateScale(0.1).withWeightDecay(1)),
                    0.5,
                    Sgd.Options.defaults());
            fast.add(slow).sum().backward();
            optimizer.step();
            assertThat(fast.item()).isCloseTo(0.5, within(1e-15));
            assertThat(slow.item()).isCloseTo(1 - 0.05 * 2, within(1e-15)); // gradient 1, decay 1 · 1
            assertThat(idle.item()).isEqualTo(1);
        }
    }

    @Test
    void matricesDecayAndBiasesDoNot() {
        try (var _ = Scope.open();
                var layer = Linear.of(3, 2)) {
            List<ParameterGroup> groups = ParameterGroup.decayingMatricesOnly(layer.parameters());
            assertThat(groups.get(0).parameters()).containsExactly(layer.weight());
            assertThat(groups.get(1).parameters()).containsExactly(layer.bias().orElseThrow());
            assertThat(groups.get(1).weightDecay()).hasValue(0);
        }
    }

    @Test
    void stateHasPyTorchsNames() {
        try (var _ = Scope.open()) {
            Tensor x = Tensor.of(1f).requiresGrad();
            Tensor unused = Tensor.of(1f).requiresGrad();
            Optimizer optimizer = AdamW.of(List.of(unused, x), 1e-3);
            assertThat(optimizer.state().keySet()).containsExactly("learning_rate");
            x.sum().backward();
            optimizer.step();
            assertThat(optimizer.state().keySet())
                    .containsExactly("state.1.step", "state.1.exp_avg", "state.1.exp_avg_sq", "learning_rate");
        }
    }

    @Test
    void mistakesAreNamed() {
        try (var _ = Scope.open()) {
            Tensor x = Tensor.of(1f).requiresGrad();
            assertThatThrownBy(() -> AdamW.of(List.of(), 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no parameters");
            assertThatThrownBy(() -> AdamW.of(List.of(x, x), 1)).hasMessageContaining("twice");
            assertThatThrownBy(() -> AdamW.of(List.of(x), -1)).hasMessageContaining("learning rate");
            assertThatThrownBy(() -> Sgd.Options.defaults().withNesterovMomentum(0))
                    .hasMessageContaining("momentum");
            Optimizer optimizer = AdamW.of(List.of(x), 1);
            assertThatThrownBy(() -> optimizer.load(Map.of("state.0.exp_avg", Tensor.of(1f, 2f))))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContaining("must have shape [1]");
            assertThatThrownBy(() -> optimizer.load(Map.of("state.1.exp_avg", Tensor.of(1f))))
                    .isInstanceOf(CheckpointException.class);
            assertThatThrownBy(() -> optimizer.load(Map.of("state.0.momentum_buffer", Tensor.of(1f))))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContaining("no place");
        }
    }
}
