package dev.jeton.torch;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** The check itself: it must find what is wrong. */
class GradientCheckTest {
    @Test
    void findsWrongGradient() {
        GradientRow wrong =
                GradientRow.of("doubled", x -> recorded(x[0].detach().mul(2), x[0], g -> g.mul(2.001)));

        assertThatThrownBy(() -> GradientCheck.check(wrong.shapes(Shape.of(2))))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("gradient by input 0 beside central differences");
    }

    @Test
    void findsDerivativeThatCannotBeDifferentiated() {
        GradientRow wrong = GradientRow.of(
                "square",
                x -> recorded(
                        x[0].detach().mul(x[0].detach()),
                        x[0],
                        g -> g.mul(x[0].detach()).mul(2)));

        assertThatThrownBy(() -> GradientCheck.check(wrong.shapes(Shape.of(2))))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("second derivative by input 0 beside central differences");
    }

    @Test
    void findsDifferenceFromLibtorch() {
        GradientRow other = GradientRow.of("tanh", x -> x[0].tanh()).aten("sin");

        assertThatThrownBy(() -> GradientCheck.check(other.shapes(Shape.of(2))))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("value");
    }

    private interface Derivative {
        Tensor of(Tensor g);
    }

    private static Tensor recorded(Tensor y, Tensor x, Derivative derivative) {
        if (!Tape.records(x)) {
            return y;
        }
        return new Node("wrong", y, x) {
            @Override
            Tensor gradient(int input, Tensor g) {
                return derivative.of(g);
            }
        }.result();
    }
}
