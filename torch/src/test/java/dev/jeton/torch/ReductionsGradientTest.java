package dev.jeton.torch;

import static dev.jeton.torch.GradientRow.of;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReductionsGradientTest {
    static Stream<GradientRow> reductions() {
        return Stream.of(
                of("sum", x -> x[0].sum())
                        .aten(x -> Aten.call("sum", "", x).none().one())
                        .unary(),
                of("sum 1", x -> x[0].sum(1))
                        .aten(x -> sum(x[0], false, 1))
                        .shapes(Shape.of(2, 3, 2))
                        .shapes(Shape.of(2, 0)),
                of("sum 0 -1 kept", x -> x[0].sum(true, 0, -1))
                        .aten(x -> sum(x[0], true, 0, -1))
                        .shapes(Shape.of(2, 3, 2)),
                of("mean", x -> x[0].mean())
                        .aten(x -> Aten.call("mean", "", x).none().one())
                        .shapes(Shape.of(2, 3))
                        .shapes(Shape.of()),
                of("mean 0 2", x -> x[0].mean(0, 2))
                        .aten(x -> Aten.call("mean", "dim", x)
                                .someIntegers(0, 2)
                                .flag(false)
                                .none()
                                .one())
                        .shapes(Shape.of(2, 3, 2))
                        .shapes(Shape.of(2, 0, 2)),
                of("variance", x -> x[0].variance(0, true, 1))
                        .aten(x -> spread("var", x[0], 0, true, 1))
                        .shapes(Shape.of(2, 4))
                        .shapes(Shape.of(2, 3, 2)),
                of("variance unbiased", x -> x[0].variance(1, false))
                        .aten(x -> Aten.call("var", "", x).flag(true).one())
                        .shapes(Shape.of(2, 4)),
                of("std", x -> x[0].std(1, false, 0, 2))
                        .aten(x -> spread("std", x[0], 1, false, 0, 2))
                        .shapes(Shape.of(2, 3, 2)),
                of("max", x -> x[0].max())
                        .aten("max")
                        .on(Domain.APART)
                        .shapes(Shape.of(3, 4))
                        .shapes(Shape.of()),
                of("min", x -> x[0].min()).aten("min").on(Domain.APART).shapes(Shape.of(3, 4)),
                of("amax", x -> x[0].amax(false, 0, -1))
                        .aten(x -> Aten.call("amax", "", x)
                                .integers(0, -1)
                                .flag(false)
                                .one())
                        .on(Domain.APART)
                        .shapes(Shape.of(2, 3, 2)),
                of("amin", x -> x[0].amin(true, 1))
                        .aten(x ->
                                Aten.call("amin", "", x).integers(1).flag(true).one())
                        .on(Domain.APART)
                        .shapes(Shape.of(2, 3, 2)),
                of("norm", x -> x[0].norm()).aten(x -> norm(x[0], false, 0, 1)).shapes(Shape.of(3, 2)),
                of("norm of any rank", x -> x[0].norm(true))
                        .shapes(Shape.of(2, 2, 2))
                        .shapes(Shape.of(3))
                        .shapes(Shape.of()),
                of("norm 1", x -> x[0].norm(true, 1)).shapes(Shape.of(2, 3)),
                of("norm 0 2", x -> x[0].norm(false, 0, 2))
                        .aten(x -> norm(x[0], false, 0, 2))
                        .shapes(Shape.of(2, 3, 2)),
                of("norm 0 1 2", x -> x[0].norm(false, 0, 1, 2)).shapes(Shape.of(2, 1, 2, 2)),
                of("logsumexp", x -> x[0].logSumExp(false, -1))
                        .aten(x -> Aten.call("logsumexp", "", x)
                                .integers(-1)
                                .flag(false)
                                .one())
                        .shapes(Shape.of(2, 3)),
                of("logsumexp all", x -> x[0].logSumExp(true)).shapes(Shape.of(2, 3)),
                of("prod", x -> x[0].prod())
                        .aten(x -> Aten.call("prod", "", x).none().one())
                        .unary(),
                of("prod 1", x -> x[0].prod(1))
                        .aten(x -> product(x[0], 1))
                        .shapes(Shape.of(2, 3, 2))
                        .shapes(Shape.of(2, 0)),
                of(
                                "prod with zeros",
                                x -> x[0].mul(Tensor.of(new double[][] {{1, 0, 1}, {0, 1, 0}}))
                                        .prod(1))
                        .aten(x -> product(
                                Aten.of("mul", "Tensor", x[0], Tensor.of(new double[][] {{1, 0, 1}, {0, 1, 0}})), 1))
                        .shapes(Shape.of(2, 3)));
    }

    private static Tensor sum(Tensor x, boolean keep, long... dimensions) {
        return Aten.call("sum", "dim_IntList", x)
                .someIntegers(dimensions)
                .flag(keep)
                .none()
                .one();
    }

    private static Tensor product(Tensor x, int dimension) {
        return Aten.call("prod", "dim_int", x)
                .integer(dimension)
                .flag(false)
                .none()
                .one();
    }

    private static Tensor norm(Tensor x, boolean keep, long... dimensions) {
        return Aten.call("linalg_matrix_norm", "str_ord", x)
                .text("fro")
                .integers(dimensions)
                .flag(keep)
                .none()
                .one();
    }

    private static Tensor spread(String name, Tensor x, int correction, boolean keep, long... dimensions) {
        return Aten.call(name, "dim", x)
                .someIntegers(dimensions)
                .flag(correction == 1)
                .flag(keep)
                .one();
    }

    static Stream<GradientRow> ordering() {
        return Stream.of(
                        of("max 1", x -> x[0].max(1).values())
                                .aten(x -> Aten.call("max", "dim", x)
                                        .integer(1)
                                        .flag(false)
                                        .all(2)[0]),
                        of("max 0 kept", x -> x[0].max(0, true).values())
                                .aten(x -> Aten.call("max", "dim", x)
                                        .integer(0)
                                        .flag(true)
                                        .all(2)[0]),
                        of("min -1", x -> x[0].min(-1).values())
                                .aten(x -> Aten.call("min", "dim", x)
                                        .integer(-1)
                                        .flag(false)
                                        .all(2)[0]),
                        of("topk", x -> x[0].topK(2, 1).values())
                                .aten(x -> Aten.call("topk", "", x)
                                        .integer(2)
                                        .integer(1)
                                        .flag(true)
                                        .flag(true)
                                        .all(2)[0]),
                        of("topk smallest", x -> x[0].topK(1, 0, false).values()),
                        of("sort", x -> x[0].sort(1, true).values())
                                .aten(x -> Aten.call("sort", "", x)
                                        .integer(1)
                                        .flag(true)
                                        .all(2)[0]),
                        of("sort up", x -> x[0].sort(0, false).values()))
                .map(row -> row.on(Domain.APART).shapes(Shape.of(2, 4)).shapes(Shape.of(3, 2, 2)));
    }

    static Stream<GradientRow> cumulative() {
        return Stream.of(
                of("cumsum", x -> x[0].cumsum(1))
                        .aten(x -> along("cumsum", 1, x[0]))
                        .shapes(Shape.of(2, 4, 2))
                        .shapes(Shape.of(2, 0)),
                of("cumprod", x -> x[0].cumprod(1))
                        .aten(x -> along("cumprod", 1, x[0]))
                        .shapes(Shape.of(2, 4))
                        .shapes(Shape.of(2, 0)),
                of(
                                "cumprod with zeros",
                                x -> x[0].mul(Tensor.of(new double[][] {{1, 0, 1, 0}, {0, 1, 1, 1}}))
                                        .cumprod(1))
                        .aten(x -> along("cumprod", 1, Aten.of("mul", "Tensor", x[0], Tensor.of(new double[][] {
                            {1, 0, 1, 0}, {0, 1, 1, 1}
                        }))))
                        .shapes(Shape.of(2, 4)),
                of("logcumsumexp", x -> x[0].logCumSumExp(0))
                        .aten(x -> Aten.call("logcumsumexp", "", x).integer(0).one())
                        .shapes(Shape.of(4, 2))
                        .firstOnly());
    }

    private static Tensor along(String name, int dimension, Tensor x) {
        return Aten.call(name, "", x).integer(dimension).none().one();
    }

    @ParameterizedTest
    @MethodSource({"reductions", "ordering", "cumulative"})
    void derivatives(GradientRow row) {
        GradientCheck.check(row);
    }
}
