package dev.jeton.models.vq;

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
 * An autoencoder that turns pictures into two grids of codes, a coarse one for the arrangement and one of twice its height
 * and width for details, and back (VQ-VAE-2, Razavi et al., 2019, arXiv 1906.00446).
 *
 * <pre>{@code
 * var vq = VqVae2.train(Mosaic.images(64, seed), VqVae2Config.defaults());
 * TwoLevelCodes codes = vq.encode(image); // 8 × 8 and 16 × 16 ints
 * BufferedImage again = vq.decode(codes);
 * }</pre>
 *
 * <p>One owner, not thread-safe.
 */
public final class VqVae2 implements AutoCloseable {
    static final ModelFolder FOLDER =
            ModelFolder.of("vqvae2", Quantization.class, Codebook.Training.class, Codebook.Start.class);

    private final VqVae2Model model;

    private VqVae2(VqVae2Model model) {
        this.model = model;
    }

    /** Returns an autoencoder of a trained model, which is put into evaluation mode. */
    public static VqVae2 of(VqVae2Model model) {
        model.eval();
        return new VqVae2(model);
    }

    /** Trains on 1,000 batches of 64 pictures, whose shape replaces that of the configuration. */
    public static VqVae2 train(ImageSource images, VqVae2Config config) {
        return train(images, config, TrainOptions.defaults().withSteps(1000));
    }

    /**
     * Trains on pictures, whose shape replaces that of the configuration. The same seed of the options gives the same
     * weights: it seeds the process's generator.
     */
    public static VqVae2 train(ImageSource images, VqVae2Config config, TrainOptions options) {
        Generator.standard().seed(options.seed());
        VqVae2Model model = VqVae2Model.of(config.withImage(images.shape()));
        Trainer.ofImages(new VqVae2Task(model, images)).train(images, options);
        return of(model);
    }

    /**
     * Opens a run folder, or what {@link #save} wrote.
     *
     * @throws dev.jeton.nn.CheckpointException if it holds no such model
     */
    public static VqVae2 load(Path folder) {
        VqVae2Model model = VqVae2Model.of(FOLDER.config(folder, VqVae2Config.class));
        FOLDER.load(folder, model);
        return of(model);
    }

    /** Writes {@code config.json} and {@code model.safetensors} to a folder. */
    public void save(Path folder) {
        FOLDER.save(folder, model.config(), model);
    }

    /** Returns the layers. */
    public VqVae2Model model() {
        return model;
    }

    /** Returns the sizes. */
    public VqVae2Config config() {
        return model.config();
    }

    /** Turns a picture into codes; one of another shape is first scaled and cut to the model's. */
    public TwoLevelCodes encode(BufferedImage picture) {
        try (var _ = Scope.open();
                var _ = Gradients.off()) {
            VqVae2Model.Levels levels = model.encode(pixels(List.of(picture)));
            return new TwoLevelCodes(
                    Codes.of(levels.top().indices().select(0, 0)),
                    Codes.of(levels.bottom().indices().select(0, 0)));
        }
    }

    /**
     * Turns codes into a picture.
     *
     * @throws IllegalArgumentException if they are not codes of this model
     */
    public BufferedImage decode(TwoLevelCodes codes) {
        CodeChecks.check(codes.top(), model.top());
        CodeChecks.check(codes.bottom(), model.bottom());
        try (var _ = Scope.open();
                var _ = Gradients.off()) {
            Tensor top = codes.top().toTensor().to(device());
            Tensor bottom = codes.bottom().toTensor().to(device());
            return PixelTensors.pictures(model.decode(top, bottom)).getFirst();
        }
    }

    /** Returns pictures as their codes have them. */
    public List<BufferedImage> reconstruct(List<BufferedImage> pictures) {
        try (var _ = Scope.open();
                var _ = Gradients.off()) {
            return PixelTensors.pictures(model.forward(pixels(pictures)).pixels());
        }
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
