package dev.jeton.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class FusedUpdateTest {
    private static final int STEPS = 20;

    /** One step, given the parameter, its gradient and the number of the step from 1 on. */
    private interface Step {
        void make(List<Tensor> parameter, List<Tensor> gradient, long step);
    }

    /** Descends ½xᵀAx − bᵀx from ones and holds every x against PyTorch's. */
    private static void descend(String name, Step step) {
        Golden golden = Golden.read("torch", "optimizers.safetensors");
        Tensor a = golden.tensor("A");
        Tensor b = golden.tensor("b");
        double[] expected = golden.tensor(name).toDoubles();
        Tensor x = Tensor.of(1.0, 1, 1, 1, 1, 1, 1, 1);
        for (int i = 1; i <= STEPS; i++) {
            try (var _ = Scope.open()) {
                step.make(List.of(x), List.of(a.matmul(x).sub(b)), i);
            }
            double[] found = x.toDoubles();
            for (int k = 0; k < found.length; k++) {
                assertThat(found[k]).as("%s, step %d, x[%d]", name, i, k).isCloseTo(expected[8 * i + k], within(1e-12));
            }
        }
    }

    private static Tensor zeros() {
        return Tensor.full(Shape.of(8), 0, DType.FLOAT64, Device.CPU);
    }

    private static void adam(String name, FusedUpdate.Adam numbers, boolean amsGrad) {
        try (var _ = Scope.open()) {
            var moments =
                    new FusedUpdate.Moments(List.of(zeros()), List.of(zeros()), amsGrad ? List.of(zeros()) : List.of());
            descend(name, (x, g, step) -> FusedUpdate.adam(x, g, moments, step, numbers));
        }
    }

    private static void sgd(String name, FusedUpdate.Sgd numbers) {
        try (var _ = Scope.open()) {
            List<Tensor> velocities = numbers.momentum() == 0 ? List.of() : List.of(zeros());
            descend(name, (x, g, step) -> FusedUpdate.sgd(x, g, velocities, step == 1, numbers));
        }
    }

    @Test
    void adamIsPyTorchs() {
        adam("adam", new FusedUpdate.Adam(0.1, 0.9, 0.999, 1e-8, 0.01, false), false);
    }

    @Test
    void adamWIsPyTorchs() {
        adam("adamw", new FusedUpdate.Adam(0.1, 0.9, 0.999, 1e-8, 0.1, true), false);
    }

    @Test
    void amsGradIsPyTorchs() {
        adam("amsgrad", new FusedUpdate.Adam(0.1, 0.9, 0.999, 1e-8, 0.01, true), true);
    }

    @Test
    void sgdIsPyTorchs() {
        sgd("sgd", new FusedUpdate.Sgd(0.01, 0, 0, 0, false));
        sgd("sgd_momentum", new FusedUpdate.Sgd(0.01, 0.9, 0, 0.01, false));
        sgd("sgd_nesterov", new FusedUpdate.Sgd(0.01, 0.9, 0, 0, true));
    }

    @Test
    void lerpMovesAPart() {
        try (var _ = Scope.open()) {
            Tensor target = Tensor.of(0f, 10f);
            Tensor other = Tensor.of(new float[][] {{1}});

            FusedUpdate.lerp(List.of(target, other), List.of(Tensor.of(4f, 2f), Tensor.of(new float[][] {{5}})), 0.25);

            assertThat(target.toFloats()).containsExactly(1f, 8f);
            assertThat(other.toFloats()).containsExactly(2f);
        }
    }

    @Test
    void normIsOfAllElements() {
        try (var _ = Scope.open()) {
            List<Tensor> gradients =
                    List.of(Tensor.of(new float[][] {{1, 2}, {3, 4}}), Tensor.scalar(5f), Tensor.of(3f, 6f));

            assertThat(GradientNorm.of(gradients).item()).isEqualTo(10);
            assertThat(GradientNorm.of(List.of(gradients.get(0), Tensor.zeros(0, 3)))
                            .item())
                    .isCloseTo(Math.sqrt(30), within(1e-6));
        }
    }

    @Test
    void clipShortensOnlyWhatIsTooLong() {
        try (var _ = Scope.open()) {
            Tensor a = Tensor.of(3f);
            Tensor b = Tensor.of(new float[][] {{4}});

            assertThat(GradientNorm.clip(List.of(a, b), 6).item()).isEqualTo(5);
            assertThat(a.item()).isEqualTo(3);

            assertThat(GradientNorm.clip(List.of(a, b), 1).item()).isEqualTo(5);
            assertThat(a.item()).isCloseTo(0.6, within(1e-6));
            assertThat(b.item()).isCloseTo(0.8, within(1e-6));
        }
    }

    @Test
    void changedParametersAreRefusedByTheTape() {
        try (var _ = Scope.open()) {
            Tensor w = Tensor.of(2f).requiresGrad();
            Tensor loss = w.mul(w).sum();
            FusedUpdate.sgd(
                    List.of(w), List.of(Tensor.of(1f)), List.of(), true, new FusedUpdate.Sgd(0.1, 0, 0, 0, false));

            assertThatThrownBy(loss::backward)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("changed in place");
        }
    }

    @Test
    void mistakesAreNamed() {
        try (var _ = Scope.open()) {
            var numbers = new FusedUpdate.Sgd(0.1, 0, 0, 0, false);
            List<Tensor> parameters = List.of(Tensor.of(1f, 2f));

            assertThatThrownBy(() -> FusedUpdate.sgd(parameters, List.of(), List.of(), true, numbers))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("equally long");
            assertThatThrownBy(() -> FusedUpdate.sgd(parameters, List.of(Tensor.of(1f)), List.of(), true, numbers))
                    .isInstanceOf(ShapeException.class)
                    .hasMessageContaining("[2]");
            assertThatThrownBy(
                            () -> FusedUpdate.sgd(parameters, List.of(Tensor.of(1.0, 2.0)), List.of(), true, numbers))
                    .isInstanceOf(DTypeException.class);
            assertThatThrownBy(() -> GradientNorm.of(List.of())).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
