package dev.jeton.nn.distributions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.jeton.nn.Safetensors;
import dev.jeton.torch.DType;
import dev.jeton.torch.Scope;
import dev.jeton.torch.Shape;
import dev.jeton.torch.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DistributionsTest {
    private Scope scope;

    @BeforeEach
    void open() {
        scope = Scope.open();
    }

    @AfterEach
    void close() {
        scope.close();
    }

    private static Map<String, Tensor> golden() {
        Path file = Path.of(System.getProperty("jeton.shared", "shared"), "golden/torch/distributions.safetensors");
        Assumptions.assumeTrue(Files.exists(file), () -> "no reference data at " + file);
        return Safetensors.read(file);
    }

    private static void close(Tensor actual, Tensor expected) {
        assertThat(actual.shape()).isEqualTo(expected.shape());
        assertThat(actual.toDoubles()).containsExactly(expected.toDoubles(), within(1e-12));
    }

    @Test
    void normalIsThatOfPyTorch() {
        Map<String, Tensor> golden = golden();
        Tensor mean = golden.get("normal.param.loc");
        Tensor scale = golden.get("normal.param.scale");
        Normal p = Normal.of(mean, scale);
        close(p.logProb(golden.get("normal.value")), golden.get("normal.log_prob"));
        close(p.entropy(), golden.get("normal.entropy"));
        close(p.klTo(Normal.of(mean.add(0.3), scale.mul(1.5))), golden.get("kl.normal"));
    }

    @Test
    void bernoulliIsThatOfPyTorch() {
        Map<String, Tensor> golden = golden();
        Tensor logits = golden.get("bernoulli.param.logits");
        Bernoulli p = Bernoulli.ofLogits(logits);
        close(p.logProb(golden.get("bernoulli.value")), golden.get("bernoulli.log_prob"));
        close(p.mean(), golden.get("bernoulli.mean"));
        close(p.entropy(), golden.get("bernoulli.entropy"));
        close(p.klTo(Bernoulli.ofLogits(logits.sub(0.4))), golden.get("kl.bernoulli"));
    }

    @Test
    void categoricalIsThatOfPyTorch() {
        Map<String, Tensor> golden = golden();
        Tensor logits = golden.get("categorical.param.logits");
        Categorical p = Categorical.ofLogits(logits);
        close(p.logProb(golden.get("categorical.value")), golden.get("categorical.log_prob"));
        close(p.entropy(), golden.get("categorical.entropy"));
        close(p.klTo(Categorical.ofLogits(logits.mul(0.5))), golden.get("kl.categorical"));
    }

    @Test
    void massesOfALogisticSumToOneAndMatchTheirDefinition() {
        for (double logScale : new double[] {-7, -3, 0, 3}) {
            for (double mean : new double[] {-1.2, -1, 0.003, 0.7}) {
                double[] levels = new double[256];
                Arrays.setAll(levels, i -> i / 127.5 - 1);
                DiscretizedLogistic p = DiscretizedLogistic.ofPixels(Tensor.scalar(mean), Tensor.scalar(logScale));
                double[] logs = p.logProb(Tensor.of(levels)).toDoubles();
                double sum = 0;
                for (int i = 0; i < 256; i++) {
                    sum += Math.exp(logs[i]);
                    double upper = i == 255 ? 1 : sigmoid((levels[i] + 1 / 255.0 - mean) / Math.exp(logScale));
                    double lower = i == 0 ? 0 : sigmoid((levels[i] - 1 / 255.0 - mean) / Math.exp(logScale));
                    if (upper - lower > 1e-6) {
                        assertThat(logs[i]).isCloseTo(Math.log(upper - lower), within(1e-8));
                    }
                    assertThat(logs[i]).isFinite().isLessThanOrEqualTo(0);
                }
                assertThat(sum).isCloseTo(1, within(1e-9));
            }
        }
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    @Test
    void gradientsFlowThroughNormalSamples() {
        Tensor mean = Tensor.zeros(1000).requiresGrad();
        Tensor scale = Tensor.ones(1000).requiresGrad();
        Tensor z = Normal.of(mean, scale).rsample();
        z.sum().backward();
        assertThat(mean.grad().toFloats()).containsOnly(1);
        assertThat(scale.grad().toFloats()).containsExactly(z.toFloats(), Offset.offset(1e-6f));
        assertThat(z.detach().mean().item()).isCloseTo(0, within(0.15));
        assertThat(z.detach().std(1, false).item()).isCloseTo(1, within(0.1));
        assertThat(Normal.of(mean, scale).sample().isRecorded()).isFalse();
    }

    @Test
    void divergenceToTheStandardNormalIsTheKnownFormula() {
        Tensor mean = Tensor.of(0.5, -1);
        Tensor scale = Tensor.of(2.0, 0.1);
        double[] kl = Normal.of(mean, scale).klTo(Normal.standard()).toDoubles();
        assertThat(kl[0]).isCloseTo((4 + 0.25 - 1 - Math.log(4)) / 2, within(1e-12));
        assertThat(kl[1]).isCloseTo((0.01 + 1 - 1 - Math.log(0.01)) / 2, within(1e-12));
    }

    @Test
    void samplesHaveTheirProbabilities() {
        int n = 20_000;
        Tensor logits = Tensor.of(0f, 1f, 2f);
        double[] p = logits.softmax(0).toDoubles();
        Tensor many = logits.expand(Shape.of(n, 3));
        long[] drawn = Categorical.ofLogits(many).sample().toLongs();
        double[] counts = new double[3];
        for (long each : drawn) {
            counts[(int) each] += 1.0 / n;
        }
        assertThat(counts).containsExactly(p, within(0.02));

        Tensor coin = Bernoulli.ofLogits(Tensor.full(Shape.of(n), 1, DType.FLOAT32, logits.device()))
                .sample();
        assertThat(coin.mean().item()).isCloseTo(sigmoid(1), within(0.02));

        Tensor pixels = DiscretizedLogistic.of(
                        Tensor.zeros(n), Tensor.full(Shape.of(n), -1, DType.FLOAT32, logits.device()), 5)
                .sample();
        double[] levels = pixels.toDoubles();
        double[] shares = new double[5];
        for (double level : levels) {
            shares[(int) Math.round((level + 1) * 2)] += 1.0 / n;
        }
        double[] expected = new double[5];
        DiscretizedLogistic one = DiscretizedLogistic.of(Tensor.scalar(0.0), Tensor.scalar(-1.0), 5);
        double[] logs = one.logProb(Tensor.of(-1, -0.5, 0, 0.5, 1.0)).toDoubles();
        Arrays.setAll(expected, i -> Math.exp(logs[i]));
        assertThat(shares).containsExactly(expected, within(0.02));
    }
}
