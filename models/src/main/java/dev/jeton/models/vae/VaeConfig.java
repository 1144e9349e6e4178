package dev.jeton.models.vae;

import dev.jeton.data.ImageShape;
import java.util.List;

/**
 * The sizes of a {@link Vae} and what it is trained for.
 *
 * @param image the pictures
 * @param latents the number {@code Z} of latents
 * @param network what encodes and decodes
 * @param likelihood how decoded pixels are compared with those of the picture
 * @param objective what is weighed against the likelihood
 * @param classes how many labels condition the model, 0 if none do
 */
public record VaeConfig(
        ImageShape image, int latents, Network network, Likelihood likelihood, Objective objective, int classes) {
    /**
     * Checks the sizes.
     *
     * @throws IllegalArgumentException if they do not go together
     */
    public VaeConfig {
        if (latents < 1) {
            throw new IllegalArgumentException("VaeConfig: latents must be positive, got " + latents);
        }
        if (classes < 0) {
            throw new IllegalArgumentException("VaeConfig: classes must be 0 or more, got " + classes);
        }
        network.check(image);
    }

    /** Returns convolutions of width 32 with 64 latents for 32 × 32 colour pictures, discretised logistic likelihood. */
    public static VaeConfig convolutional() {
        return new VaeConfig(
                new ImageShape(3, 32, 32),
                64,
                new Network.Convolutional(32, 4),
                new Likelihood.DiscretizedLogistic(),
                Objective.evidence(),
                0);
    }

    /** Returns fully connected layers of 512 and 256 with 32 latents for 28 × 28 grey pictures, Bernoulli likelihood. */
    public static VaeConfig mlp() {
        return new VaeConfig(
                new ImageShape(1, 28, 28),
                32,
                new Network.Mlp(List.of(512, 256)),
                new Likelihood.Bernoulli(),
                Objective.evidence(),
                0);
    }

    /** Returns the same for other pictures. */
    public VaeConfig withImage(ImageShape image) {
        return new VaeConfig(image, latents, network, likelihood, objective, classes);
    }

    /** Returns the same with another number of latents. */
    public VaeConfig withLatents(int latents) {
        return new VaeConfig(image, latents, network, likelihood, objective, classes);
    }

    /** Returns the same with other networks. */
    public VaeConfig withNetwork(Network network) {
        return new VaeConfig(image, latents, network, likelihood, objective, classes);
    }

    /** Returns the same with another likelihood. */
    public VaeConfig withLikelihood(Likelihood likelihood) {
        return new VaeConfig(image, latents, network, likelihood, objective, classes);
    }

    /** Returns the same with another objective. */
    public VaeConfig withObjective(Objective objective) {
        return new VaeConfig(image, latents, network, likelihood, objective, classes);
    }

    /** Returns the same, conditioned on labels 0 to {@code classes - 1}; on none if there are 0. */
    public VaeConfig withClasses(int classes) {
        return new VaeConfig(image, latents, network, likelihood, objective, classes);
    }
}
