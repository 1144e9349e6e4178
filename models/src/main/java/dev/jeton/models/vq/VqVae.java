package dev.jeton.models.vq;

import dev.jeton.data.Batch;
import dev.jeton.data.BatchOptions;
import dev.jeton.data.Batches;
import dev.jeton.data.ImageSource;
import dev.jeton.models.internal.ModelFolder;
import dev.jeton.models.internal.PixelTensors;
import dev.jeton.torch.Device;
import dev.jeton.torch.Generator;
import dev.jeton.torch.Gradients;
import dev.jeton.torch.Scope;
import dev.jeton.torch.Tensor;
import dev.jeton.train.TrainOptions;
import dev.jeton.train.Trainer;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;

/**
 * An autoencoder that turns pictures into grids of codes and back (VQ-VAE, van den Oord et al., 2017, arXiv 1711.00937).
 *
 * <pre>{@code
 * var vq = VqVae.train(Mosaic.images(32, seed), VqVaeConfig.defaults().withCodes(512));
 * Codes codes = vq.encode(image); // an 8 × 8 grid of ints
 * BufferedImage again = vq.decode(codes);
 * }</pre>
 *
 * <p>One owner, not thread-safe.
 */
public final class VqVae implements AutoCloseable {
    static final ModelFolder FOLDER =
            ModelFolder.of("vqvae", Quantization.class, Codebook.Training.class, Codebook.Start.class);

    private static final int EVALUATED_AT_ONCE = 128;

    private final VqVaeModel model;

    private VqVae(VqVaeModel model) {
        this.model = model;
    }

    /** Returns an autoencoder of a trained model, which is put into evaluation mode. */
    public static VqVae of(VqVaeModel model) {
        model.eval();
        return new VqVae(model);
    }

    /** Trains on 1,000 batches of 64 pictures, whose shape replaces that of the configuration. */
    public static VqVae train(ImageSource images, VqVaeConfig config) {
        return train(images, config, TrainOptions.defaults().withSteps(1000));
    }

    /**
     * Trains on pictures, whose shape replaces that of the configuration. The same seed of the options gives the same
     * weights: it seeds the process's generator.
     */
    public static VqVae train(ImageSource images, VqVaeConfig config, TrainOptions options) {
        Generator.standard().seed(options.seed());
        VqVaeModel model = VqVaeModel.of(config.withImage(images.shape()));
        model.to(options.device());
        Trainer.ofImages(new VqVaeTask(model, images)).train(images, options);
        return of(model);
    }

    /**
     * Opens a run folder, or what {@link #save} wrote.
     *
     * @throws dev.jeton.nn.CheckpointException if it holds no such model
     */
    public static VqVae load(Path folder) {
        VqVaeModel model = VqVaeModel.of(config(folder));
        FOLDER.load(folder, model);
        return of(model);
    }

    /**
     * Returns what a run folder's {@code config.json} says of the model.
     *
     * @throws dev.jeton.nn.CheckpointException if it is not of such a model
     */
    public static VqVaeConfig config(Path folder) {
        return FOLDER.config(folder, VqVaeConfig.class);
    }

    /** Writes {@code config.json} and {@code model.safetensors} to a folder. */
    public void save(Path folder) {
        FOLDER.save(folder, model.config(), model);
    }

    /** Returns the layers. */
    public VqVaeModel model() {
        return model;
    }

    /** Returns the sizes. */
    public VqVaeConfig config() {
        return model.config();
    }

    /** Turns a picture into codes; one of another shape is first scaled and cut to the model's. */
    public Codes encode(BufferedImage picture) {
        try (var _ = Scope.open();
                var _ = Gradients.off()) {
            return Codes.of(model.encode(pixels(List.of(picture))).indices().select(0, 0));
        }
    }

    /**
     * Turns codes into a picture.
     *
     * @throws IllegalArgumentException if they are not codes of this model
     */
    public BufferedImage decode(Codes codes) {
        CodeChecks.check(codes, model.quantizer());
        try (var _ = Scope.open();
                var _ = Gradients.off()) {
            Tensor indices = codes.toTensor().to(device());
            return PixelTensors.pictures(model.decode(indices)).getFirst();
        }
    }

    /** Returns pictures as their codes have them. */
    public List<BufferedImage> reconstruct(List<BufferedImage> pictures) {
        try (var _ = Scope.open();
                var _ = Gradients.off()) {
            return PixelTensors.pictures(model.forward(pixels(pictures)).pixels());
        }
    }

    /**
     * How well pictures come back.
     *
     * @param pictures how many were looked at
     * @param error the mean squared error of pixels from 0 to 1
     * @param perplexity how many equally used codes would be as hard to guess: see {@link CodeUsage#perplexity}
     * @param used the share of the codes that were chosen at least once
     */
    public record Scores(long pictures, double error, double perplexity, double used) {}

    /**
     * Reconstructs all pictures of a source and says how well that went.
     *
     * @throws IllegalArgumentException if their shape is not the model's
     */
    public Scores evaluate(ImageSource images) {
        PixelTensors.checkShape(images.shape(), config().image());
        CodeUsage usage = CodeUsage.of(model.quantizer());
        double error = 0;
        for (Batch batch : Batches.of(images, BatchOptions.of(EVALUATED_AT_ONCE))) {
            try (var _ = Scope.open();
                    var _ = Gradients.off()) {
                Tensor pixels = batch.pixels(device());
                VqVaeModel.Reconstruction made = model.forward(pixels);
                usage.add(made.quantized().indices());
                error += made.pixels().meanSquaredError(pixels).item() * batch.size();
            }
        }
        return new Scores(images.size(), error / images.size(), usage.perplexity(), usage.used());
    }

    private Tensor pixels(List<BufferedImage> pictures) {
        return PixelTensors.of(pictures, config().image(), device());
    }

    private Device device() {
        return model.parameters().getFirst().device();
    }

    /** Frees the weights. */
    @Override
    public void close() {
        model.close();
    }
}
