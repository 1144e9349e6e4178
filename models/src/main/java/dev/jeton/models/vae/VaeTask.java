package dev.jeton.models.vae;

import dev.jeton.data.Batch;
import dev.jeton.data.ImageSource;
import dev.jeton.models.internal.Examples;
import dev.jeton.nn.AdamOptions;
import dev.jeton.nn.AdamW;
import dev.jeton.nn.Layer;
import dev.jeton.nn.Optimizer;
import dev.jeton.nn.ParameterGroup;
import dev.jeton.torch.Device;
import dev.jeton.torch.Tensor;
import dev.jeton.train.Recorder;
import dev.jeton.train.Report;
import dev.jeton.train.Step;
import dev.jeton.train.TrainingTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Training of a {@link VaeModel} for its objective, in nats for each picture. Beside the loss it records {@code divergence},
 * in nats for each picture, and {@code bitsPerDimension}, those of the evidence lower bound for each number of a picture.
 * Validation's loss is the objective without annealing and free bits.
 */
public final class VaeTask implements TrainingTask<Batch> {
    private static final double LEARNING_RATE = 1e-3;

    /** A likelihood's scale is one number that everything waits for: it may move faster than weights. */
    private static final double SCALE_RATE = 10;

    private static final int SAMPLES = 16;
    private static final long SAMPLE_SEED = 1;

    private final VaeModel model;
    private final Examples examples;
    private final Optimizer optimizer;

    /** Makes a task for training on pictures like these. */
    public VaeTask(VaeModel model, ImageSource images) {
        this.model = model;
        this.examples = Examples.of(images);
        List<Tensor> weights = new ArrayList<>();
        List<Tensor> scales = new ArrayList<>();
        model.namedParameters()
                .forEach((name, parameter) -> (name.startsWith("likelihood.") ? scales : weights).add(parameter));
        List<ParameterGroup> groups = new ArrayList<>(List.of(ParameterGroup.of(weights)));
        if (!scales.isEmpty()) {
            groups.add(ParameterGroup.of(scales).withRateScale(SCALE_RATE));
        }
        this.optimizer = AdamW.ofGroups(groups, LEARNING_RATE, AdamOptions.defaults());
    }

    @Override
    public Layer model() {
        return model;
    }

    @Override
    public Map<String, Optimizer> optimizers() {
        return Map.of("optimizer", optimizer);
    }

    @Override
    public void step(Step<Batch> step) {
        Objective objective = model.config().objective();
        double weight = objective.weight(step.number());
        step.minimise("optimizer", batch -> {
            VaeModel.Terms terms = terms(batch);
            step.record("divergence", divergence(terms).item());
            step.record("bitsPerDimension", bitsPerDimension(terms));
            Tensor paid =
                    terms.divergence().mean(0).clampMin(objective.freeBits()).sum();
            return paid.mul(weight).sub(terms.logLikelihood().mean());
        });
    }

    @Override
    public void validate(Batch batch, Recorder scores) {
        VaeModel.Terms terms = terms(batch);
        Tensor divergence = divergence(terms);
        double beta = model.config().objective().beta();
        scores.record("loss", divergence.mul(beta).sub(terms.logLikelihood().mean()));
        scores.record("divergence", divergence);
        scores.record("bitsPerDimension", bitsPerDimension(terms));
    }

    private VaeModel.Terms terms(Batch batch) {
        Device device = model.parameters().getFirst().device();
        return model.forward(batch.pixels(device), model.config().classes() == 0 ? null : batch.labels(device));
    }

    private static Tensor divergence(VaeModel.Terms terms) {
        return terms.divergence().sum(-1).mean();
    }

    private double bitsPerDimension(VaeModel.Terms terms) {
        return -terms.evidence().mean().item()
                / Math.log(2)
                / model.config().image().bytes();
    }

    @Override
    public Object config() {
        return Vae.FOLDER.describe(model.config());
    }

    @Override
    public void report(Report report) {
        Vae vae = Vae.of(model);
        int[] labels = model.config().classes() == 0 ? new int[0] : examples.labels();
        examples.showBeside(vae.reconstruct(examples.pictures(), labels), report.section("Reconstructions"));
        examples.show("decoded from noise", vae.sample(SAMPLES, SAMPLE_SEED), report.section("Samples"));
    }
}
