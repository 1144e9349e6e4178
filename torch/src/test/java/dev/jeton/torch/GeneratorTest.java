package dev.jeton.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The expected numbers are PyTorch 2.13's, drawn one after another from {@code torch.Generator().manual_seed(42)}. */
class GeneratorTest {
    private long live;
    private Scope scope = Scope.open();

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

    @Test
    void sameNumbersAsPyTorch() {
        Generator g = Generator.of(42);
        assertThat(g.randn(4).toFloats())
                .containsExactly(
                        0.33669036626815796f, 0.12880940735340118f, 0.23446236550807953f, 0.23033303022384644f);
        float[] twenty = g.randn(20).toFloats();
        assertThat(twenty).endsWith(-0.8797858357429504f, -0.6011420488357544f);
        assertThat(g.rand(3).toFloats()).containsExactly(0.7890297770500183f, 0.281413733959198f, 0.788632333278656f);
        assertThat(g.randint(-3, 10, Shape.of(5)).toLongs()).containsExactly(-1, -3, 2, 1, 9);
        assertThat(g.randperm(6).toLongs()).containsExactly(4, 5, 0, 2, 1, 3);
    }

    @Test
    void otherDistributions() {
        Generator g = Generator.of(1);
        assertThat(g.bernoulli(0.3, Shape.of(10_000)).mean().item()).isBetween(0.28, 0.32);
        assertThat(g.bernoulli(Tensor.of(0f, 1, 0, 1)).toFloats()).containsExactly(0, 1, 0, 1);
        assertThat(g.exponential(4, Shape.of(10_000)).mean().item()).isBetween(0.24, 0.26);
        Tensor places = g.multinomial(Tensor.of(1f, 3, 0), 10_000, true);
        assertThat(places.eq(1).countNonzero().item()).isBetween(7_300.0, 7_700.0);
        assertThat(places.eq(2).any().item()).isZero();
        Tensor uniform = g.fillUniform(Tensor.zeros(10_000), -1, 3);
        assertThat(uniform.min().item()).isBetween(-1.0, -0.99);
        assertThat(uniform.max().item()).isBetween(2.99, 3.0);
        Tensor normal = g.fillNormal(Tensor.zeros(10_000), 5, 2);
        assertThat(normal.mean().item()).isBetween(4.9, 5.1);
        assertThat(normal.std(1, false).item()).isBetween(1.95, 2.05);
        assertThat(g.randn(Shape.of(2), DType.FLOAT64).dtype()).isEqualTo(DType.FLOAT64);
    }

    @Test
    void stateIsSavedAndRestored() {
        Generator g = Generator.of(3);
        g.randn(5); // an odd count leaves half of a pair of normal numbers behind
        byte[] state = g.state();
        float[] next = g.randn(7).toFloats();
        Generator other = Generator.of(99);
        other.restore(state);
        assertThat(other.randn(7).toFloats()).containsExactly(next);
        g.seed(3);
        assertThat(g.randn(5).toFloats())
                .containsExactly(Generator.of(3).randn(5).toFloats());
    }

    @Test
    void generatorsAreIndependent() {
        Generator a = Generator.of(5);
        Generator b = Generator.of(5);
        float[] first = a.randn(3).toFloats();
        a.randn(100);
        assertThat(b.randn(3).toFloats()).containsExactly(first);
    }

    @Test
    void standardGeneratorIsPyTorchsOwn() {
        byte[] before = Generator.standard().state();
        Generator.standard().seed(7);
        assertThat(Generator.standard().randn(2).toFloats()).containsExactly(-0.1467950940132141f, 0.7861412763595581f);
        Generator.standard().restore(before);
    }

    @Test
    void whatIsNoStateIsRefused() {
        Generator g = Generator.of(1);
        byte[] good = g.state();
        assertThatThrownBy(() -> g.restore(new byte[12]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("restore: the state of a generator has 5056 bytes, these are 12");
        byte[] zeros = new byte[good.length];
        assertThatThrownBy(() -> g.restore(zeros)).isInstanceOf(IllegalArgumentException.class);
        byte[] ones = new byte[good.length];
        Arrays.fill(ones, (byte) -1);
        assertThatThrownBy(() -> g.restore(ones)).isInstanceOf(IllegalArgumentException.class);
        g.restore(good);
    }

    @Test
    void mistakesAreNamed() {
        Generator g = Generator.of(1);
        assertThatThrownBy(() -> g.randint(3, 3, Shape.of(2))).hasMessageContaining("randint: the first number");
        assertThatThrownBy(() -> g.bernoulli(1.5, Shape.of(2))).hasMessageContaining("bernoulli: a probability");
        assertThatThrownBy(() -> g.fillNormal(Tensor.of(1L), 0, 1)).isInstanceOf(DTypeException.class);
        assertThatThrownBy(() -> g.fillNormal(Tensor.zeros(2).requiresGrad(), 0, 1))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> g.multinomial(Tensor.of(1f, 1), 3, false)).isInstanceOf(ShapeException.class);
    }
}
