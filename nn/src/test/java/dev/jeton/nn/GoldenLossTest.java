package dev.jeton.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.jeton.torch.CrossEntropy;
import dev.jeton.torch.LossReduction;
import dev.jeton.torch.Scope;
import dev.jeton.torch.Shape;
import dev.jeton.torch.ShapeException;
import dev.jeton.torch.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Losses against PyTorch: values and gradients, float64. */
class GoldenLossTest {
    static Stream<Arguments> pairs() {
        return Stream.of(
                pair("loss_mse", Loss::mse),
                pair("loss_l1", Loss::l1),
                pair("loss_smooth_l1", Loss::smoothL1),
                pair("loss_huber", (x, t) -> Loss.huber(x, t, 0.5, LossReduction.MEAN)),
                pair("loss_bce_with_logits", Loss::bceWithLogits),
                pair("loss_kl_div", Loss::klDivergence),
                pair("loss_cosine_embedding", (a, b) -> Loss.cosineSimilarity(a, b, -1)));
    }

    private static Arguments pair(String name, BinaryOperator<Tensor> loss) {
        return Arguments.of(name, loss);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pairs")
    void ofTwoTensors(String name, BinaryOperator<Tensor> loss) {
        try (var _ = Scope.open()) {
            GoldenCase golden = GoldenCase.read(name);
            boolean cosine = name.equals("loss_cosine_embedding");
            Tensor y = loss.apply(golden.input(cosine ? "a" : "x"), golden.input(cosine ? "b" : "t"));
            golden.check(Map.of("y", y), Map.of());
        }
    }

    static Stream<Arguments> crossEntropies() {
        CrossEntropy mean = CrossEntropy.mean();
        return Stream.of(
                Arguments.of("loss_cross_entropy", mean, false),
                Arguments.of("loss_cross_entropy_sum", mean.withReduction(LossReduction.SUM), false),
                Arguments.of("loss_cross_entropy_smooth", mean.withLabelSmoothing(0.1), false),
                Arguments.of("loss_cross_entropy_weighted", mean, true));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("crossEntropies")
    void crossEntropy(String name, CrossEntropy options, boolean weighted) {
        try (var _ = Scope.open()) {
            GoldenCase golden = GoldenCase.read(name);
            Tensor targets = GoldenCase.read("loss_targets").tensors().get("targets");
            Tensor weights = Tensor.of(new double[] {1, 2, 3, 4, 5, 6, 7}, Shape.of(7));
            CrossEntropy all = weighted ? options.withWeights(weights) : options;
            golden.check(Map.of("y", Loss.crossEntropy(golden.input("x"), targets, all)), Map.of());
        }
    }

    @Test
    void negativeLogLikelihoodOfLogSoftmaxIsCrossEntropy() {
        try (var _ = Scope.open()) {
            Tensor x = GoldenCase.read("loss_cross_entropy").input("x").detach();
            Tensor targets = Tensor.of(3L, 0, 6, 5, 0, 3);
            Tensor logs = x.logSoftmax(-1);
            GoldenCase.close("nll", Loss.nll(logs, targets), Loss.crossEntropy(x, targets));
            Tensor each = Loss.nll(logs, targets, LossReduction.NONE);
            assertThat(each.shape()).isEqualTo(Shape.of(6));
            GoldenCase.close("sum", Loss.nll(logs, targets, LossReduction.SUM), each.sum());
        }
    }

    @Test
    void reductionsAgree() {
        try (var _ = Scope.open()) {
            Tensor a = Tensor.of(1.0, -2, 4);
            Tensor b = Tensor.of(0.5, 1, 4);
            assertThat(Loss.mse(a, b, LossReduction.NONE).toDoubles()).containsExactly(0.25, 9, 0);
            assertThat(Loss.mse(a, b, LossReduction.SUM).item()).isEqualTo(9.25);
            assertThat(Loss.l1(a, b).item()).isEqualTo(3.5 / 3);
            assertThat(Loss.smoothL1(a, b, 2, LossReduction.NONE).toDoubles()).containsExactly(0.0625, 2, 0);
            assertThat(Loss.huber(a, b, 2, LossReduction.NONE).toDoubles()).containsExactly(0.125, 4, 0);
        }
    }

    @Test
    void extremesStayFinite() {
        try (var _ = Scope.open()) {
            Tensor logits = Tensor.of(1000.0, -1000, 1000, -1000).requiresGrad();
            Tensor targets = Tensor.of(1.0, 0, 0, 1);
            Tensor each = Loss.bceWithLogits(logits, targets, LossReduction.NONE);
            assertThat(each.toDoubles()).containsExactly(0, 0, 1000, 1000);
            each.sum().backward();
            assertThat(logits.grad().toDoubles()).containsExactly(0, 0, 1, -1);

            Tensor p = Tensor.of(0.0, 1);
            Tensor logQ = Tensor.of(-3.0, -0.5).requiresGrad();
            Tensor divergence = Loss.klDivergence(logQ, p, LossReduction.SUM);
            assertThat(divergence.item()).isEqualTo(0.5);
            divergence.backward();
            assertThat(logQ.grad().toDoubles()).containsExactly(new double[] {0, -1}, within(0.0)); // -0 is as good
        }
    }

    @Test
    void cosineEmbeddingPullsTogetherAndApart() {
        try (var _ = Scope.open()) {
            Tensor a = Tensor.of(new double[][] {{1, 0}, {1, 0}, {1, 0}});
            Tensor b = Tensor.of(new double[][] {{0, 2}, {3, 0}, {-1, 0}});
            Tensor target = Tensor.of(1.0, -1, -1);
            // (1 - 0) + (1 - 0.25) + 0, over 3
            assertThat(Loss.cosineEmbedding(a, b, target, 0.25).item()).isEqualTo(1.75 / 3);
        }
    }

    @Test
    void shapesAreNotBroadcastInSilence() {
        try (var _ = Scope.open()) {
            Tensor column = Tensor.zeros(4, 1);
            Tensor row = Tensor.zeros(4);
            for (BinaryOperator<Tensor> loss : List.<BinaryOperator<Tensor>>of(
                    Loss::mse, Loss::l1, Loss::huber, Loss::smoothL1, Loss::bceWithLogits, Loss::klDivergence)) {
                assertThatThrownBy(() -> loss.apply(column, row))
                        .isInstanceOf(ShapeException.class)
                        .hasMessageContaining("[4, 1] ≠ [4]");
            }
            assertThatThrownBy(() -> Loss.nll(column, column)).isInstanceOf(ShapeException.class);
            assertThatThrownBy(() -> Loss.huber(row, row, 0, LossReduction.MEAN))
                    .hasMessageContaining("positive");
        }
    }
}
