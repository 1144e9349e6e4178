package dev.jeton.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jeton.torch.DType;
import dev.jeton.torch.DTypeException;
import dev.jeton.torch.Generator;
import dev.jeton.torch.Scope;
import dev.jeton.torch.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayerTest {
    /** The model of the guide. */
    private static final class Mlp extends Layer {
        private final Linear hidden = child("hidden", Linear.of(4, 3));
        private final Linear head = child("head", Linear.of(3, 2));

        Tensor forward(Tensor x) {
            return head.forward(hidden.forward(x).gelu());
        }
    }

    /** An embedding that is also the output's weight. */
    private static final class Tied extends Layer {
        private final Embedding embedding = child("embedding", Embedding.of(5, 3));
        private final Sequential body =
                child("body", Sequential.of(Linear.of(3, 3), Activation.relu(), BatchNorm1d.of(3)));
        private final Linear head = child("head", Linear.tied(embedding.weight()));
        private final Tensor angles = constant("angles", Tensor.of(1f, 2f));

        Tensor forward(Tensor ids) {
            return head.forward(body.forward(embedding.forward(ids)));
        }
    }

    @Test
    void namesAreThoseOfPyTorch() {
        try (var model = new Tied()) {
            assertThat(model.state().keySet())
                    .containsExactly(
                            "embedding.weight",
                            "body.0.weight",
                            "body.0.bias",
                            "body.2.weight",
                            "body.2.bias",
                            "body.2.running_mean",
                            "body.2.running_var",
                            "body.2.num_batches_tracked",
                            "head.weight");
            assertThat(model.namedParameters().keySet())
                    .containsExactly(
                            "embedding.weight", "body.0.weight", "body.0.bias", "body.2.weight", "body.2.bias");
            assertThat(model.namedBuffers()).hasSize(3);
            assertThat(model.parameterCount()).isEqualTo(15 + 9 + 3 + 3 + 3);
        }
    }

    @Test
    void tiedWeightsGetBothGradients() {
        Generator.standard().seed(4); // some units of each token must be alive behind the ReLU
        try (var _ = Scope.open();
                var model = new Tied()) {
            model.forward(Tensor.of(0L, 1, 2)).square().sum().backward();
            // ids 3 and 4 are not among the inputs: only the head reaches their rows
            double[] rows = model.embedding.weight().grad().square().sum(1).toDoubles();
            assertThat(rows).hasSize(5).doesNotContain(0);
            try (var apart = new Tied()) {
                apart.load(model.state());
                Tensor states = apart.body.forward(apart.embedding.forward(Tensor.of(0L, 1, 2)));
                states.matmul(model.embedding.weight().detach().t())
                        .square()
                        .sum()
                        .backward();
                double[] lookedUp =
                        apart.embedding.weight().grad().square().sum(1).toDoubles();
                assertThat(lookedUp[3]).isZero();
                assertThat(lookedUp[0]).isNotZero().isNotEqualTo(rows[0]);
            }
        }
    }

    @Test
    void parametersOutliveScopesAndDieWithTheModel() {
        Mlp model;
        try (var _ = Scope.open()) {
            model = new Mlp();
        }
        Tensor weight = model.hidden.weight();
        assertThat(weight.isClosed()).isFalse();
        model.close();
        assertThat(weight.isClosed()).isTrue();
    }

    @Test
    void aStateComesBackFromAFile(@TempDir Path folder) {
        try (var _ = Scope.open();
                var first = new Mlp();
                var second = new Mlp()) {
            Path file = folder.resolve("model.safetensors");
            Safetensors.write(file, first.state());
            Tensor weight = second.hidden.weight();
            try (var opened = Safetensors.open(file)) {
                second.load(opened.tensors());
            }
            assertThat(second.hidden.weight()).isSameAs(weight);
            Tensor x = Tensor.of(new float[][] {{1, 2, 3, 4}});
            assertThat(second.forward(x).toFloats())
                    .containsExactly(first.forward(x).toFloats());
        }
    }

    @Test
    void whatDoesNotFitIsListedTogetherAndNothingChanges() {
        try (var _ = Scope.open();
                var model = new Mlp()) {
            float[] before = model.hidden.weight().toFloats();
            Map<String, Tensor> stored = new HashMap<>();
            stored.put("hidden.weight", Tensor.zeros(3, 4));
            stored.put("hidden.bias", Tensor.zeros(7));
            stored.put("extra", Tensor.zeros(1));
            assertThatThrownBy(() -> model.load(stored))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessage("Mlp: the stored state does not fit: 2 missing: head.weight, head.bias; "
                            + "1 unexpected: extra; 1 mis-shaped: hidden.bias ([3] in the model, [7] stored)");
            assertThat(model.hidden.weight().toFloats()).containsExactly(before);

            StateDifference difference = model.loadMatching(stored);
            assertThat(difference.missing()).containsExactly("head.weight", "head.bias");
            assertThat(difference.unexpected()).containsExactly("extra");
            assertThat(difference.misshaped()).hasSize(1);
            assertThat(model.hidden.weight().toFloats()).containsOnly(0);
        }
    }

    @Test
    void longListsOfNamesAreCut() {
        try (var _ = Scope.open();
                var model = new Mlp()) {
            Map<String, Tensor> stored = new HashMap<>(model.state());
            for (int i = 0; i < 12; i++) {
                stored.put("extra." + i, Tensor.zeros(1));
            }
            assertThatThrownBy(() -> model.load(stored))
                    .hasMessageContaining("12 unexpected")
                    .hasMessageEndingWith(", …");
        }
    }

    @Test
    void frozenParametersStay() {
        try (var _ = Scope.open();
                var model = new Mlp()) {
            model.freeze("hidden");
            assertThat(model.trainableCount()).isEqualTo(8);
            assertThat(model.parameterCount()).isEqualTo(23);
            Optimizer optimizer = AdamW.of(model.parameters(), 0.1);
            float[] before = model.hidden.weight().toFloats();
            model.forward(Tensor.ones(2, 4)).sum().backward();
            optimizer.step();
            assertThat(model.hidden.weight().toFloats()).containsExactly(before);
            model.unfreeze("hidden.weight");
            assertThat(model.trainableCount()).isEqualTo(8 + 12);
            model.freeze();
            assertThat(model.trainableCount()).isZero();
            assertThatThrownBy(() -> model.freeze("hid"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'hid'");
        }
    }

    @Test
    void convertingKeepsIdentitiesAndWholeNumbers() {
        try (var _ = Scope.open();
                var model = new Tied()) {
            Tensor weight = model.embedding.weight();
            model.to(DType.FLOAT64);
            assertThat(model.embedding.weight()).isSameAs(weight);
            assertThat(weight.dtype()).isEqualTo(DType.FLOAT64);
            assertThat(weight.isRecorded()).isTrue();
            assertThat(model.angles.dtype()).isEqualTo(DType.FLOAT64);
            assertThat(model.state().get("body.2.num_batches_tracked").dtype()).isEqualTo(DType.INT64);
            assertThatThrownBy(() -> model.to(DType.INT32)).isInstanceOf(DTypeException.class);
        }
    }

    @Test
    void modesReachEveryLayer() {
        try (var _ = Scope.open();
                var model = Sequential.of(Residual.of(Dropout.of(0.5)), Dropout.of(0.5))) {
            Tensor x = Tensor.ones(100);
            assertThat(model.forward(x).toFloats()).contains(0);
            model.eval();
            assertThat(model.forward(x).toFloats()).containsOnly(2);
            model.train();
            assertThat(model.isTraining()).isTrue();
        }
    }

    @Test
    void dropoutByAGenerator() {
        try (var _ = Scope.open();
                Dropout one = Dropout.of(0.5, Generator.of(3));
                Dropout other = Dropout.of(0.5, Generator.of(3))) {
            Tensor x = Tensor.ones(100);
            float[] dropped = one.forward(x).toFloats();
            assertThat(dropped).contains(0, 2);
            assertThat(other.forward(x).toFloats()).isEqualTo(dropped);
            one.eval();
            assertThat(one.forward(x).toFloats()).containsOnly(1);
        }
    }

    @Test
    void temporariesDieWhenALayerReturns() {
        List<Tensor> seen = new ArrayList<>();
        Activation spy = Activation.of("spy", x -> {
            seen.add(x);
            Tensor y = x.add(1);
            seen.add(y);
            return y.mul(2);
        });
        try (var _ = Scope.open();
                var model = Sequential.of(Linear.of(4, 4), spy, Linear.of(4, 4))) {
            Tensor x = Tensor.ones(2, 4);
            Tensor y = model.forward(x);
            assertThat(seen).hasSize(2).allMatch(Tensor::isClosed);
            assertThat(x.isClosed()).isFalse();
            y.sum().backward(); // what the gradient needs, the tape holds itself
            assertThat(model.parameters()).allMatch(Tensor::hasGrad);
        }
    }

    @Test
    void takenAndEmptyNamesAreRefused() {
        assertThatThrownBy(() -> new Layer() {
                    {
                        child("a", Flatten.of());
                        child("a", Flatten.of());
                    }
                })
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'a' is taken");
        assertThatThrownBy(() -> new Layer() {
                    {
                        child("", Flatten.of());
                    }
                })
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aModelPrintsItsTree() {
        try (var model = new Tied()) {
            assertThat(model.toString()).isEqualTo("""
                            Tied                               33
                            ├─ embedding: Embedding(5 × 3)     15
                            ├─ body: Sequential                18
                            │  ├─ 0: Linear(3 → 3)             12
                            │  ├─ 1: relu
                            │  └─ 2: BatchNorm1d(3)             6
                            └─ head: Linear(3 → 5, no bias)    15""");
        }
    }

    @Test
    void averagesFollowTheParameters() {
        try (var _ = Scope.open();
                var model = Linear.of(1, 1);
                var ema = Ema.of(model, 0.75)) {
            Init.constant(1).applyTo(model.weight());
            ema.load(model.state());
            Init.constant(5).applyTo(model.weight());
            ema.update();
            try (var _ = ema.applied()) {
                assertThat(model.weight().item()).isEqualTo(2);
                assertThat(model.weight().isRecorded()).isTrue();
            }
            assertThat(model.weight().item()).isEqualTo(5);
            assertThat(ema.state().get("weight").item()).isEqualTo(2);
            assertThatThrownBy(() -> ema.load(Map.of())).isInstanceOf(CheckpointException.class);
        }
    }

    @Test
    void gradientsAreClipped() {
        try (var _ = Scope.open()) {
            Tensor a = Tensor.of(0.0, 0.0).requiresGrad();
            Tensor b = Tensor.of(0.0).requiresGrad();
            Tensor without = Tensor.of(0.0).requiresGrad();
            a.mul(Tensor.of(3.0, 0.0)).sum().add(b.mul(4).sum()).backward();
            List<Tensor> all = List.of(a, b, without);
            assertThat(GradientClipping.byNorm(all, 10).item()).isEqualTo(5);
            assertThat(b.grad().item()).isEqualTo(4);
            GradientClipping.byNorm(all, 1);
            assertThat(b.grad().item()).isCloseTo(0.8, org.assertj.core.api.Assertions.within(1e-6));
            GradientClipping.byValue(all, 0.7);
            assertThat(b.grad().item()).isEqualTo(0.7);
            assertThat(a.grad().toDoubles()[0]).isCloseTo(0.6, org.assertj.core.api.Assertions.within(1e-6));
            assertThatThrownBy(() -> GradientClipping.byNorm(all, 0)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
