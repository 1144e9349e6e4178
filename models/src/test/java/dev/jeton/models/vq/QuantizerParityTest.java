package dev.jeton.models.vq;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.torch.DType;
import dev.jeton.torch.Scope;
import dev.jeton.torch.Tensor;
import org.junit.jupiter.api.Test;

/**
 * Every quantizer against {@code vector_quantize_pytorch} 1.31.0, float64, all steps of {@code golden/quantizers}.
 *
 * <p>That library computes parts in single precision whatever it is given: codebook averages and everything that depends on
 * them (3·10⁻⁷ allows for it), gradients of finite scalars and symmetric grids (2·10⁻⁷).
 */
class QuantizerParityTest {
    private static final double EXACT = 1e-12;
    private static final double SINGLE = 3e-7;

    private static final Quantization.Vector AVERAGED = Quantization.vector(16)
            .withTraining(new Codebook.Averaged(0.8, 1e-5))
            .withStart(new Codebook.Random())
            .withReviveBelow(0);

    /** What a step gave. */
    private record Outcome(Quantized quantized, Tensor gradient) {}

    private static Quantizer build(Quantization how, int size) {
        Quantizer quantizer = Quantizer.of(how, size);
        quantizer.to(DType.FLOAT64);
        return quantizer;
    }

    /** Quantises a step's input and takes the gradient of Σ values · cotangent + loss. */
    private static Outcome run(Golden golden, int step, Quantizer quantizer) {
        Tensor x = golden.get(step, "x").copy().requiresGrad();
        Quantized quantized = quantizer.quantize(x);
        quantized
                .values()
                .mul(golden.get(step, "cotangent"))
                .sum()
                .add(quantized.loss())
                .backward();
        return new Outcome(quantized, x.grad());
    }

    private static void checkChoice(Golden golden, int step, Quantized quantized, double tolerance) {
        golden.check("indices of step " + step, quantized.indices(), golden.get(step, "indices"), 0);
        golden.check("values of step " + step, quantized.values(), golden.get(step, "quantized"), tolerance);
    }

    private static void load(Golden golden, String theirs, Quantizer quantizer, String ours) {
        Golden.set(quantizer, ours + "codebook", golden.get(theirs + "embed"));
        Golden.set(quantizer, ours + "sums", golden.get(theirs + "embed_avg"));
        Golden.set(quantizer, ours + "counts", golden.get(theirs + "cluster_size"));
    }

    private static void checkState(Golden golden, int step, String theirs, Quantizer quantizer, String ours) {
        String after = "after." + theirs + "_codebook.";
        golden.check("codebook", quantizer.state().get(ours + "codebook"), golden.get(step, after + "embed"), SINGLE);
        golden.check("sums", quantizer.state().get(ours + "sums"), golden.get(step, after + "embed_avg"), SINGLE);
        golden.check("counts", quantizer.state().get(ours + "counts"), golden.get(step, after + "cluster_size"), EXACT);
    }

    private static void checkAveraged(String name, Quantization.Vector how) {
        try (var _ = Scope.open();
                Quantizer quantizer = build(how, 8)) {
            Golden golden = Golden.read(name);
            load(golden, "init._codebook.", quantizer, "");
            for (int step = 0; step < 3; step++) {
                Outcome outcome = run(golden, step, quantizer);
                checkChoice(golden, step, outcome.quantized, SINGLE);
                golden.check("loss", outcome.quantized.loss(), golden.get(step, "loss"), SINGLE);
                golden.check("gradient", outcome.gradient, golden.get(step, "grad.x"), SINGLE);
                checkState(golden, step, "", quantizer, "");
            }
        }
    }

    @Test
    void averagedCodebook() {
        checkAveraged("vq_ema", AVERAGED);
    }

    @Test
    void averagedCodebookWithRotation() {
        checkAveraged("vq_ema_rotation", AVERAGED.withEstimator(GradientEstimator.ROTATION));
    }

    @Test
    void cosineCodebook() {
        checkAveraged("vq_cosine", AVERAGED.withMetric(Codebook.Metric.COSINE));
    }

    /** The library has one mean square for both terms: the same gradients as Jeton's two of half its value each. */
    @Test
    void learnedCodebook() {
        var how = AVERAGED.withTraining(new Codebook.Learned(0.25));
        try (var _ = Scope.open();
                Quantizer quantizer = build(how, 8)) {
            Golden golden = Golden.read("vq_learned");
            Golden.set(quantizer, "codebook", golden.get("init._codebook.embed"));
            Tensor codebook = quantizer.namedParameters().get("codebook");
            for (int step = 0; step < 3; step++) {
                codebook.clearGrad();
                Outcome outcome = run(golden, step, quantizer);
                checkChoice(golden, step, outcome.quantized, EXACT);
                golden.check("loss", outcome.quantized.loss().mul(0.5), golden.get(step, "loss"), EXACT);
                golden.check("gradient", outcome.gradient, golden.get(step, "grad.x"), EXACT);
                golden.check("codes' gradient", codebook.grad(), golden.get(step, "grad._codebook.embed"), 1e-8);
            }
        }
    }

    @Test
    void productOfTwoCodebooks() {
        try (var _ = Scope.open();
                Quantizer quantizer = build(new Quantization.Grouped(AVERAGED, 2), 8)) {
            Golden golden = Golden.read("vq_heads");
            for (int head = 0; head < 2; head++) {
                String ours = "groups." + head + ".";
                Golden.set(
                        quantizer,
                        ours + "codebook",
                        golden.get("init._codebook.embed").select(0, head));
                Golden.set(
                        quantizer,
                        ours + "sums",
                        golden.get("init._codebook.embed_avg").select(0, head));
                Golden.set(
                        quantizer,
                        ours + "counts",
                        golden.get("init._codebook.cluster_size").select(0, head));
            }
            for (int step = 0; step < 3; step++) {
                Outcome outcome = run(golden, step, quantizer);
                checkChoice(golden, step, outcome.quantized, SINGLE);
                golden.check("loss", outcome.quantized.loss(), golden.get(step, "loss"), SINGLE);
                golden.check("gradient", outcome.gradient, golden.get(step, "grad.x"), SINGLE);
                for (int head = 0; head < 2; head++) {
                    golden.check(
                            "codebook of head " + head,
                            quantizer.state().get("groups." + head + ".codebook"),
                            golden.get(step, "after._codebook.embed").select(0, head),
                            SINGLE);
                    golden.check(
                            "counts of head " + head,
                            quantizer.state().get("groups." + head + ".counts"),
                            golden.get(step, "after._codebook.cluster_size").select(0, head),
                            EXACT);
                }
            }
        }
    }

    /** The library lets the gradient pass at each level, Jeton once: it is told apart by the cotangent. */
    @Test
    void residual() {
        int levels = 3;
        try (var _ = Scope.open();
                Quantizer quantizer = build(new Quantization.Residual(AVERAGED, levels), 8)) {
            Golden golden = Golden.read("residual_vq");
            for (int level = 0; level < levels; level++) {
                load(golden, "init.layers." + level + "._codebook.", quantizer, "steps." + level + ".");
            }
            for (int step = 0; step < 3; step++) {
                Outcome outcome = run(golden, step, quantizer);
                checkChoice(golden, step, outcome.quantized, SINGLE);
                golden.check(
                        "loss",
                        outcome.quantized.loss(),
                        golden.get(step, "loss").sum(),
                        SINGLE);
                Tensor theirs =
                        outcome.gradient.add(golden.get(step, "cotangent").mul(levels - 1));
                golden.check("gradient", theirs, golden.get(step, "grad.x"), SINGLE);
                for (int level = 0; level < levels; level++) {
                    checkState(golden, step, "layers." + level + ".", quantizer, "steps." + level + ".");
                }
            }
        }
    }

    /** The library adds the groups' losses, Jeton takes their mean: a commitment of twice the weight is the same. */
    @Test
    void residualInGroups() {
        var how = new Quantization.Grouped(new Quantization.Residual(AVERAGED.withCommitment(0.5), 2), 2);
        try (var _ = Scope.open();
                Quantizer quantizer = build(how, 8)) {
            Golden golden = Golden.read("grouped_residual_vq");
            for (int group = 0; group < 2; group++) {
                for (int level = 0; level < 2; level++) {
                    load(
                            golden,
                            "init.rvqs." + group + ".layers." + level + "._codebook.",
                            quantizer,
                            "groups." + group + ".steps." + level + ".");
                }
            }
            for (int step = 0; step < 3; step++) {
                Outcome outcome = run(golden, step, quantizer);
                Tensor groupFirst =
                        outcome.quantized.indices().reshape(2, 10, 2, 2).permute(2, 0, 1, 3);
                golden.check("indices", groupFirst.contiguous(), golden.get(step, "indices"), 0);
                golden.check("values", outcome.quantized.values(), golden.get(step, "quantized"), SINGLE);
                golden.check(
                        "loss",
                        outcome.quantized.loss(),
                        golden.get(step, "loss").sum(),
                        SINGLE);
                Tensor theirs = outcome.gradient.add(golden.get(step, "cotangent"));
                golden.check("gradient", theirs, golden.get(step, "grad.x"), SINGLE);
                for (int group = 0; group < 2; group++) {
                    for (int level = 0; level < 2; level++) {
                        checkState(
                                golden,
                                step,
                                "rvqs." + group + ".layers." + level + ".",
                                quantizer,
                                "groups." + group + ".steps." + level + ".");
                    }
                }
            }
        }
    }

    private static void checkGrid(String name, Quantization.FiniteScalar how) {
        try (var _ = Scope.open();
                Quantizer quantizer = build(how, how.levels().size())) {
            Golden golden = Golden.read(name);
            Outcome outcome = run(golden, 0, quantizer);
            checkChoice(golden, 0, outcome.quantized, SINGLE);
            golden.check("gradient", outcome.gradient, golden.get(0, "grad.x"), SINGLE);
            Tensor decoded = quantizer.decode(outcome.quantized.indices());
            golden.check("decoded", decoded, golden.get(0, "quantized"), SINGLE);
        }
    }

    @Test
    void finiteScalars() {
        checkGrid("fsq_8_5_5_5", Quantization.finiteScalar(8, 5, 5, 5));
        checkGrid("fsq_3_5", Quantization.finiteScalar(3, 5));
        checkGrid("fsq_4_4_3", Quantization.finiteScalar(4, 4, 3));
        checkGrid("fsq_preserve_symmetry", Quantization.finiteScalar(8, 5, 4).withBound(ScalarBound.SYMMETRIC));
    }

    /**
     * The library lets the gradient of each level pass that was not cut off, Jeton the whole once: theirs is Jeton's times
     * the number of levels within their range.
     */
    @Test
    void residualFiniteScalars() {
        var grid = Quantization.finiteScalar(8, 5, 5, 3).withBound(ScalarBound.CLAMP);
        try (var _ = Scope.open();
                Quantizer quantizer = build(new Quantization.Residual(grid, 2), 4)) {
            Golden golden = Golden.read("residual_fsq");
            Outcome outcome = run(golden, 0, quantizer);
            checkChoice(golden, 0, outcome.quantized, SINGLE);
            Tensor levels = Tensor.of(8.0, 5, 5, 3);
            Tensor limit = levels.sub(1).reciprocal().add(1);
            Tensor whole = golden.get(0, "x").div(limit).tanh().mul(limit);
            Tensor first = build(grid, 4).decode(outcome.quantized.indices().narrow(-1, 0, 1));
            Tensor within = whole.abs().le(1).to(DType.FLOAT64);
            Tensor restWithin = whole.sub(first).mul(levels).abs().le(1).to(DType.FLOAT64);
            Tensor theirs = outcome.gradient.mul(within.add(restWithin));
            golden.check("gradient", theirs, golden.get(0, "grad.x"), SINGLE);
        }
    }

    /** The library cuts probabilities off at 10⁻⁵ in single precision before it takes logarithms; Jeton's are exact. */
    @Test
    void lookupFree() {
        try (var _ = Scope.open();
                Quantizer quantizer = build(Quantization.lookupFree().withCommitment(0), 4)) {
            Golden golden = Golden.read("lfq");
            Outcome outcome = run(golden, 0, quantizer);
            checkChoice(golden, 0, outcome.quantized, EXACT);
            golden.check("loss", outcome.quantized.loss(), golden.get(0, "loss"), 1e-7);
            golden.check("gradient", outcome.gradient, golden.get(0, "grad.x"), 3e-6);
            golden.check("decoded", quantizer.decode(outcome.quantized.indices()), golden.get(0, "quantized"), EXACT);
        }
    }

    @Test
    void simVq() {
        try (var _ = Scope.open();
                Quantizer quantizer = build(Quantization.SimVq.of(16), 8)) {
            Golden golden = Golden.read("sim_vq");
            Golden.set(quantizer, "frozen_codebook", golden.get("init.frozen_codebook"));
            Golden.set(quantizer, "code_transform.weight", golden.get("init.code_transform.weight"));
            Outcome outcome = run(golden, 0, quantizer);
            checkChoice(golden, 0, outcome.quantized, EXACT);
            golden.check("loss", outcome.quantized.loss(), golden.get(0, "loss"), EXACT);
            golden.check("gradient", outcome.gradient, golden.get(0, "grad.x"), EXACT);
            Tensor matrix = quantizer.namedParameters().get("code_transform.weight");
            golden.check("matrix's gradient", matrix.grad(), golden.get(0, "grad.code_transform.weight"), EXACT);
        }
    }

    /** Every case of the folder stands in a test above. */
    @Test
    void coversAllCases() {
        try (var _ = Scope.open()) {
            Golden.read("vq_ema"); // skips where there is no data
        }
        var cases = java.util.Arrays.stream(java.util.Objects.requireNonNull(
                        java.nio.file.Path.of(System.getProperty("jeton.shared", "shared"))
                                .resolve("golden/quantizers")
                                .toFile()
                                .list()))
                .filter(name -> name.endsWith(".safetensors"))
                .map(name -> name.replace(".safetensors", ""));
        assertThat(cases)
                .containsExactlyInAnyOrder(
                        "vq_ema",
                        "vq_ema_rotation",
                        "vq_cosine",
                        "vq_learned",
                        "vq_heads",
                        "residual_vq",
                        "grouped_residual_vq",
                        "fsq_8_5_5_5",
                        "fsq_3_5",
                        "fsq_4_4_3",
                        "fsq_preserve_symmetry",
                        "residual_fsq",
                        "lfq",
                        "sim_vq");
    }
}
