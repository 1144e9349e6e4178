package dev.jeton.torch;

import static dev.jeton.torch.GradientRow.of;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Views, parts, pads, joins and places. Their derivatives are linear, so each is tried behind a tanh: the second derivative then
 * passes through both the operator and its derivative.
 */
class ViewsGradientTest {
    private static GradientRow behindTanh(String name, Formula jeton) {
        return of(name, x -> {
            Tensor[] bent = new Tensor[x.length];
            for (int i = 0; i < x.length; i++) {
                bent[i] = x[i].tanh();
            }
            return jeton.of(bent);
        });
    }

    private static Formula oracle(Formula aten) {
        return x -> {
            Tensor[] bent = new Tensor[x.length];
            for (int i = 0; i < x.length; i++) {
                bent[i] = Aten.of("tanh", "", x[i]);
            }
            return aten.of(bent);
        };
    }

    static Stream<GradientRow> shapes() {
        return Stream.of(
                behindTanh("reshape", x -> x[0].reshape(-1, 2))
                        .aten(oracle(
                                x -> Aten.call("reshape", "", x).integers(-1, 2).one()))
                        .shapes(Shape.of(3, 4))
                        .shapes(Shape.of(0, 2)),
                behindTanh("channelsLast", x -> x[0].channelsLast())
                        .aten(oracle(x -> x[0].mul(1)))
                        .shapes(Shape.of(2, 3, 4, 2))
                        .shapes(Shape.of(1, 1, 2, 2)),
                behindTanh("flatten", x -> x[0].flatten(1, -1))
                        .aten(oracle(x -> Aten.call("flatten", "using_ints", x)
                                .integer(1)
                                .integer(-1)
                                .one()))
                        .shapes(Shape.of(2, 3, 2)),
                behindTanh("squeeze", x -> x[0].squeeze(1))
                        .aten(oracle(
                                x -> Aten.call("squeeze", "dim", x).integer(1).one()))
                        .shapes(Shape.of(2, 1, 3)),
                behindTanh("squeeze all", x -> x[0].squeeze())
                        .aten(oracle(x -> Aten.of("squeeze", "", x)))
                        .shapes(Shape.of(2, 1, 3))
                        .shapes(Shape.of(1, 1)),
                behindTanh("unsqueeze", x -> x[0].unsqueeze(-1))
                        .aten(oracle(
                                x -> Aten.call("unsqueeze", "", x).integer(-1).one()))
                        .unary(),
                behindTanh("permute", x -> x[0].permute(2, 0, 1))
                        .aten(oracle(x ->
                                Aten.call("permute", "", x).integers(2, 0, 1).one()))
                        .shapes(Shape.of(2, 3, 2)),
                behindTanh("transpose", x -> x[0].transpose(0, -1))
                        .aten(oracle(x -> Aten.call("transpose", "int", x)
                                .integer(0)
                                .integer(-1)
                                .one()))
                        .shapes(Shape.of(2, 3, 2)),
                behindTanh("t", x -> x[0].t())
                        .aten(oracle(x -> Aten.of("t", "", x)))
                        .shapes(Shape.of(2, 3)),
                behindTanh("movedim", x -> x[0].movedim(0, 2))
                        .aten(oracle(x -> Aten.call("movedim", "int", x)
                                .integer(0)
                                .integer(2)
                                .one()))
                        .shapes(Shape.of(2, 3, 4)),
                behindTanh("movedim back", x -> x[0].movedim(2, 0))
                        .aten(oracle(x -> Aten.call("movedim", "int", x)
                                .integer(2)
                                .integer(0)
                                .one()))
                        .shapes(Shape.of(2, 3, 4)),
                behindTanh("expand", x -> x[0].expand(2, 3, -1))
                        .aten(oracle(x -> Aten.call("expand", "", x)
                                .integers(2, 3, -1)
                                .flag(false)
                                .one()))
                        .shapes(Shape.of(3, 2))
                        .shapes(Shape.of(1, 2))
                        .shapes(Shape.of(2, 1, 2)),
                behindTanh("repeat", x -> x[0].repeat(2, 1, 3))
                        .aten(oracle(x ->
                                Aten.call("repeat", "", x).integers(2, 1, 3).one()))
                        .shapes(Shape.of(2, 2))
                        .shapes(Shape.of(2, 1, 2)),
                behindTanh("repeat_interleave", x -> x[0].repeatInterleave(3, 1))
                        .aten(oracle(x -> Aten.call("repeat_interleave", "self_int", x)
                                .integer(3)
                                .someInteger(1)
                                .none()
                                .one()))
                        .shapes(Shape.of(2, 2, 2)),
                behindTanh("flip", x -> x[0].flip(0, -1))
                        .aten(oracle(
                                x -> Aten.call("flip", "", x).integers(0, -1).one()))
                        .shapes(Shape.of(2, 3)),
                behindTanh("roll", x -> x[0].roll(-2, 1))
                        .aten(oracle(x -> Aten.call("roll", "", x)
                                .integers(-2)
                                .integers(1)
                                .one()))
                        .shapes(Shape.of(2, 3)),
                behindTanh("tril", x -> x[0].tril(-1))
                        .aten(oracle(x -> Aten.call("tril", "", x).integer(-1).one()))
                        .shapes(Shape.of(3, 3))
                        .shapes(Shape.of(2, 2, 3)),
                behindTanh("triu", x -> x[0].triu(1))
                        .aten(oracle(x -> Aten.call("triu", "", x).integer(1).one()))
                        .shapes(Shape.of(3, 3)),
                behindTanh("copy", x -> x[0].copy()).unary(),
                behindTanh("to float32 and back", x -> x[0].to(DType.FLOAT32).to(DType.FLOAT64))
                        .within(Double.MAX_VALUE) // differences are lost in single precision; the oracle decides
                        .shapes(Shape.of(2, 3)));
    }

    static Stream<GradientRow> parts() {
        return Stream.of(
                behindTanh("narrow", x -> x[0].narrow(1, -2, 2))
                        .aten(oracle(x -> Aten.call("narrow", "", x)
                                .integer(1)
                                .integer(-2)
                                .integer(2)
                                .one()))
                        .shapes(Shape.of(2, 4)),
                behindTanh("slice", x -> x[0].slice(0, 1, 100, 2))
                        .aten(oracle(x -> Aten.call("slice", "Tensor", x)
                                .integer(0)
                                .someInteger(1)
                                .someInteger(100)
                                .integer(2)
                                .one()))
                        .shapes(Shape.of(5, 2))
                        .shapes(Shape.of(0)),
                behindTanh("select", x -> x[0].select(1, -1))
                        .aten(oracle(x -> Aten.call("select", "int", x)
                                .integer(1)
                                .integer(-1)
                                .one()))
                        .shapes(Shape.of(2, 3)),
                behindTanh("unbind", x -> {
                            List<Tensor> parts = x[0].unbind(1);
                            return parts.get(0).mul(parts.get(2));
                        })
                        .aten(oracle(x -> {
                            Tensor[] parts =
                                    Aten.call("unbind", "int", x).integer(1).list();
                            return Aten.of("mul", "Tensor", parts[0], parts[2]);
                        }))
                        .shapes(Shape.of(2, 3, 2)),
                behindTanh("split", x -> {
                            List<Tensor> parts = x[0].split(2, 0);
                            return parts.get(1).mul(parts.get(2));
                        })
                        .aten(oracle(x -> {
                            Tensor[] parts = Aten.call("split", "Tensor", x)
                                    .integer(2)
                                    .integer(0)
                                    .list();
                            return Aten.of("mul", "Tensor", parts[1], parts[2]);
                        }))
                        .shapes(Shape.of(5, 2)),
                behindTanh("split sizes", x -> {
                            List<Tensor> parts = x[0].split(new long[] {1, 0, 3}, 1);
                            return parts.get(0).mul(parts.get(2));
                        })
                        .shapes(Shape.of(2, 4)),
                behindTanh("chunk", x -> {
                            List<Tensor> parts = x[0].chunk(3, 1);
                            return Tensor.cat(parts, 1).mul(parts.get(0).sum());
                        })
                        .shapes(Shape.of(2, 5)),
                behindTanh("pad", x -> x[0].pad(0.5, 1, 2, 0, 1)).shapes(Shape.of(2, 3)),
                behindTanh("pad zero", x -> x[0].pad(Padding.ZERO, -1, 2))
                        .aten(oracle(x -> pad(x[0], "constant", -1, 2)))
                        .shapes(Shape.of(2, 3)),
                behindTanh("pad reflect 1d", x -> x[0].pad(Padding.REFLECT, 2, 1))
                        .aten(oracle(x -> pad(x[0], "reflect", 2, 1)))
                        .shapes(Shape.of(2, 3))
                        .shapes(Shape.of(1, 2, 3)),
                behindTanh("pad reflect 2d", x -> x[0].pad(Padding.REFLECT, 1, 1, 1, 0))
                        .aten(oracle(x -> pad(x[0], "reflect", 1, 1, 1, 0)))
                        .shapes(Shape.of(2, 2, 3)),
                behindTanh("pad replicate 1d", x -> x[0].pad(Padding.REPLICATE, 2, 4))
                        .aten(oracle(x -> pad(x[0], "replicate", 2, 4)))
                        .shapes(Shape.of(2, 3)),
                behindTanh("pad replicate 2d", x -> x[0].pad(Padding.REPLICATE, 2, 0, 1, 3))
                        .aten(oracle(x -> pad(x[0], "replicate", 2, 0, 1, 3)))
                        .shapes(Shape.of(1, 2, 2, 2)),
                behindTanh("cat", x -> Tensor.cat(List.of(x), 1))
                        .aten(oracle(x -> Operator.of("cat")
                                .call()
                                .tensors(List.of(x))
                                .integer(1)
                                .one()))
                        .shapes(Shape.of(2, 3), Shape.of(2, 1), Shape.of(2, 0)),
                behindTanh("stack", x -> Tensor.stack(List.of(x), -1))
                        .aten(oracle(x -> Operator.of("stack")
                                .call()
                                .tensors(List.of(x))
                                .integer(-1)
                                .one()))
                        .shapes(Shape.of(2, 3), Shape.of(2, 3))
                        .shapes(Shape.of(), Shape.of()));
    }

    private static Tensor pad(Tensor x, String mode, long... amounts) {
        return Aten.call("pad", "", x).integers(amounts).text(mode).none().one();
    }

    static Stream<GradientRow> indexing() {
        return Stream.of(
                behindTanh("gather", x -> x[0].gather(1, matrix()))
                        .aten(oracle(x -> Aten.call("gather", "", x)
                                .integer(1)
                                .tensor(matrix())
                                .flag(false)
                                .one()))
                        .shapes(Shape.of(2, 3))
                        .shapes(Shape.of(3, 3)),
                behindTanh("scatter", x -> x[0].scatter(1, permutation(), x[1]))
                        .aten(oracle(x -> Aten.call("scatter", "src", x[0])
                                .integer(1)
                                .tensor(permutation())
                                .tensor(x[1])
                                .one()))
                        .shapes(Shape.of(2, 3), Shape.of(2, 2)),
                behindTanh("scatter part", x -> x[0].scatter(1, permutation(), x[1]))
                        .shapes(Shape.of(2, 4), Shape.of(3, 3)),
                behindTanh("scatter value", x -> x[0].scatter(1, permutation(), -2.5))
                        .shapes(Shape.of(2, 3)),
                behindTanh("scatter_add", x -> x[0].scatterAdd(1, matrix(), x[1]))
                        .aten(oracle(x -> Aten.call("scatter_add", "", x[0])
                                .integer(1)
                                .tensor(matrix())
                                .tensor(x[1])
                                .one()))
                        .shapes(Shape.of(2, 3), Shape.of(2, 4)),
                behindTanh("scatter_add part", x -> x[0].scatterAdd(1, matrix(), x[1]))
                        .shapes(Shape.of(3, 3), Shape.of(2, 5)),
                behindTanh("index_select", x -> x[0].indexSelect(1, list()))
                        .aten(oracle(x -> Aten.call("index_select", "", x)
                                .integer(1)
                                .tensor(list())
                                .one()))
                        .shapes(Shape.of(2, 3)),
                behindTanh("index_add", x -> x[0].indexAdd(0, list(), x[1])).shapes(Shape.of(3, 2), Shape.of(4, 2)),
                behindTanh("index", x -> x[0].index(list(), Tensor.of(1L, 0, -1, 1)))
                        .aten(oracle(x -> Aten.call("index", "Tensor", x)
                                .tensorsOrNone(List.of(list(), Tensor.of(1L, 0, -1, 1)))
                                .one()))
                        .shapes(Shape.of(3, 2, 2)),
                behindTanh("index mask", x -> x[0].index(Tensor.of(true, false, true)))
                        .aten(oracle(x -> Aten.call("index", "Tensor", x)
                                .tensorsOrNone(List.of(Tensor.of(true, false, true)))
                                .one()))
                        .shapes(Shape.of(3, 2)),
                behindTanh("index_put", x -> x[0].indexPut(List.of(Tensor.of(2L, 0)), x[1], false))
                        .aten(oracle(x -> Aten.call("index_put", "", x[0])
                                .tensorsOrNone(List.of(Tensor.of(2L, 0)))
                                .tensor(x[1])
                                .flag(false)
                                .one()))
                        .shapes(Shape.of(3, 2), Shape.of(2, 2))
                        .shapes(Shape.of(3, 2), Shape.of(2)),
                behindTanh("index_put add", x -> x[0].indexPut(List.of(list()), x[1], true))
                        .aten(oracle(x -> Aten.call("index_put", "", x[0])
                                .tensorsOrNone(List.of(list()))
                                .tensor(x[1])
                                .flag(true)
                                .one()))
                        .shapes(Shape.of(3, 2), Shape.of(4, 2)),
                behindTanh("masked_select", x -> x[0].maskedSelect(Tensor.of(true, false, true)))
                        .aten(oracle(x -> Aten.of("masked_select", "", x[0], Tensor.of(true, false, true))))
                        .shapes(Shape.of(2, 3)),
                behindTanh("embedding", x -> x[0].embedding(matrix()))
                        .aten(oracle(x -> embedding(x[0], -1)))
                        .shapes(Shape.of(3, 2)),
                behindTanh("embedding padding", x -> x[0].embedding(matrix(), -1))
                        .aten(oracle(x -> embedding(x[0], 2)))
                        .within(Double.MAX_VALUE) // the row without gradient is not what differences find
                        .shapes(Shape.of(3, 2)));
    }

    private static Tensor embedding(Tensor table, long padding) {
        return Aten.call("embedding", "", table)
                .tensor(matrix())
                .integer(padding)
                .flag(false)
                .flag(false)
                .one();
    }

    private static Tensor matrix() {
        return Tensor.of(new long[][] {{0, 2, 1, 2}, {1, 1, 0, 2}});
    }

    private static Tensor permutation() {
        return Tensor.of(new long[][] {{2, 0}, {0, 1}});
    }

    private static Tensor list() {
        return Tensor.of(1L, 0, 2, 1);
    }

    @ParameterizedTest
    @MethodSource({"shapes", "parts", "indexing"})
    void derivatives(GradientRow row) {
        GradientCheck.check(row);
    }
}
