package dev.jeton.torch;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PointwiseGradientTest {
    static Stream<GradientRow> rows() {
        return Stream.of(
                GradientRow.of("mul", x -> x[0].mul(x[1])).aten("mul", "Tensor").binary(),
                GradientRow.of("add", x -> x[0].add(x[1])).binary(),
                GradientRow.of("tanh", x -> x[0].tanh()).aten("tanh").unary());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void derivatives(GradientRow row) {
        GradientCheck.check(row);
    }
}
