package dev.jeton.models.vq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.jeton.torch.Autocast;
import dev.jeton.torch.DType;
import dev.jeton.torch.DTypeException;
import dev.jeton.torch.Generator;
import dev.jeton.torch.LibTorch;
import dev.jeton.torch.Scope;
import dev.jeton.torch.Shape;
import dev.jeton.torch.ShapeException;
import dev.jeton.torch.Tensor;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class QuantizerTest {
    private static final Quantization.Vector PLAIN =
            Quantization.vector(16).withStart(new Codebook.Random()).withReviveBelow(0);

    /** Every kind, and the size of its vectors. */
    private record Kind(Quantization how, int size) {}

    static Stream<Kind> kinds() {
        var grid = Quantization.finiteScalar(5, 4, 3);
        return Stream.of(
                new Kind(Quantization.vector(16), 6),
                new Kind(PLAIN.withMetric(Codebook.Metric.COSINE), 6),
                new Kind(PLAIN.withTraining(new Codebook.Learned(1)), 6),
                new Kind(PLAIN.withTraining(new Codebook.Learned(1)).withMetric(Codebook.Metric.COSINE), 6),
                new Kind(PLAIN.withEstimator(GradientEstimator.ROTATION), 6),
                new Kind(grid, 3),
                new Kind(grid.withBound(ScalarBound.SYMMETRIC), 3),
                new Kind(Quantization.lookupFree(), 5),
                new Kind(new Quantization.Residual(PLAIN, 3), 6),
                new Kind(new Quantization.Residual(grid.withBound(ScalarBound.CLAMP), 2), 3),
                new Kind(new Quantization.Grouped(new Quantization.Residual(PLAIN, 2), 3), 6),
                new Kind(new Quantization.Grouped(Quantization.lookupFree(), 2), 10),
                new Kind(Quantization.SimVq.of(16), 6));
    }

    @BeforeEach
    void seed() {
        Generator.standard().seed(20261124);
    }

    private static Tensor vectors(long... sizes) {
        return Generator.standard().randn(sizes);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void valuesAreWhatTheirCodesDecodeTo(Kind kind) {
        try (var _ = Scope.open();
                Quantizer quantizer = Quantizer.of(kind.how, kind.size)) {
            quantizer.eval();
            Quantized quantized = quantizer.quantize(vectors(3, 7, kind.size));
            int depth = quantizer.codes().length;
            assertThat(quantized.values().shape()).isEqualTo(Shape.of(3, 7, kind.size));
            assertThat(quantized.indices().shape()).isEqualTo(Shape.of(3, 7, depth));
            assertThat(quantized.loss().shape()).isEqualTo(Shape.of());
            float[] decoded = quantizer.decode(quantized.indices()).toFloats();
            float[] values = quantized.values().toFloats();
            for (int i = 0; i < values.length; i++) {
                assertThat(values[i]).isCloseTo(decoded[i], within(2e-6f));
            }
            int[] indices = quantized.indices().toInts();
            for (int i = 0; i < indices.length; i++) {
                assertThat(indices[i]).isBetween(0, quantizer.codes()[i % depth] - 1);
            }
        }
    }

    /** All codes, decoded and quantised again, are themselves: the order of digits and bits is the same both ways. */
    @Test
    void codesOfGridsAndBitsComeBack() {
        for (Kind kind : List.of(
                new Kind(Quantization.finiteScalar(5, 4, 3).withBound(ScalarBound.CLAMP), 3),
                new Kind(Quantization.lookupFree(), 5))) {
            try (var _ = Scope.open();
                    Quantizer quantizer = Quantizer.of(kind.how, kind.size)) {
                long all = quantizer.codes()[0];
                Tensor codes = Tensor.arange(all).unsqueeze(1);
                assertThat(quantizer.quantize(quantizer.decode(codes)).indices().toLongs())
                        .isEqualTo(codes.toLongs());
                assertThat(quantizer.bits()).isCloseTo(Math.log(all) / Math.log(2), within(1e-12));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void gradientsReachTheVectorsAndNothingIsLeftBehind(Kind kind) {
        try (Quantizer quantizer = Quantizer.of(kind.how, kind.size)) {
            train(quantizer, kind.size);
            long live = LibTorch.liveTensors();
            for (int i = 0; i < 3; i++) {
                train(quantizer, kind.size);
            }
            // fewer where the collector has found what an earlier test left without a scope
            assertThat(LibTorch.liveTensors()).isLessThanOrEqualTo(live);
        }
    }

    private static void train(Quantizer quantizer, int size) {
        try (var _ = Scope.open()) {
            quantizer.train();
            Tensor z = vectors(50, size).requiresGrad();
            Quantized quantized = quantizer.quantize(z);
            quantized.values().square().sum().add(quantized.loss()).backward();
            assertThat(z.grad().abs().sum().item()).isPositive().isFinite();
            quantizer.clearGradients();
        }
    }

    @Test
    void theNearestCodeIsChosenBlockByBlockAsAtOnce() {
        try (var _ = Scope.open()) {
            Tensor z = vectors(1000, 8).to(DType.FLOAT64);
            Tensor codebook = vectors(700, 8).to(DType.FLOAT64); // 1000 × 700 distances are three blocks
            Tensor differences = z.unsqueeze(1).sub(codebook.unsqueeze(0));
            long[] expected = differences.square().sum(-1).argmin(-1).toLongs();
            assertThat(Vectors.nearest(z, codebook).toLongs()).isEqualTo(expected);
        }
    }

    @Test
    void ofTwoEqualCodesTheFirstIsChosen() {
        try (var _ = Scope.open()) {
            Tensor codebook = Tensor.of(new float[][] {{5, 5}, {1, 0}, {1, 0}});
            assertThat(Vectors.nearest(Tensor.of(new float[][] {{1, 1}}), codebook)
                            .toLongs())
                    .containsExactly(1);
        }
    }

    @Test
    void kMeansFindsClusters() {
        try (var _ = Scope.open();
                Quantizer quantizer = Quantizer.of(Quantization.vector(4).withReviveBelow(0), 2)) {
            Tensor centres = Tensor.of(new float[][] {{10, 0}, {-10, 0}, {0, 10}, {0, -10}});
            Tensor z = centres.repeat(64, 1).add(vectors(256, 2).mul(0.01)); // [256, 2]
            double loss = 1;
            for (int i = 0; i < 40 && loss > 0.01; i++) { // a start may put two means into one cluster
                Quantizer fresh = Quantizer.of(Quantization.vector(4), 2);
                loss = fresh.quantize(z).loss().item();
            }
            assertThat(loss).isLessThan(0.01);
            assertThat(quantizer.state().get("started").item()).isZero();
            quantizer.quantize(z);
            assertThat(quantizer.state().get("started").item()).isOne();
            assertThat(quantizer.state().get("counts").sum().item()).isCloseTo(256, within(1e-3));
        }
    }

    @Test
    void deadCodesAreRevived() {
        try (var _ = Scope.open();
                Quantizer alive = Quantizer.of(PLAIN.withReviveBelow(0.1), 4);
                Quantizer dying = Quantizer.of(PLAIN, 4)) {
            Tensor far = vectors(512, 4).add(20); // nearest to one or two of the first codes only
            for (int i = 0; i < 60; i++) {
                alive.quantize(far);
                dying.quantize(far);
            }
            assertThat(CodeUsage.of(dying).add(dying.quantize(far).indices()).used())
                    .isLessThan(0.3);
            assertThat(CodeUsage.of(alive).add(alive.quantize(far).indices()).used())
                    .isGreaterThan(0.8);
        }
    }

    @Test
    void evaluationChangesNothing() {
        try (var _ = Scope.open();
                Quantizer quantizer = Quantizer.of(Quantization.vector(16), 4)) {
            quantizer.eval();
            float[] before = quantizer.state().get("codebook").toFloats();
            quantizer.quantize(vectors(64, 4));
            assertThat(quantizer.state().get("codebook").toFloats()).isEqualTo(before);
            assertThat(quantizer.state().get("started").item()).isZero();
        }
    }

    @Test
    void mixedPrecisionDoesNotChangeTheChoice() {
        try (var _ = Scope.open();
                Quantizer quantizer = Quantizer.of(PLAIN, 32)) {
            quantizer.eval();
            Tensor z = vectors(500, 32);
            long[] single = quantizer.quantize(z).indices().toLongs();
            try (var _ = Autocast.to(DType.BFLOAT16)) {
                assertThat(quantizer.quantize(z).indices().toLongs()).isEqualTo(single);
                assertThat(quantizer.quantize(z.to(DType.BFLOAT16)).values().dtype())
                        .isEqualTo(DType.FLOAT32);
            }
        }
    }

    @Test
    void theRotationKeepsAnglesBetweenGradientAndVector() {
        try (var _ = Scope.open()) {
            Tensor z = Tensor.of(new double[][] {{3, 4, 0}}).requiresGrad();
            Tensor chosen = Tensor.of(new double[][] {{0, 0, 2}});
            Tensor values = GradientEstimator.ROTATION.through(z, chosen);
            assertThat(values.toDoubles()[2]).isCloseTo(2, within(1e-12));
            values.select(1, 2).sum().backward(); // along the code: comes back along the vector, scaled by 2/5
            double[] gradient = z.grad().toDoubles();
            assertThat(gradient[0]).isCloseTo(0.4 * 0.6, within(1e-12));
            assertThat(gradient[1]).isCloseTo(0.4 * 0.8, within(1e-12));
            assertThat(gradient[2]).isCloseTo(0, within(1e-12));
        }
    }

    @Test
    void theEntropyOfBitsIsThatOfAllCodes() {
        try (var _ = Scope.open()) {
            var how = new Quantization.LookupFree(1, 0.7, 2, 0);
            Tensor z = vectors(40, 5).to(DType.FLOAT64).mul(0.3);
            Quantizer quantizer = Quantizer.of(how, 5);
            double loss = quantizer.quantize(z).loss().item();
            Tensor codes = quantizer.decode(Tensor.arange(32).unsqueeze(1)).to(DType.FLOAT64); // [32, 5]
            Tensor p = z.matmul(codes.transpose(0, 1)).mul(2 * 2).softmax(-1); // [40, 32]
            double ofEach = -p.mul(p.log()).sum().item() / 40;
            Tensor mean = p.mean(0);
            double ofAll = -mean.mul(mean.log()).sum().item();
            assertThat(loss).isCloseTo(ofEach - 0.7 * ofAll, within(1e-9));
        }
    }

    @Test
    void usageCountsCodes() {
        try (var _ = Scope.open();
                Quantizer quantizer = Quantizer.of(new Quantization.Grouped(PLAIN.withCodes(4), 2), 4)) {
            CodeUsage usage = CodeUsage.of(quantizer);
            assertThat(usage.perplexity()).isZero();
            usage.add(Tensor.of(new long[][] {{0, 1}, {1, 1}, {2, 1}, {3, 1}}));
            assertThat(usage.used()).isEqualTo(5 / 8.0);
            assertThat(usage.perplexity()).isCloseTo(2, within(1e-12)); // √(4 · 1)
        }
    }

    @Test
    void mistakesAreNamed() {
        try (var _ = Scope.open();
                Quantizer quantizer = Quantizer.of(PLAIN, 4)) {
            assertThatThrownBy(() -> quantizer.quantize(vectors(2, 5)))
                    .isInstanceOf(ShapeException.class)
                    .hasMessageContaining("[..., 4]")
                    .hasMessageContaining("[2, 5]");
            assertThatThrownBy(() -> quantizer.decode(Tensor.of(1L, 2L))).isInstanceOf(ShapeException.class);
            assertThatThrownBy(() -> quantizer.decode(vectors(2, 1))).isInstanceOf(DTypeException.class);
            assertThatThrownBy(() -> Quantizer.of(Quantization.finiteScalar(3, 3), 4))
                    .hasMessageContaining("must have 2 numbers");
            assertThatThrownBy(() -> Quantizer.of(new Quantization.Grouped(PLAIN, 3), 4))
                    .hasMessageContaining("cannot be cut into 3 equal parts");
            assertThatThrownBy(() -> Quantizer.of(Quantization.lookupFree(), 21))
                    .hasMessageContaining("at most 20");
            assertThatThrownBy(() -> new Quantization.Residual(PLAIN.withMetric(Codebook.Metric.COSINE), 2))
                    .hasMessageContaining("EUCLIDEAN");
            assertThatThrownBy(() -> new Quantization.Residual(Quantization.finiteScalar(3), 2))
                    .hasMessageContaining("CLAMP");
            assertThatThrownBy(() -> PLAIN.withCodes(1)).hasMessageContaining("at least 2 codes");
            assertThatThrownBy(() -> new Codebook.Averaged(1, 1e-5)).hasMessageContaining("decay");
        }
    }
}
