package dev.jeton.torch;

import static dev.jeton.torch.Aten.number;
import static dev.jeton.torch.GradientRow.of;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PointwiseGradientTest {
    static Stream<GradientRow> arithmetic() {
        return Stream.of(
                of("add", x -> x[0].add(x[1])).binary(),
                of("add number", x -> x[0].add(1.5)).unary(),
                of("sub", x -> x[0].sub(x[1])).binary(),
                of("sub number", x -> x[0].sub(1.5)).unary(),
                of("mul", x -> x[0].mul(x[1])).aten("mul", "Tensor").binary(),
                of("mul number", x -> x[0].mul(-2.5))
                        .aten(x -> Aten.of("mul", "Tensor", x[0], number(-2.5)))
                        .unary(),
                of("div", x -> x[0].div(x[1]))
                        .aten("div", "Tensor")
                        .on(Domain.POSITIVE)
                        .binary(),
                of("div number", x -> x[0].div(3))
                        .aten(x -> Aten.of("div", "Tensor", x[0], number(3)))
                        .unary(),
                of("remainder", x -> x[0].mul(5).remainder(x[1]))
                        .aten(x -> Aten.of("remainder", "Tensor", Aten.of("mul", "Tensor", x[0], number(5)), x[1]))
                        .on(Domain.POSITIVE)
                        .binary(),
                of("remainder number", x -> x[0].remainder(0.5))
                        .on(Domain.OFF_KINKS)
                        .unary(),
                of("neg", x -> x[0].neg()).aten("neg").unary(),
                of("reciprocal", x -> x[0].reciprocal())
                        .aten("reciprocal")
                        .on(Domain.POSITIVE)
                        .unary(),
                of("square", x -> x[0].square())
                        .aten(x -> Aten.of("mul", "Tensor", x[0], x[0]))
                        .unary(),
                of("abs", x -> x[0].abs()).aten("abs").on(Domain.OFF_KINKS).unary(),
                of("sign", x -> x[0].sign()).aten("sign").on(Domain.OFF_KINKS).unary(),
                of("pow 3", x -> x[0].pow(3))
                        .aten(x -> Aten.of("pow", "Tensor_Tensor", x[0], number(3)))
                        .unary(),
                of("pow 0", x -> x[0].pow(0)).unary(),
                of("pow 1", x -> x[0].pow(1)).unary(),
                of("pow -1.5", x -> x[0].pow(-1.5)).on(Domain.POSITIVE).unary(),
                of("pow", x -> x[0].pow(x[1]))
                        .aten("pow", "Tensor_Tensor")
                        .on(Domain.POSITIVE)
                        .binary(),
                of("sqrt", x -> x[0].sqrt()).aten("sqrt").on(Domain.POSITIVE).unary(),
                of("rsqrt", x -> x[0].rsqrt()).aten("rsqrt").on(Domain.POSITIVE).unary(),
                of("minimum", x -> x[0].minimum(x[1])).aten("minimum").binary(),
                of("maximum", x -> x[0].maximum(x[1])).aten("maximum").binary(),
                of("clamp", x -> x[0].clamp(-1, 2))
                        .aten(x -> Operator.of("clamp", "Tensor")
                                .call()
                                .tensor(x[0])
                                .tensorOrNone(number(-1))
                                .tensorOrNone(number(2))
                                .one())
                        .on(Domain.OFF_KINKS)
                        .unary(),
                of("clamp below", x -> x[0].clampMin(0))
                        .aten("relu")
                        .on(Domain.OFF_KINKS)
                        .unary(),
                of("clamp above", x -> x[0].clampMax(1.5)).on(Domain.OFF_KINKS).unary(),
                of("lerp", x -> x[0].lerp(x[1], 0.3))
                        .aten(x -> Aten.of("lerp", "Tensor", x[0], x[1], number(0.3)))
                        .binary(),
                of("floor", x -> x[0].floor())
                        .aten("floor")
                        .on(Domain.OFF_KINKS)
                        .unary(),
                of("ceil", x -> x[0].ceil()).aten("ceil").on(Domain.OFF_KINKS).unary(),
                of("round", x -> x[0].round())
                        .aten("round")
                        .on(Domain.OFF_KINKS)
                        .unary(),
                of("trunc", x -> x[0].trunc())
                        .aten("trunc")
                        .on(Domain.OFF_KINKS)
                        .unary());
    }

    static Stream<GradientRow> functions() {
        return Stream.of(
                of("exp", x -> x[0].exp()).aten("exp").unary(),
                of("expm1", x -> x[0].expm1()).aten("expm1").unary(),
                of("log", x -> x[0].log()).aten("log").on(Domain.POSITIVE).unary(),
                of("log1p", x -> x[0].log1p()).aten("log1p").on(Domain.POSITIVE).unary(),
                of("log2", x -> x[0].log2()).aten("log2").on(Domain.POSITIVE).unary(),
                of("logaddexp", x -> x[0].logAddExp(x[1])).aten("logaddexp").binary(),
                of("sin", x -> x[0].sin()).aten("sin").unary(),
                of("cos", x -> x[0].cos()).aten("cos").unary(),
                of("tan", x -> x[0].tan()).aten("tan").on(Domain.UNIT).unary(),
                of("atan", x -> x[0].atan()).aten("atan").unary(),
                of("tanh", x -> x[0].tanh()).aten("tanh").unary(),
                of("tanh twice", x -> x[0].tanh().tanh())
                        .aten(x -> Aten.of("tanh", "", Aten.of("tanh", "", x[0])))
                        .unary(),
                of("atanh", x -> x[0].atanh())
                        .aten("atanh")
                        .on(Domain.UNIT)
                        .within(1e-5)
                        .unary(),
                of("sigmoid", x -> x[0].sigmoid()).aten("sigmoid").unary(),
                of("erf", x -> x[0].erf()).aten("erf").unary(),
                of("erfinv", x -> x[0].erfinv())
                        .aten("erfinv")
                        .on(Domain.UNIT)
                        .within(1e-5)
                        .unary(),
                of("lgamma", x -> x[0].lgamma())
                        .aten("lgamma")
                        .on(Domain.POSITIVE)
                        .unary(),
                of("digamma", x -> x[0].digamma())
                        .aten("digamma")
                        .on(Domain.POSITIVE)
                        .within(1e-5)
                        .unary());
    }

    static Stream<GradientRow> choices() {
        return Stream.of(
                of("where", x -> x[0].detach().gt(0).where(x[0], x[1]))
                        .aten(x -> Aten.of("where", "self", Aten.of("gt", "Tensor", x[0], number(0)), x[0], x[1]))
                        .binary(),
                of("masked_fill", x -> x[0].maskedFill(x[1].detach().gt(0), -3))
                        .aten(x -> Aten.of(
                                "masked_fill", "Tensor", x[0], Aten.of("gt", "Tensor", x[1], number(0)), number(-3)))
                        .binary());
    }

    @ParameterizedTest
    @MethodSource({"arithmetic", "functions", "choices"})
    void derivatives(GradientRow row) {
        GradientCheck.check(row);
    }
}
