package dev.jeton.nn;

import dev.jeton.torch.CrossEntropy;
import dev.jeton.torch.DType;
import dev.jeton.torch.LossReduction;
import dev.jeton.torch.Scope;
import dev.jeton.torch.Tensor;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
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
            CrossEntropy all =
                    weighted ? options.withWeights(Tensor.arange(7).add(1).to(DType.FLOAT64)) : options;
            golden.check(Map.of("y", Loss.crossEntropy(golden.input("x"), targets, all)), Map.of());
        }
    }
}
