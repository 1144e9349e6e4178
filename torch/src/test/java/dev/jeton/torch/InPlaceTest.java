package dev.jeton.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InPlaceTest {
    private Scope scope = Scope.open();
    private long live;

    @BeforeEach
    void open() {
        scope.close();
        live = LibTorch.liveTensors();
        scope = Scope.open();
    }

    @AfterEach
    void nothingLeaks() {
        scope.close();
        assertThat(LibTorch.liveTensors()).isEqualTo(live);
    }

    private static Tensor x() {
        return Tensor.of(new float[][] {{1, -2}, {3, 4}});
    }

    private static void gives(Consumer<Tensor> change, double... expected) {
        Tensor x = x();
        Tensor row = x.select(0, 0);
        change.accept(x);
        assertThat(x.toDoubles()).containsExactly(expected);
        assertThat(row.toDoubles()).as("a view sees it").containsExactly(expected[0], expected[1]);
    }

    @Test
    void change() {
        gives(x -> x.addInPlace(Tensor.of(10f, 20)), 11, 18, 13, 24);
        gives(x -> x.addInPlace(Tensor.of(10f, 20), -0.5), -4, -12, -2, -6);
        gives(x -> x.addInPlace(0.5), 1.5, -1.5, 3.5, 4.5);
        gives(x -> x.mulInPlace(Tensor.of(new float[][] {{2}, {3}})), 2, -4, 9, 12);
        gives(x -> x.mulInPlace(-2), -2, 4, -6, -8);
        gives(Tensor::zeroInPlace, 0, 0, 0, 0);
        gives(x -> x.fillInPlace(7), 7, 7, 7, 7);
        gives(x -> x.copyInPlace(Tensor.of(5L, 6)), 5, 6, 5, 6);
        gives(x -> x.clampInPlace(0, 3), 1, 0, 3, 3);
        gives(x -> x.clampInPlace(0, Double.POSITIVE_INFINITY), 1, 0, 3, 4);
        gives(x -> x.lerpInPlace(Tensor.zeros(2, 2), 0.25), 0.75, -1.5, 2.25, 3);
    }

    @Test
    void stridedAndWhole() {
        Tensor whole = x();
        whole.t().addInPlace(Tensor.of(10f, 20));
        assertThat(whole.toDoubles()).containsExactly(11, 8, 23, 24);

        assertThat(Tensor.of(1L, 2).addInPlace(3).toLongs()).containsExactly(4, 5);
        assertThat(Tensor.of(1L, 2).mulInPlace(Tensor.of(3L)).toLongs()).containsExactly(3, 6);
    }

    @Test
    void refusedWhereGradientsFlow() {
        Tensor leaf = x().requiresGrad();
        assertThatThrownBy(() -> leaf.mulInPlace(2))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("mulInPlace: gradients flow through this tensor, float32[2, 2]")
                .hasMessageContaining("Gradients.off()");
        assertThatThrownBy(() -> x().addInPlace(leaf)).isInstanceOf(IllegalStateException.class);
        try (var _ = Gradients.off()) {
            leaf.mulInPlace(2);
        }
        assertThat(leaf.toDoubles()).containsExactly(2, -4, 6, 8);
    }

    @Test
    void noticedByTheTape() {
        Tensor x = x().requiresGrad();
        Tensor factor = Tensor.ones(2, 2);
        Tensor y = x.mul(factor).sum();
        factor.select(0, 1).fillInPlace(3);
        assertThatThrownBy(y::backward)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("mul saved for its gradient was changed in place");
    }

    @Test
    void shapeStays() {
        assertThatThrownBy(() -> Tensor.ones(2).addInPlace(Tensor.ones(3, 2)))
                .isInstanceOf(ShapeException.class)
                .hasMessage("addInPlace: the shape must stay: [3, 2] into [2]");
    }
}
