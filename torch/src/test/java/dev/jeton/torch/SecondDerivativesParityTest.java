package dev.jeton.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Values, first and second derivatives of 67 operators beside PyTorch's in float64: L = Σ r·op(x), then s = Σ v·∂L/∂x is
 * differentiated by every x and by r.
 */
class SecondDerivativesParityTest {
    private static final double TOLERANCE = 1e-9;

    /** An operator on the inputs and constants of its case. */
    private interface Case {
        Tensor of(Map<String, Tensor> x);
    }

    private static Case unary(Formula f) {
        return x -> f.of(get(x, "x"));
    }

    private static Case binary(Formula f) {
        return x -> f.of(get(x, "a"), get(x, "b"));
    }

    private static Case affine(Formula f) {
        return x -> f.of(get(x, "x"), get(x, "w"), get(x, "b"));
    }

    private static Tensor get(Map<String, Tensor> x, String name) {
        Tensor found = x.get(name);
        if (found == null) {
            throw new AssertionError("the case has no " + name);
        }
        return found;
    }

    private static Shape lastOf(Tensor x, int dimensions) {
        long[] sizes = x.shape().sizes();
        return Shape.of(Arrays.copyOfRange(sizes, sizes.length - dimensions, sizes.length));
    }

    private static final Map<String, Case> CASES = new TreeMap<>();

    static {
        CASES.put("layer_norm", affine(x -> x[0].layerNorm(lastOf(x[0], 1), x[1], x[2], 1e-5)));
        CASES.put("layer_norm_2d", unary(x -> x[0].layerNorm(lastOf(x[0], 2), null, null, 1e-3)));
        CASES.put("rms_norm", x -> get(x, "x").rmsNorm(lastOf(get(x, "x"), 1), get(x, "w"), 1e-6));
        CASES.put("group_norm", affine(x -> x[0].groupNorm(2, x[1], x[2], 1e-5)));
        CASES.put("instance_norm", affine(x -> x[0].instanceNorm(x[1], x[2], 1e-5)));
        CASES.put("batch_norm_train", affine(x -> x[0].batchNorm(new Statistics.OfBatch(), x[1], x[2], 1e-5)));
        CASES.put("batch_norm_1d_train", affine(x -> x[0].batchNorm(new Statistics.OfBatch(), x[1], x[2], 1e-3)));
        CASES.put(
                "batch_norm_eval",
                x -> get(x, "x")
                        .batchNorm(new Statistics.Given(get(x, "rm"), get(x, "rv")), get(x, "w"), get(x, "b"), 1e-5));

        CASES.put("softmax", unary(x -> x[0].softmax(-1)));
        CASES.put("softmax_dim1", unary(x -> x[0].softmax(1)));
        CASES.put("log_softmax", unary(x -> x[0].logSoftmax(-1)));
        CASES.put("logsumexp", unary(x -> x[0].logSumExp(false, -1)));

        CASES.put("linear", affine(x -> x[0].linear(x[1], x[2])));
        CASES.put("bmm", binary(x -> x[0].bmm(x[1])));
        CASES.put("einsum", x -> Products.einsum("bij,bjk,k->bi", get(x, "a"), get(x, "b"), get(x, "c")));
        Convolution plain = Convolution.defaults();
        CASES.put("conv1d", affine(x -> x[0].conv1d(x[1], x[2], plain.withPadding(2))));
        CASES.put(
                "conv2d",
                affine(x -> x[0].conv2d(x[1], x[2], plain.withStride(2).withPadding(1))));
        CASES.put(
                "conv2d_groups_dilation",
                affine(x -> x[0].conv2d(
                        x[1],
                        x[2],
                        plain.withGroups(2).withDilation(2).withPadding(2, 1).withStride(1, 2))));
        CASES.put(
                "conv_transpose2d",
                affine(x -> x[0].convTranspose2d(
                        x[1], x[2], plain.withStride(2).withPadding(1).withOutputPadding(1))));
        CASES.put(
                "conv_transpose2d_groups",
                affine(x -> x[0].convTranspose2d(
                        x[1], x[2], plain.withGroups(2).withDilation(2).withPadding(1))));
        CASES.put(
                "attention_causal",
                x -> get(x, "q").scaledDotProductAttention(get(x, "k"), get(x, "v"), Attention.causally()));
        CASES.put(
                "attention_cross",
                x -> get(x, "q").scaledDotProductAttention(get(x, "k"), get(x, "v"), Attention.full()));
        CASES.put("embedding", x -> get(x, "w").embedding(get(x, "ids")).tanh());
        CASES.put(
                "embedding_times_linear",
                x -> get(x, "w").embedding(get(x, "ids")).matmul(get(x, "m")).tanh());

        CASES.put("act_tanh", unary(x -> x[0].tanh()));
        CASES.put("act_sigmoid", unary(x -> x[0].sigmoid()));
        CASES.put("act_silu", unary(x -> x[0].silu()));
        CASES.put("act_gelu_erf", unary(x -> x[0].gelu()));
        CASES.put("act_gelu_tanh", unary(x -> x[0].geluTanh()));
        CASES.put("act_softplus", unary(x -> x[0].softplus()));
        CASES.put("act_softplus_beta2_thr3", unary(x -> x[0].softplus(2, 3)));
        CASES.put("act_leaky_relu_02", unary(x -> x[0].leakyRelu(0.2)));
        CASES.put("act_relu", unary(x -> x[0].relu()));
        CASES.put("act_elu", unary(x -> x[0].elu(1)));
        CASES.put("act_selu", unary(x -> x[0].selu()));
        CASES.put("act_mish", unary(x -> x[0].mish()));
        CASES.put("act_logsigmoid", unary(x -> x[0].logSigmoid()));
        CASES.put("act_exp", unary(x -> x[0].exp()));
        CASES.put("act_sin", unary(x -> x[0].sin()));
        CASES.put("act_erf", unary(x -> x[0].erf()));
        CASES.put("act_softsign", unary(x -> x[0].softsign()));
        CASES.put("act_hardtanh", unary(x -> x[0].hardtanh(-1, 1)));
        CASES.put("act_abs", unary(x -> x[0].abs()));

        CASES.put("div", binary(x -> x[0].div(x[1])));
        CASES.put("pow3", unary(x -> x[0].pow(3)));
        CASES.put("pow_tensor", binary(x -> x[0].pow(x[1])));
        CASES.put("sqrt", unary(x -> x[0].sqrt()));
        CASES.put("rsqrt", unary(x -> x[0].rsqrt()));
        CASES.put("log", unary(x -> x[0].log()));
        CASES.put("mul_broadcast", binary(x -> x[0].mul(x[1])));
        CASES.put("l2_norm", unary(x -> x[0].norm(false, 1)));
        CASES.put("var", unary(x -> x[0].variance(1, false, -1)));
        CASES.put("mean_dims", unary(x -> x[0].square().mean(0, 2)));
        CASES.put("prod", unary(x -> x[0].prod(-1)));
        CASES.put("clamp", unary(x -> x[0].tanh().mul(2).clamp(-1, 1)));
        CASES.put("cumsum", unary(x -> x[0].square().cumsum(1)));
        CASES.put("gather", x -> get(x, "x").tanh().gather(1, get(x, "idx")));
        CASES.put(
                "cat_slice",
                binary(x -> Tensor.cat(
                        List.of(x[0].tanh().slice(1, 1, 4), x[0].slice(1, 0, 2).mul(x[1].slice(1, 0, 4, 2))), 1)));
        CASES.put("pad_reflect", unary(x -> x[0].tanh().pad(Padding.REFLECT, 1, 1, 1, 1)));

        CASES.put("max_pool2d", unary(x -> x[0].tanh().maxPool2d(2)));
        CASES.put(
                "avg_pool2d",
                unary(x -> x[0].tanh().avgPool2d(Window.of(3).withStride(2).withPadding(1))));
        CASES.put("interp_bilinear", unary(x -> x[0].tanh().upsample2d(2, Interpolation.LINEAR)));
        CASES.put("interp_nearest", unary(x -> x[0].tanh().upsample2d(2, Interpolation.NEAREST)));

        CASES.put(
                "cross_entropy",
                x -> get(x, "x").crossEntropy(get(x, "tgt"), CrossEntropy.mean().withLabelSmoothing(0.1)));
        CASES.put(
                "bce_with_logits",
                x -> get(x, "x").softplus().sub(get(x, "x").mul(get(x, "y"))).mean());
        CASES.put("mse", binary(x -> x[0].sub(x[1]).square().mean()));
        CASES.put("smooth_l1", binary(x -> {
            Tensor distance = x[0].sub(x[1]).abs();
            return distance.lt(0.5).where(distance.square(), distance.sub(0.25)).sum();
        }));
    }

    static Stream<String> cases() {
        return CASES.keySet().stream();
    }

    @Test
    void everyCaseIsCovered() {
        TreeSet<String> there = Golden.read("ops.safetensors").names().stream()
                .map(name -> name.split("\\.")[1])
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(CASES.keySet()).isEqualTo(there).hasSize(67);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void derivatives(String name) {
        Golden golden = Golden.read("ops.safetensors");
        String prefix = "op." + name + ".";
        Case operator = CASES.get(name);
        assertThat(operator).isNotNull();
        try (var _ = Scope.open()) {
            Map<String, Tensor> operands = new TreeMap<>();
            List<String> inputs = new ArrayList<>();
            for (String full : golden.names()) {
                if (full.startsWith(prefix + "input.")) {
                    String input = full.substring(prefix.length() + 6);
                    inputs.add(input);
                    operands.put(input, golden.tensor(full).requiresGrad());
                } else if (full.startsWith(prefix + "const.")) {
                    operands.put(full.substring(prefix.length() + 6), golden.tensor(full));
                }
            }
            Tensor y = operator.of(operands);
            golden.same(prefix + "out", y, TOLERANCE);

            Tensor r = golden.tensor(prefix + "r").requiresGrad();
            List<Tensor> leaves = new ArrayList<>();
            inputs.forEach(input -> leaves.add(get(operands, input)));
            List<Tensor> gradients = Gradients.of(y.mul(r).sum(), leaves, Graph.RECORD);
            Tensor s = Tensor.scalar(0.0);
            for (int i = 0; i < leaves.size(); i++) {
                golden.same(prefix + "grad." + inputs.get(i), gradients.get(i), TOLERANCE);
                s = s.add(gradients
                        .get(i)
                        .mul(golden.tensor(prefix + "v." + inputs.get(i)))
                        .sum());
            }
            leaves.add(r);
            inputs.add("r");
            List<Tensor> second = Gradients.of(s, leaves, Graph.FREE);
            for (int i = 0; i < leaves.size(); i++) {
                golden.same(prefix + "second." + inputs.get(i), second.get(i), TOLERANCE);
            }
        }
    }
}
