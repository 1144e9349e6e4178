package dev.jeton.torch;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProductsGradientTest {
    static Stream<GradientRow> rows() {
        return Stream.of(
                GradientRow.of("matmul", x -> x[0].matmul(x[1]))
                        .aten("matmul")
                        .shapes(Shape.of(3, 2), Shape.of(2, 4))
                        .shapes(Shape.of(2), Shape.of(2))
                        .shapes(Shape.of(2), Shape.of(2, 3))
                        .shapes(Shape.of(3, 2), Shape.of(2))
                        .shapes(Shape.of(2, 3, 2), Shape.of(2))
                        .shapes(Shape.of(3), Shape.of(2, 3, 2))
                        .shapes(Shape.of(2, 3, 2), Shape.of(2, 3))
                        .shapes(Shape.of(3, 2), Shape.of(2, 2, 3))
                        .shapes(Shape.of(2, 3, 2), Shape.of(2, 2, 3))
                        .shapes(Shape.of(2, 1, 3, 2), Shape.of(2, 2, 1))
                        .shapes(Shape.of(2, 1, 1, 2), Shape.of(1, 3, 2, 2))
                        .shapes(Shape.of(0, 2), Shape.of(2, 3))
                        .shapes(Shape.of(2, 0), Shape.of(0, 3))
                        .shapes(Shape.of(2, 0, 2), Shape.of(2, 2, 1)),
                GradientRow.of("bmm", x -> x[0].bmm(x[1]))
                        .aten("bmm")
                        .shapes(Shape.of(2, 3, 2), Shape.of(2, 2, 3))
                        .shapes(Shape.of(0, 3, 2), Shape.of(0, 2, 3)),
                GradientRow.of("linear", x -> x[0].linear(x[1], x[2]))
                        .aten(x -> Operator.of("linear")
                                .call()
                                .tensor(x[0])
                                .tensor(x[1])
                                .tensorOrNone(x[2])
                                .one())
                        .shapes(Shape.of(3, 2), Shape.of(4, 2), Shape.of(4))
                        .shapes(Shape.of(2), Shape.of(3, 2), Shape.of(3))
                        .shapes(Shape.of(2, 1, 3), Shape.of(2, 3), Shape.of(2))
                        .shapes(Shape.of(0, 3), Shape.of(2, 3), Shape.of(2)),
                GradientRow.of("linear without bias", x -> x[0].linear(x[1], null))
                        .aten(ProductsGradientTest::atenLinear)
                        .shapes(Shape.of(3, 2), Shape.of(4, 2))
                        .shapes(Shape.of(2, 2, 3), Shape.of(2, 3)),
                GradientRow.of("dot", x -> x[0].dot(x[1])).aten("dot").shapes(Shape.of(4), Shape.of(4)),
                GradientRow.of("outer", x -> x[0].outer(x[1])).aten("outer").shapes(Shape.of(3), Shape.of(2)),
                einsum("ij,jk->ik", Shape.of(2, 3), Shape.of(3, 2)),
                einsum("ij,kj", Shape.of(2, 3), Shape.of(2, 3)),
                einsum("bik,bjk->bij", Shape.of(2, 2, 3), Shape.of(2, 1, 3)),
                einsum("bnij,bnjd->bind", Shape.of(2, 1, 2, 2), Shape.of(2, 1, 2, 3)),
                einsum("i,j->ji", Shape.of(2), Shape.of(3)),
                einsum("ij,ij->i", Shape.of(2, 3), Shape.of(2, 3)),
                einsum("ij->j", Shape.of(2, 3)),
                einsum("ii->i", Shape.of(3, 3)),
                einsum("ii", Shape.of(3, 3)),
                einsum("...ij,...jk->...ik", Shape.of(2, 1, 2, 2), Shape.of(3, 2, 1)),
                einsum("ai,bij,cj->abc", Shape.of(2, 2), Shape.of(1, 2, 3), Shape.of(2, 3)));
    }

    private static Tensor atenLinear(Tensor... x) {
        return Operator.of("linear").call().tensor(x[0]).tensor(x[1]).none().one();
    }

    private static GradientRow einsum(String equation, Shape... shapes) {
        return GradientRow.of("einsum " + equation, x -> Products.einsum(equation, x))
                .aten(x -> Operator.of("einsum")
                        .call()
                        .text(equation)
                        .tensors(java.util.List.of(x))
                        .none()
                        .one())
                .shapes(shapes);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void derivatives(GradientRow row) {
        GradientCheck.check(row);
    }
}
