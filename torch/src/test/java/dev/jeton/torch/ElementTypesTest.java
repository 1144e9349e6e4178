package dev.jeton.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Element types: promotion as in PyTorch and NumPy, and gradients in the type of their operand. */
class ElementTypesTest {
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

    private static void is(Tensor x, DType type, double... values) {
        assertThat(x.dtype()).isEqualTo(type);
        assertThat(x.toDoubles()).containsExactly(values);
    }

    @Test
    void numbersLeaveWholeNumbersWhole() {
        is(Tensor.of(1L, 2).add(3), DType.INT64, 4, 5);
        is(Tensor.of(1L, 2).sub(3), DType.INT64, -2, -1);
        is(Tensor.of(1L, 2).mul(3), DType.INT64, 3, 6);
        is(Tensor.of(1L, 2).neg(), DType.INT64, -1, -2);
        is(Tensor.of(3L, 2).pow(2), DType.INT64, 9, 4);
        is(Tensor.of(7L, -7).remainder(4), DType.INT64, 3, 1);
        is(Tensor.of(7L, -7).clamp(-3, 5), DType.INT64, 5, -3);
        is(Tensor.of(1L, 2).to(DType.INT32).add(1), DType.INT32, 2, 3);
        is(Tensor.of(true, false).add(1), DType.INT64, 2, 1);
        is(Tensor.of(5L, 6).add(Tensor.of(new long[][] {{1}, {2}})), DType.INT64, 6, 7, 7, 8);
        is(Tensor.of(5L, 6).sub(Tensor.of(2L)), DType.INT64, 3, 4);
        is(Tensor.scalar(5L).sub(Tensor.scalar(7L)), DType.INT64, -2);
        is(Tensor.of(5L).to(DType.INT32).add(Tensor.of(2L)), DType.INT64, 7);
        is(Tensor.of(5L).add(Tensor.of(true)), DType.INT64, 6);
        is(Tensor.of(true, false).add(Tensor.of(false, false)), DType.BOOL, 1, 0);
        is(Tensor.of(5L).to(DType.UINT8).add(Tensor.of(2L).to(DType.UINT8)), DType.UINT8, 7);
        is(Tensor.of((1L << 60) + 1).add(Tensor.of(1L)).sub(Tensor.of(1L << 60)), DType.INT64, 2);
        is(Tensor.of(5L).add(Tensor.of(0.5f)), DType.FLOAT32, 5.5);
        is(Tensor.of(true, true).sum(), DType.INT64, 2);
        is(Tensor.of(1L, 2).cumsum(0), DType.INT64, 1, 3);
    }

    @Test
    void fractionsTurnWholeNumbersIntoSinglePrecision() {
        is(Tensor.of(1L, 2).add(0.5), DType.FLOAT32, 1.5, 2.5);
        is(Tensor.of(1L, 2).mul(0.5), DType.FLOAT32, 0.5, 1);
        is(Tensor.of(1L, 2).div(2), DType.FLOAT32, 0.5, 1);
        is(Tensor.of(1L, 2).div(Tensor.of(2L, 2)), DType.FLOAT32, 0.5, 1);
        is(Tensor.of(4L, 9).sqrt(), DType.FLOAT32, 2, 3);
    }

    @Test
    void numbersDoNotWidenFractions() {
        is(Tensor.of(0.5f).add(1), DType.FLOAT32, 1.5);
        is(Tensor.scalar(0.5f).div(2), DType.FLOAT32, 0.25);
        is(Tensor.of(0.5f).to(DType.BFLOAT16).mul(3), DType.BFLOAT16, 1.5);
        is(Tensor.scalar(0.5f).to(DType.BFLOAT16).clamp(0, 0.25), DType.BFLOAT16, 0.25);
        is(Tensor.of(0.5f).to(DType.FLOAT16).leakyRelu(0.5), DType.FLOAT16, 0.5);
    }

    @Test
    void numbersBeyondSinglePrecisionAreComparedExactly() {
        Tensor large = Tensor.of((1L << 53) - 1, (1L << 53) - 2);
        assertThat(large.eq((1L << 53) - 1.0).toLongs()).containsExactly(1, 0);
        assertThat(Tensor.of(1L, 2).gt(1.5).toLongs()).containsExactly(0, 1);
    }

    @Test
    void gradientsHaveTheTypeOfTheirOperand() {
        Tensor single = Tensor.of(1f, 2).requiresGrad();
        Tensor half = Tensor.of(3f, 4).to(DType.BFLOAT16).requiresGrad();
        single.mul(half)
                .add(half)
                .sub(single)
                .div(half)
                .add(half.maximum(single))
                .add(Tensor.cat(java.util.List.of(single, half), 0).sum())
                .sum()
                .backward();
        assertThat(single.grad().dtype()).isEqualTo(DType.FLOAT32);
        assertThat(half.grad().dtype()).isEqualTo(DType.BFLOAT16);
        single.clearGrad();
        half.clearGrad();
        half.to(DType.FLOAT64).mul(Tensor.of(0.5, 0.25)).sum().backward();
        is(half.grad(), DType.BFLOAT16, 0.5, 0.25);
    }

    @Test
    void meaninglessTypesAreRefused() {
        assertThatThrownBy(() -> Tensor.of(1L).mean())
                .isInstanceOf(DTypeException.class)
                .hasMessage("mean: elements must be floating point, these are int64[1]; convert them with"
                        + " to(DType.FLOAT32)");
        assertThatThrownBy(() -> Tensor.of(true).sub(Tensor.of(true)))
                .isInstanceOf(DTypeException.class)
                .hasMessageContaining("sub: booleans cannot be taken from one another");
        assertThatThrownBy(() -> Tensor.of(1L).softmax(0)).isInstanceOf(DTypeException.class);
        assertThatThrownBy(() -> Tensor.of(1L).gelu()).isInstanceOf(DTypeException.class);
        assertThatThrownBy(() -> Tensor.of(1L).norm()).isInstanceOf(DTypeException.class);
        assertThatThrownBy(() -> Tensor.of(1L).variance(1, false)).isInstanceOf(DTypeException.class);
        assertThatThrownBy(() -> Tensor.of(1f).where(Tensor.of(1f), Tensor.of(2f)))
                .isInstanceOf(DTypeException.class)
                .hasMessageContaining("where: the mask must hold booleans, it is float32[1]");
        assertThatThrownBy(() -> Tensor.of(1f).lerp(Tensor.of(1.0), 0.5)).isInstanceOf(DTypeException.class);
        assertThatThrownBy(() -> Tensor.of(1f).gather(0, Tensor.of(0f)))
                .isInstanceOf(DTypeException.class)
                .hasMessageContaining("gather: indices must be int64");
    }
}
