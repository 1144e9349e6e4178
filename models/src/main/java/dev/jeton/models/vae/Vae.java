package dev.jeton.models.vae;

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
import dev.jeton.torch.Shape;
import dev.jeton.torch.Tensor;
import dev.jeton.train.TrainOptions;
import dev.jeton.train.Trainer;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A variational autoencoder of pictures (Kingma and Welling, 2013, arXiv 1312.6114).
 *
 * <pre>{@code
 * var vae = Vae.train(Glyphs.images(seed), VaeConfig.mlp());
 * List<BufferedImage> invented = vae.sample(16, 1);
 * List<BufferedImage> between = vae.interpolate(three, eight, 9, LatentPath.SPHERICAL);
 * }</pre>
 *
 * <p>Methods end in labels: one for each picture where the model is conditioned on classes, none where it is not.
 *
 * <p>One owner, not thread-safe.
 */
public final class Vae implements AutoCloseable {
    static final ModelFolder FOLDER = ModelFolder.of("vae", Network.class, Likelihood.class);

    private static final int MEASURED_AT_ONCE = 128;

    private final VaeModel model;

    private Vae(VaeModel model) {
        this.model = model;
    }

    /** Returns an autoencoder of a trained model, which is put into evaluation mode. */
    public static Vae of(VaeModel model) {
        model.eval();
        return new Vae(model);
    }

    /** Trains on 1,000 batches of 64 pictures, whose shape replaces that of the configuration. */
    public static Vae train(ImageSource images, VaeConfig config) {
        return train(images, config, TrainOptions.defaults().withSteps(1000));
    }

    /**
     * Trains on pictures, whose shape replaces that of the configuration. The same seed of the options gives the same
     * weights: it seeds the process's generator.
     */
    public static Vae train(ImageSource images, VaeConfig config, TrainOptions options) {
        Generator.standard().seed(options.seed());
        VaeModel model = VaeModel.of(config.withImage(images.shape()));
        model.to(options.device());
        Trainer.ofImages(new VaeTask(model, images)).train(images, options);
        return of(model);
    }

    /**
     * Opens a run folder, or what {@link #save} wrote.
     *
     * @throws dev.jeton.nn.CheckpointException if it holds no such model
     */
    public static Vae load(Path folder) {
        VaeModel model = VaeModel.of(config(folder));
        FOLDER.load(folder, model);
        return of(model);
    }

    /**
     * Returns what a run folder's {@code config.json} says of the model.
     *
     * @throws dev.jeton.nn.CheckpointException if it is not of such a model
     */
    public static VaeConfig config(Path folder) {
        return FOLDER.config(folder, VaeConfig.class);
    }

    /** Writes {@code config.json} and {@code model.safetensors} to a folder. */
    public void save(Path folder) {
        FOLDER.save(folder, model.config(), model);
    }

    /** Returns the layers. */
    public VaeModel model() {
        return model;
    }

    /** Returns the sizes. */
    public VaeConfig config() {
        return model.config();
    }

    /**
     * Returns pictures decoded from the prior.
     *
     * @param seed the same one gives the same pictures
     * @param labels one for each; none for all classes in turn
     */
    public List<BufferedImage> sample(int count, long seed, int... labels) {
        int classes = config().classes();
        int[] chosen = labels.length == 0 && classes > 0
                ? IntStream.range(0, count).map(i -> i % classes).toArray()
                : labels;
        try (var _ = Scope.open();
                var _ = Gradients.off()) {
            return PixelTensors.pictures(model.sample(count, labels(chosen), Generator.of(seed)));
        }
    }

    /** Returns pictures encoded to the posterior's means and decoded again. */
    public List<BufferedImage> reconstruct(List<BufferedImage> pictures, int... labels) {
        try (var _ = Scope.open();
                var _ = Gradients.off()) {
            Tensor means = model.encode(pixels(pictures), labels(labels)).mean();
            return PixelTensors.pictures(model.decode(means, labels(labels)));
        }
    }

    /** Returns the {@code Z} means of a picture's posterior. */
    public float[] encode(BufferedImage picture, int... label) {
        try (var _ = Scope.open();
                var _ = Gradients.off()) {
            return model.encode(pixels(List.of(picture)), labels(label)).mean().toFloats();
        }
    }

    /**
     * Returns the picture of {@code Z} latents.
     *
     * @throws IllegalArgumentException if they are more or fewer
     */
    public BufferedImage decode(float[] latents, int... label) {
        if (latents.length != config().latents()) {
            throw new IllegalArgumentException(
                    "decode: the model has " + config().latents() + " latents, got " + latents.length);
        }
        try (var _ = Scope.open();
                var _ = Gradients.off()) {
            Tensor one = Tensor.of(latents, Shape.of(1, latents.length)).to(device());
            return PixelTensors.pictures(model.decode(one, labels(label))).getFirst();
        }
    }

    /**
     * Returns pictures on the way from one to another, both included.
     *
     * @param count how many, at least 2
     * @param label the one of both, where the model is conditioned on classes
     */
    public List<BufferedImage> interpolate(
            BufferedImage from, BufferedImage to, int count, LatentPath path, int... label) {
        if (count < 2) {
            throw new IllegalArgumentException("interpolate: there must be at least 2 pictures, got " + count);
        }
        float[] start = encode(from, label);
        float[] end = encode(to, label);
        return IntStream.range(0, count)
                .mapToObj(i -> decode(path.at(start, end, i / (count - 1.0)), label))
                .toList();
    }

    /**
     * Returns an upper bound of the bits that each number of a picture costs: {@code -log₂ p(x) / (C · H · W)}, averaged.
     *
     * @param samples how many latents are drawn for each picture: the more, the tighter
     */
    public double bitsPerDimension(ImageSource images, int samples) {
        double nats = 0;
        long count = 0;
        for (Batch batch : Batches.of(images, BatchOptions.of(MEASURED_AT_ONCE))) {
            try (var _ = Scope.open();
                    var _ = Gradients.off()) {
                Tensor labels = config().classes() == 0 ? null : batch.labels(device());
                nats -= model.importanceWeighted(batch.pixels(device()), labels, samples)
                        .sum()
                        .item();
                count += batch.size();
            }
        }
        return nats / Math.log(2) / count / config().image().bytes();
    }

    /**
     * What pictures cost and how well they come back.
     *
     * @param pictures how many were looked at
     * @param bitsPerDimension of the evidence lower bound: {@code -log₂ p(x) / (C · H · W)} is at most this
     * @param divergence of the posterior from the prior, in nats for each picture
     * @param error the mean squared error of pixels from 0 to 1, decoded from the posterior's means
     */
    public record Scores(long pictures, double bitsPerDimension, double divergence, double error) {}

    /**
     * Encodes and decodes all pictures of a source and says how well that went.
     *
     * @throws IllegalArgumentException if their shape is not the model's
     */
    public Scores evaluate(ImageSource images) {
        PixelTensors.checkShape(images.shape(), config().image());
        double nats = 0;
        double divergence = 0;
        double error = 0;
        for (Batch batch : Batches.of(images, BatchOptions.of(MEASURED_AT_ONCE))) {
            try (var _ = Scope.open();
                    var _ = Gradients.off()) {
                Tensor labels = config().classes() == 0 ? null : batch.labels(device());
                Tensor pixels = batch.pixels(device());
                VaeModel.Terms terms = model.forward(pixels, labels);
                nats -= terms.evidence().sum().item();
                divergence += terms.divergence().sum().item();
                Tensor decoded = model.decode(model.encode(pixels, labels).mean(), labels);
                error += decoded.meanSquaredError(pixels).item() * batch.size();
            }
        }
        double count = images.size();
        double bits = nats / Math.log(2) / config().image().bytes();
        return new Scores(images.size(), bits / count, divergence / count, error / count);
    }

    private @Nullable Tensor labels(int[] labels) {
        int classes = config().classes();
        if (classes == 0 && labels.length == 0) {
            return null;
        }
        for (int label : labels) {
            if (label < 0 || label >= classes) {
                throw new IllegalArgumentException(
                        "labels: the model has " + classes + " classes, numbered from 0, got " + label);
            }
        }
        return Tensor.of(IntStream.of(labels).asLongStream().toArray()).to(device());
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
