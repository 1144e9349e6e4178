package dev.jeton.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.jeton.torch.Convolution;
import dev.jeton.torch.Generator;
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

    /** What PyTorch 2.13 makes after torch.manual_seed(0), in this order, one after the other. */
    @Test
    void theSameSeedGivesTheParametersOfPyTorch() {
        Generator.standard().seed(0);
        try (var linear = Linear.of(3, 2);
                var conv = Conv2d.ofSizes(2, 1, 1, 2, Convolution.defaults());
                var embedding = Embedding.of(2, 2);
                var attention = MultiHeadAttention.of(2, 1);
                var gru = Gru.of(1, 1)) {
            Tensor truncated = Init.truncatedNormal(0.5).make(2, 2);
            has(linear.weight(), -0.0043225f, 0.3097158f, -0.4751853f, -0.4248946f, -0.2223690f, 0.1548207f);
            has(linear.bias().orElseThrow(), -0.0114391f, 0.4577749f);
            has(conv.weight(), -0.0443720f, 0.1323063f, -0.1511065f, -0.0982827f);
            has(embedding.weight(), -0.3353951f, 0.4563528f, -0.6254658f, 0.4538792f);
            has(attention.state().get("out_proj.weight"), 0.5871729f, -0.1455227f, 0.5291363f, -0.1139738f);
            has(attention.state().get("in_proj_weight").select(0, 0), -0.8033861f, -0.5451958f);
            has(gru.state().get("weight_hh_l0"), 0.1691847f, -0.9336947f, -0.7225662f);
            has(truncated, 0.6166681f, -0.0915928f, -0.6570127f, -0.8447217f);
        }
    }

    private static void has(Tensor tensor, float... expected) {
        assertThat(tensor.toFloats()).containsExactly(expected, within(1e-6f));
    }
}
