package dev.jeton.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.jeton.torch.Scope;
import dev.jeton.torch.Shape;
import dev.jeton.torch.ShapeException;
import dev.jeton.torch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InitTest {
    private static final Shape KERNEL = Shape.of(64, 32, 3, 3);

    private Scope scope;

    @BeforeEach
    void open() {
        scope = Scope.open();
    }

    @AfterEach
    void close() {
        scope.close();
    }

    private static void hasDeviation(Init init, double deviation) {
        Tensor drawn = init.make(KERNEL); // 18,432 numbers: their deviation is within 2 % of the expected one
        assertThat(drawn.std(1, false).item()).isCloseTo(deviation, within(0.02 * deviation));
        assertThat(drawn.mean().item()).isCloseTo(0, within(0.03 * deviation));
    }

    @Test
    void variancesFollowTheFans() {
        assertThat(Init.fanIn(KERNEL)).isEqualTo(288);
        assertThat(Init.fanOut(KERNEL)).isEqualTo(576);
        hasDeviation(Init.xavierUniform(1), Math.sqrt(2.0 / 864));
        hasDeviation(Init.xavierNormal(2), 2 * Math.sqrt(2.0 / 864));
        hasDeviation(Init.kaimingUniform(Math.sqrt(2)), Math.sqrt(2.0 / 288));
        hasDeviation(Init.kaimingNormal(1), Math.sqrt(1.0 / 288));
        hasDeviation(Init.uniform(-3, 3), Math.sqrt(3));
        hasDeviation(Init.normal(0, 0.02), 0.02);
        assertThatThrownBy(() -> Init.kaimingNormal(1).make(5)).isInstanceOf(ShapeException.class);
    }

    @Test
    void uniformNumbersStayWithinTheirBounds() {
        Tensor drawn = Init.xavierUniform(1).make(KERNEL);
        double bound = Math.sqrt(6.0 / 864);
        assertThat(drawn.max().item()).isLessThanOrEqualTo(bound).isGreaterThan(0.98 * bound);
        assertThat(drawn.min().item()).isGreaterThanOrEqualTo(-bound).isLessThan(-0.98 * bound);
    }

    @Test
    void truncatedNumbersStayWithinTwoDeviations() {
        Tensor drawn = Init.truncatedNormal(0.5).make(KERNEL);
        assertThat(drawn.abs().max().item()).isLessThanOrEqualTo(1).isGreaterThan(0.98);
        // the deviation of a standard normal cut at ±2: √(1 - 4 φ(2) / (Φ(2) - Φ(-2)))
        assertThat(drawn.std(1, false).item()).isCloseTo(0.5 * 0.879626, within(0.01));
    }

    @Test
    void orthogonalRowsOrColumnsHaveTheGainAsLength() {
        for (Shape shape : new Shape[] {Shape.of(6, 6), Shape.of(3, 8), Shape.of(8, 3), Shape.of(4, 2, 3, 1)}) {
            Tensor drawn = Init.orthogonal(2).make(shape);
            assertThat(drawn.shape()).isEqualTo(shape);
            Tensor matrix = drawn.reshape(shape.size(0), -1);
            boolean wide = matrix.size(0) < matrix.size(1);
            Tensor gram = wide ? matrix.matmul(matrix.t()) : matrix.t().matmul(matrix);
            int n = (int) gram.size(0);
            float[] values = gram.toFloats();
            for (int i = 0; i < n * n; i++) {
                assertThat(values[i]).isCloseTo(i % (n + 1) == 0 ? 4 : 0, within(1e-5f));
            }
        }
    }

    @Test
    void parametersAreOverwritten() {
        try (var layer = Linear.of(2, 2)) {
            Init.constant(0.25).applyTo(layer.weight());
            assertThat(layer.weight().toFloats()).containsOnly(0.25f);
            assertThat(layer.weight().isRecorded()).isTrue();
        }
    }
}
