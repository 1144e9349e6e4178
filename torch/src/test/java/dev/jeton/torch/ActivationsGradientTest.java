package dev.jeton.torch;

import static dev.jeton.torch.GradientRow.of;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ActivationsGradientTest {
    static Stream<GradientRow> elementwise() {
        return Stream.of(
                        of("relu", x -> x[0].relu()).aten("relu").on(Domain.OFF_KINKS),
                        of("relu6", x -> x[0].relu6()).aten("relu6").on(Domain.OFF_KINKS),
                        of("leaky_relu", x -> x[0].leakyRelu(0.2))
                                .aten(x -> Aten.of("prelu", "", x[0], Tensor.of(0.2)))
                                .on(Domain.OFF_KINKS),
                        of("elu", x -> x[0].elu(1.3)).on(Domain.OFF_KINKS),
                        of("selu", x -> x[0].selu()).aten("selu").on(Domain.OFF_KINKS),
                        of("gelu", x -> x[0].gelu())
                                .aten(x -> Aten.call("gelu", "", x).text("none").one()),
                        of("gelu tanh", x -> x[0].geluTanh())
                                .aten(x -> Aten.call("gelu", "", x).text("tanh").one()),
                        of("silu", x -> x[0].silu()).aten("silu"),
                        of("softplus", x -> x[0].softplus()).aten(x -> Aten.of("logaddexp", "", x[0], Aten.number(0))),
                        of("softplus 2 3", x -> x[0].softplus(2, 3)),
                        of("mish", x -> x[0].mish()).aten("mish"),
                        of("hardswish", x -> x[0].hardswish()).aten("hardswish").on(Domain.OFF_KINKS),
                        of("hardsigmoid", x -> x[0].hardsigmoid()).on(Domain.OFF_KINKS),
                        of("hardtanh", x -> x[0].hardtanh(-1, 1)).on(Domain.OFF_KINKS),
                        of("log_sigmoid", x -> x[0].logSigmoid()).aten("log_sigmoid"),
                        of("softsign", x -> x[0].softsign()).on(Domain.OFF_KINKS),
                        // derivatives of the derivatives: the third ones are differences of the second
                        of("gelu'", x -> slope(x[0], Activations::gelu)).within(1e-5),
                        of("gelu tanh'", x -> slope(x[0], Activations::geluTanh))
                                .within(1e-5),
                        of("silu'", x -> slope(x[0], Activations::silu)).within(1e-5),
                        of("mish'", x -> slope(x[0], Activations::mish)).within(1e-5),
                        of("tanh'", x -> slope(x[0], Functions::tanh)).within(1e-5),
                        of("sigmoid'", x -> slope(x[0], Functions::sigmoid)).within(1e-5))
                .map(GradientRow::unary);
    }

    private interface Activation {
        Tensor of(Tensor x);
    }

    private static Tensor slope(Tensor x, Activation f) {
        if (!x.isRecorded()) {
            return x;
        }
        return Gradients.of(f.of(x).sum(), x, Graph.RECORD);
    }

    static Stream<GradientRow> alongDimension() {
        return Stream.of(
                        of("glu", x -> x[0].glu(1))
                                .aten(x -> Aten.call("glu", "", x).integer(1).one())
                                .shapes(Shape.of(3, 4)),
                        of("softmax", x -> x[0].softmax(-1))
                                .aten(x -> Aten.call("softmax", "int", x)
                                        .integer(-1)
                                        .none()
                                        .one())
                                .shapes(Shape.of(4)),
                        of("softmax 1", x -> x[0].softmax(1))
                                .aten(x -> Aten.call("softmax", "int", x)
                                        .integer(1)
                                        .none()
                                        .one()),
                        of("log_softmax", x -> x[0].logSoftmax(-1))
                                .aten(x -> Aten.call("log_softmax", "int", x)
                                        .integer(-1)
                                        .none()
                                        .one())
                                .shapes(Shape.of(4)),
                        of("log_softmax 1", x -> x[0].logSoftmax(1))
                                .aten(x -> Aten.call("log_softmax", "int", x)
                                        .integer(1)
                                        .none()
                                        .one()))
                .map(row -> row.shapes(Shape.of(2, 4, 3)).shapes(Shape.of(0, 2)));
    }

    @ParameterizedTest
    @MethodSource({"elementwise", "alongDimension"})
    void derivatives(GradientRow row) {
        GradientCheck.check(row);
    }
}
