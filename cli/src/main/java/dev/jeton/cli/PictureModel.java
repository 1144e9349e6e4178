package dev.jeton.cli;

import dev.jeton.data.ImageShape;
import dev.jeton.data.ImageSource;
import dev.jeton.models.vae.Vae;
import dev.jeton.models.vq.VqVae;
import dev.jeton.train.RunFolder;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A trained model of pictures of whichever family a run folder holds. */
sealed interface PictureModel extends AutoCloseable {
    /** A VQ-VAE. */
    record Discrete(VqVae model) implements PictureModel {
        @Override
        public ImageShape image() {
            return model.config().image();
        }

        @Override
        public List<BufferedImage> reconstruct(ImageSource images, int... numbers) {
            return model.reconstruct(PictureFiles.take(images, numbers));
        }

        @Override
        public Map<String, Number> evaluate(ImageSource images) {
            VqVae.Scores scores = model.evaluate(images);
            Map<String, Number> named = new LinkedHashMap<>();
            named.put("pictures", scores.pictures());
            named.put("error", scores.error());
            named.put("perplexity", scores.perplexity());
            named.put("used", scores.used());
            return named;
        }

        @Override
        public void close() {
            model.close();
        }
    }

    /** A VAE. */
    record Continuous(Vae model) implements PictureModel {
        @Override
        public ImageShape image() {
            return model.config().image();
        }

        @Override
        public List<BufferedImage> reconstruct(ImageSource images, int... numbers) {
            return model.reconstruct(PictureFiles.take(images, numbers), labels(model, images, numbers));
        }

        @Override
        public Map<String, Number> evaluate(ImageSource images) {
            Vae.Scores scores = model.evaluate(images);
            Map<String, Number> named = new LinkedHashMap<>();
            named.put("pictures", scores.pictures());
            named.put("bits_per_dimension", scores.bitsPerDimension());
            named.put("divergence", scores.divergence());
            named.put("error", scores.error());
            return named;
        }

        @Override
        public void close() {
            model.close();
        }
    }

    /** Returns the shape of the model's pictures. */
    ImageShape image();

    /** Returns what pictures cost and how well they come back, by name. */
    Map<String, Number> evaluate(ImageSource images);

    /** Returns pictures as the model has them. */
    List<BufferedImage> reconstruct(ImageSource images, int... numbers);

    @Override
    void close();

    /**
     * Opens a run folder.
     *
     * @throws UsageException if it holds no model of pictures
     */
    static PictureModel open(Path run) {
        if (!Files.exists(run.resolve("config.json"))) {
            throw new UsageException(run + ": not a run folder: it has no config.json");
        }
        Object type = RunFolder.at(run).config().get("model_type");
        if ("vqvae".equals(type)) {
            return new Discrete(VqVae.load(run));
        }
        if ("vae".equals(type)) {
            return new Continuous(Vae.load(run));
        }
        throw new UsageException(run + ": holds no vae or vqvae: its config.json says model_type " + type);
    }

    /** Returns the labels of pictures where the model is conditioned on them, else none. */
    static int[] labels(Vae model, ImageSource images, int... numbers) {
        if (model.config().classes() == 0) {
            return new int[0];
        }
        if (!images.labelled()) {
            throw new UsageException("--data: the model is conditioned on labels, and these pictures have none");
        }
        return IntStream.of(numbers).map(images::label).toArray();
    }

    /** Returns the VAE of a run folder. */
    static Vae vae(Path run, String command) {
        return switch (open(run)) {
            case Continuous(Vae model) -> model;
            case Discrete other -> {
                other.close();
                throw new UsageException(command + ": " + run
                        + " holds a VQ-VAE, which has no prior of its own to draw from; 'jeton reconstruct' and 'jeton encode'"
                        + " work with it");
            }
        };
    }

    /** Returns the VQ-VAE of a run folder. */
    static VqVae vqvae(Path run, String command) {
        return switch (open(run)) {
            case Discrete(VqVae model) -> model;
            case Continuous other -> {
                other.close();
                throw new UsageException(command + ": " + run + " holds a VAE, which has no codes; train a vqvae");
            }
        };
    }
}
