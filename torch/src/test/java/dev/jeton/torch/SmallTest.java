package dev.jeton.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A small tensor's numbers are those that the same numbers get inside a large one, where libtorch's kernels compute. */
class SmallTest {
    private static final int REST = 200;
    private static final float[] SPECIAL = {
        0f, -0f, 1e-42f, -1e-42f, Float.MAX_VALUE, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN
    };

    private Scope scope = Scope.open();

    @BeforeEach
    void open() {
        scope.close();
        scope = Scope.open();
    }

    @AfterEach
    void close() {
        scope.close();
    }

    private static Tensor numbers(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextInt(6) == 0
                    ? SPECIAL[random.nextInt(SPECIAL.length)]
                    : (float) (random.nextGaussian() * Math.pow(2, random.nextInt(8) - 4));
        }
        return Tensor.of(values, Shape.of(count));
    }

    private static Tensor padded(Tensor x) {
        return Tensor.cat(List.of(x, Tensor.ones(REST)), 0);
    }

    private static void same(BinaryOperator<Tensor> operator, Tensor a, Tensor b) {
        assertThat(operator.apply(a, b).toFloats())
                .isEqualTo(operator.apply(padded(a), padded(b))
                        .slice(0, 0, a.size(0))
                        .toFloats());
    }

    private static void same(UnaryOperator<Tensor> operator, Tensor a) {
        same((x, _) -> operator.apply(x), a, a);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 7, 16, 33, 64, 65})
    void sumsAndProductsAreEqualToTheBit(int count) {
        Random random = new Random(count);
        for (int round = 0; round < 20; round++) {
            Tensor a = numbers(random, count);
            Tensor b = numbers(random, count);
            double c = random.nextGaussian();
            same(Tensor::add, a, b);
            same(Tensor::sub, a, b);
            same(Tensor::mul, a, b);
            same(x -> x.add(c), a);
            same(x -> x.sub(c), a);
            same(x -> x.mul(c), a);
        }
    }

    @Test
    void tanhAndItsGradientAreWithinTwoUnitsOfTheLastPlace() {
        Random random = new Random(3);
        for (int round = 0; round < 50; round++) {
            Tensor a = numbers(random, 64);
            near(a.tanh(), padded(a).tanh());
            Tensor x = numbers(random, 64).requiresGrad();
            Tensor y = padded(x.detach()).requiresGrad();
            x.tanh().sum().backward();
            y.tanh().sum().backward();
            float[] mine = x.grad().toFloats();
            float[] kernels = y.grad().toFloats();
            for (int i = 0; i < mine.length; i++) { // 1 - y² loses what y is off by, where y is near 1
                if (Float.isNaN(kernels[i])) {
                    assertThat(mine[i]).isNaN();
                } else {
                    assertThat(mine[i]).isCloseTo(kernels[i], org.assertj.core.api.Assertions.within(3e-7f));
                }
            }
        }
    }

    private static void near(Tensor small, Tensor large) {
        float[] mine = small.toFloats();
        float[] kernels = large.toFloats();
        for (int i = 0; i < mine.length; i++) {
            if (Float.isNaN(kernels[i])) {
                assertThat(mine[i]).isNaN();
            } else {
                assertThat(Math.abs(mine[i] - kernels[i])).isLessThanOrEqualTo(2 * Math.ulp(kernels[i]));
            }
        }
    }

    @Test
    void viewsWithGapsAndScalarsAreSeenAsTheyAre() {
        Tensor grid = Tensor.arange(0.0, 12.0, 1.0).reshape(3, 4);
        assertThat(grid.transpose(0, 1).add(grid.transpose(0, 1)).toFloats())
                .isEqualTo(grid.mul(2).transpose(0, 1).contiguous().toFloats());
        assertThat(grid.slice(1, 1, 3).mul(grid.slice(1, 0, 2)).toFloats()).containsExactly(0, 2, 20, 30, 72, 90);
        assertThat(Tensor.of(2f).reshape().add(Tensor.of(3f).reshape()).shape()).isEqualTo(Shape.of());
        assertThat(Tensor.of(1f, 2, 3).add(Tensor.of(1f)).toFloats()).containsExactly(2, 3, 4);
    }

    @Test
    void mistakesAreFoundBeforeTheLoop() {
        Tensor a = Tensor.ones(3);
        assertThatThrownBy(() -> a.add(Tensor.ones(4)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("[3] and [4]");
        Tensor closed = Tensor.ones(3);
        closed.close();
        assertThatThrownBy(() -> closed.add(1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> a.mul(closed)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(closed::tanh).isInstanceOf(IllegalStateException.class);
    }
}
