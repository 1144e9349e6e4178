package dev.jeton.models.vq;

import dev.jeton.data.Batch;
import dev.jeton.data.ImageSource;
import dev.jeton.models.internal.Examples;
import dev.jeton.nn.AdamW;
import dev.jeton.nn.Layer;
import dev.jeton.nn.Optimizer;
import dev.jeton.torch.Tensor;
import dev.jeton.train.Recorder;
import dev.jeton.train.Report;
import dev.jeton.train.Step;
import dev.jeton.train.TrainingTask;
import java.util.Map;

/**
 * Training of a {@link VqVae2Model}: the squared error of the pixels, divided by the data's variance, plus both quantizers'
 * losses. Beside the loss it records {@code error}, the mean squared error, and the perplexity of each level's codes in a
 * batch.
 */
public final class VqVae2Task implements TrainingTask<Batch> {
    private static final double LEARNING_RATE = 1e-3;

    private final VqVae2Model model;
    private final double variance;
    private final Examples examples;
    private final Optimizer optimizer;

    /** Makes a task for training on pictures like these. */
    public VqVae2Task(VqVae2Model model, ImageSource images) {
        this.model = model;
        this.variance = PixelVariance.of(images);
        this.examples = Examples.of(images);
        this.optimizer = AdamW.of(model.parameters(), LEARNING_RATE);
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
        step.minimise("optimizer", batch -> loss(batch, step::record));
    }

    @Override
    public void validate(Batch batch, Recorder scores) {
        scores.record("loss", loss(batch, scores::record));
    }

    private interface Score {
        void record(String name, double value);
    }

    private Tensor loss(Batch batch, Score record) {
        Tensor pixels = batch.pixels(model.parameters().getFirst().device());
        VqVae2Model.Reconstruction made = model.forward(pixels);
        Quantized top = made.levels().top();
        Quantized bottom = made.levels().bottom();
        Tensor error = made.pixels().meanSquaredError(pixels);
        record.record("error", error.item());
        record.record(
                "topPerplexity", CodeUsage.of(model.top()).add(top.indices()).perplexity());
        record.record(
                "bottomPerplexity",
                CodeUsage.of(model.bottom()).add(bottom.indices()).perplexity());
        return error.div(variance).add(top.loss()).add(bottom.loss());
    }

    @Override
    public Object config() {
        return VqVae2.FOLDER.describe(model.config());
    }

    @Override
    public void report(Report report) {
        examples.showBeside(VqVae2.of(model).reconstruct(examples.pictures()), report.section("Reconstructions"));
    }
}
