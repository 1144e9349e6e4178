package dev.jeton.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Values of operators that have no derivative, and rules that derivatives do not show. */
class OperatorValuesTest {
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

    private static void is(Tensor x, Shape shape, double... values) {
        assertThat(x.shape()).isEqualTo(shape);
        assertThat(x.toDoubles()).containsExactly(values);
    }

    private static void isList(Tensor x, double... values) {
        is(x, Shape.of(values.length), values);
    }

    @Test
    void comparisonsAndLogic() {
        Tensor x = Tensor.of(1f, 2, 3);
        Tensor two = Tensor.of(2f);
        isList(x.eq(two), 0, 1, 0);
        isList(x.ne(two), 1, 0, 1);
        isList(x.lt(two), 1, 0, 0);
        isList(x.le(two), 1, 1, 0);
        isList(x.gt(two), 0, 0, 1);
        isList(x.ge(two), 0, 1, 1);
        isList(x.eq(2), 0, 1, 0);
        isList(x.ne(2), 1, 0, 1);
        isList(x.lt(2), 1, 0, 0);
        isList(x.le(2), 1, 1, 0);
        isList(x.gt(2), 0, 0, 1);
        isList(x.ge(2), 0, 1, 1);
        Tensor a = Tensor.of(true, true, false, false);
        Tensor b = Tensor.of(true, false, true, false);
        isList(a.and(b), 1, 0, 0, 0);
        isList(a.or(b), 1, 1, 1, 0);
        isList(a.xor(b), 0, 1, 1, 0);
        isList(a.not(), 0, 0, 1, 1);
        Tensor odd = Tensor.of(1f, Float.NaN, Float.NEGATIVE_INFINITY);
        isList(odd.isNan(), 0, 1, 0);
        isList(odd.isFinite(), 1, 0, 0);
        assertThat(x.eq(two).dtype()).isEqualTo(DType.BOOL);
    }

    @Test
    void truthAndCounts() {
        Tensor x = Tensor.of(new float[][] {{1, 0}, {2, 3}});
        assertThat(x.all().item()).isZero();
        assertThat(x.any().item()).isEqualTo(1);
        isList(x.all(1), 0, 1);
        isList(x.any(-1), 1, 1);
        isList(x.all(0), 1, 0);
        assertThat(x.countNonzero().item()).isEqualTo(3);
        is(x.nonzero(), Shape.of(3, 2), 0, 0, 1, 0, 1, 1);
    }

    @Test
    void places() {
        Tensor x = Tensor.of(new float[][] {{1, 9, 3}, {7, 2, 8}});
        assertThat(x.argmax().item()).isEqualTo(1);
        assertThat(x.argmin().item()).isZero();
        isList(x.argmax(1), 1, 2);
        isList(x.argmin(0), 0, 1, 0);
        isList(x.max(1).indices(), 1, 2);
        is(x.min(0, true).indices(), Shape.of(1, 3), 0, 1, 0);
        is(x.topK(2, 1).indices(), Shape.of(2, 2), 1, 2, 2, 0);
        is(x.topK(1, -1, false).indices(), Shape.of(2, 1), 0, 1);
        is(x.argsort(1, false), Shape.of(2, 3), 0, 2, 1, 1, 0, 2);
        isList(Tensor.of(2f, 1, 2, 1).argsort(0, true), 0, 2, 1, 3);
        isList(Tensor.of(2f, 1, 2, 1).sort(0, false).indices(), 1, 3, 0, 2);
    }

    @Test
    void searches() {
        Tensor boundaries = Tensor.of(1f, 3, 5);
        isList(Tensor.of(0f, 1, 4, 5, 6).bucketize(boundaries, false), 0, 0, 2, 2, 3);
        isList(Tensor.of(0f, 1, 4, 5, 6).bucketize(boundaries, true), 0, 1, 2, 3, 3);
        isList(boundaries.searchSorted(Tensor.of(1f, 2), false), 0, 1);
        isList(boundaries.searchSorted(Tensor.of(1f, 2), true), 1, 1);
        is(Tensor.of(2L, 0).oneHot(3), Shape.of(2, 3), 0, 0, 1, 1, 0, 0);
    }

    @Test
    void equalElementsShareTheGradient() {
        Tensor x = Tensor.of(2f, 5, 5, 1).requiresGrad();
        x.max().backward();
        isList(x.grad(), 0, 0.5, 0.5, 0);
        x.clearGrad();
        x.maximum(Tensor.of(3f, 5, 4, 1)).sum().backward();
        isList(x.grad(), 0, 0.5, 1, 0.5);
    }

    @Test
    void derivativesAtTheEdges() {
        Tensor x = Tensor.of(0f, -1, 2).requiresGrad();
        x.relu().sum().backward();
        isList(x.grad(), 0, 0, 1);
        x.clearGrad();
        x.clamp(-1, 2).sum().backward();
        isList(x.grad(), 1, 1, 1);
        x.clearGrad();
        x.abs().sum().backward();
        isList(x.grad(), 0, -1, 1);
        Tensor zero = Tensor.zeros(2).requiresGrad();
        zero.norm().backward();
        isList(zero.grad(), 0, 0);
        zero.clearGrad();
        zero.std(0, false).backward();
        isList(zero.grad(), 0, 0);
        zero.clearGrad();
        zero.pow(Tensor.of(0f, 2)).sum().backward();
        isList(zero.grad(), 0, 0);
        Tensor exponent = Tensor.of(1f, 2).requiresGrad();
        Tensor.zeros(2).pow(exponent).sum().backward();
        isList(exponent.grad(), 0, 0);
    }

    @Test
    void maskedPlacesPassNoGradientEvenWhereItIsInfinite() {
        Tensor x = Tensor.of(0f, 4).requiresGrad();
        Tensor root = x.sqrt();
        x.detach().gt(0).where(root, Tensor.zeros(2)).sum().backward();
        assertThat(x.grad().toFloats()[1]).isEqualTo(0.25f);
        Tensor logits = Tensor.of(1f, 2).requiresGrad();
        Tensor hidden = logits.maskedFill(Tensor.of(false, true), Double.NEGATIVE_INFINITY);
        hidden.softmax(0).select(0, 0).backward();
        isList(logits.grad(), 0, 0);
    }

    @Test
    void viewsShareMemory() {
        Tensor x = Tensor.arange(6).reshape(2, 3);
        List<Tensor> views = List.of(
                x.reshape(6), x.t(), x.select(0, 0), x.narrow(1, 0, 2), x.expand(2, 2, 3), x.unsqueeze(0), x.squeeze());
        x.fillInPlace(9);
        views.forEach(view -> assertThat(view.min().item()).isEqualTo(9));
        Tensor copy = x.copy();
        x.fillInPlace(1);
        assertThat(copy.min().item()).isEqualTo(9);
    }

    @Test
    void negativePlacesCountFromTheBack() {
        Tensor x = Tensor.arange(5);
        assertThat(x.select(0, -1).item()).isEqualTo(4);
        isList(x.narrow(0, -3, 2), 2, 3);
        isList(x.slice(0, -4, -1), 1, 2, 3);
        isList(x.slice(0, 1, 100, 2), 1, 3);
        isList(x.slice(0, 3, 1));
        isList(x.index(Tensor.of(-1L, 0)), 4, 0);
    }

    @Test
    void partsOfUnevenSize() {
        Tensor x = Tensor.arange(5);
        assertThat(x.split(2, 0).stream().map(Tensor::shape)).containsExactly(Shape.of(2), Shape.of(2), Shape.of(1));
        assertThat(x.chunk(2, 0).stream().map(Tensor::shape)).containsExactly(Shape.of(3), Shape.of(2));
        assertThat(x.chunk(9, 0)).hasSize(5);
        assertThat(Tensor.zeros(0, 2).split(2, 0)).hasSize(1);
        assertThat(Tensor.zeros(3, 2).unbind(0)).hasSize(3);
    }

    @Test
    void emptyTensors() {
        Tensor none = Tensor.zeros(0, 3);
        is(none.sum(0), Shape.of(3), 0, 0, 0);
        is(none.sum(1), Shape.of(0));
        assertThat(none.sum().item()).isZero();
        assertThat(none.prod().item()).isEqualTo(1);
        assertThat(none.mean().item()).isNaN();
        is(Tensor.cat(List.of(none, Tensor.ones(1, 3)), 0), Shape.of(1, 3), 1, 1, 1);
        is(none.sort(0, true).values(), Shape.of(0, 3));
        is(none.index(Tensor.zeros(0).to(DType.INT64)), Shape.of(0, 3));
    }

    @Test
    void numbersInPlacesOfTheirOwn() {
        isList(Tensor.arange(10, 3, -3), 10, 7, 4);
        isList(Tensor.arange(0, 5, 2), 0, 2, 4);
        isList(Tensor.arange(0.0, 1, 0.25), 0, 0.25, 0.5, 0.75);
        isList(Tensor.linspace(1, 2, 5), 1, 1.25, 1.5, 1.75, 2);
        is(Tensor.eye(2), Shape.of(2, 2), 1, 0, 0, 1);
        isList(Tensor.of(1L, 2).fullLike(7), 7, 7);
        assertThat(Tensor.arange(0, 5, -1).elements()).isZero();
    }
}
