package dev.jeton.torch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Penalties on gradients and Hessian-vector products of small networks beside PyTorch's in float64. */
class GradientPenaltyParityTest {
    private static final double TOLERANCE = 1e-9;

    /** Named weights that ask for gradients. */
    private static final class Weights {
        private final TreeMap<String, Tensor> named = new TreeMap<>();

        static Weights read(Golden golden, String prefix, String... names) {
            Weights weights = new Weights();
            for (String name : names) {
                weights.named.put(name, golden.tensor(prefix + name).requiresGrad());
            }
            return weights;
        }

        Tensor of(String name) {
            Tensor found = named.get(name);
            if (found == null) {
                throw new AssertionError("no weight " + name);
            }
            return found;
        }

        Tensor linear(Tensor x, int layer) {
            return x.linear(of("w" + layer), of("b" + layer));
        }

        List<Tensor> all() {
            return List.copyOf(named.values());
        }
    }

    private interface Network {
        Tensor of(Weights w, Tensor x);
    }

    private static Network mlp(Formula activation) {
        return (w, x) -> w.linear(activation.of(w.linear(activation.of(w.linear(x, 1)), 2)), 3);
    }

    private static Arguments penalty(String name, Network network, String... weights) {
        return Arguments.of(name, network, weights);
    }

    private static final String[] MLP = {"w1", "b1", "w2", "b2", "w3", "b3"};
    private static final String[] NORMED = {"w1", "b1", "lw", "lb", "w2", "b2", "w3", "b3"};

    static Stream<Arguments> penalties() {
        Convolution halving = Convolution.defaults().withStride(2).withPadding(1);
        return Stream.of(
                penalty("mlp_tanh", mlp(x -> x[0].tanh()), MLP),
                penalty("mlp_silu", mlp(x -> x[0].silu()), MLP),
                penalty("mlp_gelu", mlp(x -> x[0].gelu()), MLP),
                penalty("mlp_gelu_tanh", mlp(x -> x[0].geluTanh()), MLP),
                penalty("mlp_softplus", mlp(x -> x[0].softplus()), MLP),
                penalty("mlp_sigmoid", mlp(x -> x[0].sigmoid()), MLP),
                penalty("mlp_elu", mlp(x -> x[0].elu(1)), MLP),
                penalty("mlp_leaky_relu", mlp(x -> x[0].leakyRelu(0.2)), MLP),
                penalty("mlp_mish", mlp(x -> x[0].mish()), MLP),
                penalty(
                        "mlp_layernorm",
                        (w, x) -> {
                            Tensor h = w.linear(x, 1).silu().layerNorm(Shape.of(7), w.of("lw"), w.of("lb"), 1e-5);
                            return w.linear(w.linear(h, 2).tanh(), 3);
                        },
                        NORMED),
                penalty(
                        "mlp_batchnorm",
                        (w, x) -> {
                            Tensor h = w.linear(x, 1)
                                    .silu()
                                    .batchNorm(new Statistics.OfBatch(), w.of("lw"), w.of("lb"), 1e-5);
                            return w.linear(w.linear(h, 2).tanh(), 3);
                        },
                        NORMED),
                penalty(
                        "conv",
                        (w, x) -> {
                            Tensor h = x.conv2d(w.of("w1"), w.of("b1"), halving).leakyRelu(0.2);
                            h = h.conv2d(w.of("w2"), w.of("b2"), halving).leakyRelu(0.2);
                            return w.linear(h.flatten(1, -1), 3);
                        },
                        MLP));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("penalties")
    void wassersteinPenalty(String name, Network network, String[] names) {
        Golden golden = Golden.read("penalties.safetensors");
        String data = name.equals("conv") ? "conv." : "mlp.";
        try (var _ = Scope.open()) {
            Weights w = Weights.read(golden, data, names);
            Tensor real = golden.tensor(data + "real").requiresGrad();
            Tensor fake = golden.tensor(data + "fake").requiresGrad();
            Tensor u = golden.tensor(data + "u");
            Tensor between = u.mul(real).add(u.neg().add(1).mul(fake));
            golden.same(name + ".x_hat", between, TOLERANCE);
            Tensor score = network.of(w, between);
            golden.same(name + ".score_hat", score.squeeze(1), TOLERANCE);
            Tensor slope = Gradients.of(score.sum(), between, Graph.RECORD);
            golden.same(name + ".input_grad", slope, TOLERANCE);
            Tensor norms = slope.flatten(1, -1).norm(false, 1);
            golden.same(name + ".norms", norms, TOLERANCE);

            Tensor penalty = norms.sub(1).square().mean();
            List<Tensor> inputs = new ArrayList<>(w.all());
            inputs.add(real);
            inputs.add(fake);
            List<Tensor> gradients = Gradients.of(penalty, inputs, Graph.RETAIN);
            int i = 0;
            for (String weight : w.named.keySet()) {
                golden.same(name + ".gp_grad." + weight, gradients.get(i++), TOLERANCE);
            }
            golden.same(name + ".gp_grad_real", gradients.get(i), TOLERANCE);
            golden.same(name + ".gp_grad_fake", gradients.get(i + 1), TOLERANCE);

            Tensor total =
                    network.of(w, fake).mean().sub(network.of(w, real).mean()).add(penalty.mul(10));
            gradients = Gradients.of(total, w.all(), Graph.FREE);
            i = 0;
            for (String weight : w.named.keySet()) {
                golden.same(name + ".total_grad." + weight, gradients.get(i++), TOLERANCE);
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("penalties")
    void penaltyAtRealData(String name, Network network, String[] names) {
        Golden golden = Golden.read("penalties.safetensors");
        String data = name.equals("conv") ? "conv." : "mlp.";
        try (var _ = Scope.open()) {
            Weights w = Weights.read(golden, data, names);
            Tensor real = golden.tensor(data + "real").requiresGrad();
            Tensor slope = Gradients.of(network.of(w, real).sum(), real, Graph.RECORD);
            golden.same(name + ".r1_input_grad", slope, TOLERANCE);
            Tensor penalty = slope.square().flatten(1, -1).sum(1).mean().mul(0.5 * 10);
            List<Tensor> inputs = new ArrayList<>(w.all());
            inputs.add(real);
            List<Tensor> gradients = Gradients.of(penalty, inputs, Graph.FREE);
            int i = 0;
            for (String weight : w.named.keySet()) {
                golden.same(name + ".r1_grad." + weight, gradients.get(i++), TOLERANCE);
            }
            golden.same(name + ".r1_grad.real", gradients.get(i), TOLERANCE);
        }
    }

    // ---- Hessians
    // ----------------------------------------------------------------------------------------------------

    private interface Loss {
        Tensor of(Weights w, Map<String, Tensor> data);
    }

    private static Tensor data(Map<String, Tensor> data, String name) {
        Tensor found = data.get(name);
        if (found == null) {
            throw new AssertionError("no data " + name);
        }
        return found;
    }

    static Stream<Arguments> losses() {
        Loss mlp =
                (w, d) -> w.linear(w.linear(data(d, "x"), 1).tanh(), 2).crossEntropy(data(d, "y"), CrossEntropy.mean());
        Loss normed = (w, d) -> {
            Tensor h = w.linear(data(d, "x"), 1).layerNorm(Shape.of(5), w.of("g"), w.of("beta"), 1e-5);
            return w.linear(h.gelu(), 2)
                    .crossEntropy(data(d, "y"), CrossEntropy.mean().withLabelSmoothing(0.1));
        };
        Convolution same = Convolution.defaults().withPadding(1);
        Loss cnn = (w, d) -> {
            Tensor h = data(d, "x")
                    .conv2d(w.of("w1"), w.of("b1"), same)
                    .batchNorm(new Statistics.OfBatch(), w.of("g"), w.of("beta"), 1e-5)
                    .silu();
            h = h.convTranspose2d(w.of("wt"), w.of("bt"), same.withStride(2));
            return w.linear(h.mean(2, 3), 2).crossEntropy(data(d, "y"), CrossEntropy.mean());
        };
        Loss transformer = (w, d) -> {
            Tensor h = w.of("emb").embedding(data(d, "ids")).add(w.of("pos"));
            Tensor n = h.layerNorm(Shape.of(4), w.of("g"), w.of("beta"), 1e-5);
            Tensor attended = n.matmul(w.of("wq"))
                    .scaledDotProductAttention(
                            n.matmul(w.of("wk")),
                            n.matmul(w.of("wv")),
                            Attention.causally().withScale(0.5));
            h = h.add(attended.matmul(w.of("wo")));
            h = h.add(h.matmul(w.of("w1")).add(w.of("b1")).gelu().matmul(w.of("w2")));
            return h.matmul(w.of("emb").t())
                    .reshape(-1, 6)
                    .crossEntropy(data(d, "targets").reshape(-1), CrossEntropy.mean());
        };
        return Stream.of(
                Arguments.of("mlp_ce", mlp),
                Arguments.of("mlp_ln_gelu_ce", normed),
                Arguments.of("cnn_bn_ce", cnn),
                Arguments.of("transformer_ce", transformer));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("losses")
    void hessianVectorProduct(String name, Loss model) {
        Golden golden = Golden.read("hvp.safetensors");
        try (var _ = Scope.open()) {
            String[] names = golden.names().stream()
                    .filter(full -> full.startsWith(name + ".w."))
                    .map(full -> full.substring(name.length() + 3))
                    .toArray(String[]::new);
            Weights w = Weights.read(golden, name + ".w.", names);
            Map<String, Tensor> data = new TreeMap<>();
            golden.names().stream()
                    .filter(full -> full.startsWith(name + ".data."))
                    .forEach(full -> data.put(full.substring(name.length() + 6), golden.tensor(full)));
            Tensor loss = model.of(w, data);
            List<Tensor> gradients = Gradients.of(loss, w.all(), Graph.RECORD);
            Tensor along = Tensor.scalar(0.0);
            Tensor size = Tensor.scalar(0.0);
            int i = 0;
            for (String weight : w.named.keySet()) {
                Tensor g = gradients.get(i++);
                golden.same(name + ".grad." + weight, g, TOLERANCE);
                along = along.add(g.mul(golden.tensor(name + ".v." + weight)).sum());
                size = size.add(g.square().sum());
            }
            List<Tensor> products = Gradients.of(along, w.all(), Graph.RETAIN);
            List<Tensor> penalised = Gradients.of(loss.add(size.mul(0.1)), w.all(), Graph.FREE);
            i = 0;
            for (String weight : w.named.keySet()) {
                golden.same(name + ".hv." + weight, products.get(i), TOLERANCE);
                golden.same(name + ".norm_penalty_grad." + weight, penalised.get(i++), TOLERANCE);
            }
        }
    }
}
