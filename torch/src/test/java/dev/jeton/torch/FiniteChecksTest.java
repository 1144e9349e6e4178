package dev.jeton.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FiniteChecksTest {
    @Test
    void namesTheOperatorThatMadeTheFirstOne() {
        try (var _ = Scope.open();
                var _ = FiniteChecks.on()) {
            Tensor fine = Tensor.of(1.0f, 0.0f, 4.0f).add(2);
            assertThatThrownBy(() -> fine.mul(3e38).tanh())
                    .isInstanceOf(NonFiniteException.class)
                    .hasMessageContaining("mul")
                    .hasMessageContaining("[3]");
        }
    }

    @Test
    void searchesTheBackwardPass() {
        try (var _ = Scope.open();
                var _ = FiniteChecks.on()) {
            Tensor x = Tensor.of(1e-30f, 0.0f).requiresGrad();
            Tensor y = x.mul(3e38).mul(1e20).sum(); // finite, but its slope is not
            assertThatThrownBy(y::backward).isInstanceOf(NonFiniteException.class);
        }
    }

    @Test
    void leavesInfinitiesAloneWhereOnlyNanIsSought() {
        try (var _ = Scope.open();
                var _ = FiniteChecks.nanOnly()) {
            Tensor infinite = Tensor.of(1.0f).mul(3e38).mul(10);
            assertThat(infinite.toFloats()).containsExactly(Float.POSITIVE_INFINITY);
            assertThatThrownBy(() -> infinite.mul(0))
                    .isInstanceOf(NonFiniteException.class)
                    .hasMessageContaining("mul");
        }
    }

    @Test
    void isOffAgainAfterwards() {
        try (var _ = Scope.open()) {
            try (var _ = FiniteChecks.on()) {
                Tensor.of(1.0f).mul(2);
            }
            assertThat(Tensor.of(3e38f).mul(10).toFloats()).containsExactly(Float.POSITIVE_INFINITY);
        }
    }
}
