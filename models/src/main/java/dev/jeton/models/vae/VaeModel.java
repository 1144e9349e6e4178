package dev.jeton.models.vae;

import dev.jeton.nn.Layer;
import dev.jeton.nn.Linear;
import dev.jeton.nn.Sequential;
import dev.jeton.nn.distributions.Normal;
import dev.jeton.torch.DType;
import dev.jeton.torch.Generator;
import dev.jeton.torch.Scope;
import dev.jeton.torch.Shape;
import dev.jeton.torch.ShapeException;
import dev.jeton.torch.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The layers of a {@link Vae}: an encoder to the posterior's means and scales, a decoder to pixels. For those who train or
 * change them themselves.
 *
 * <p>Labels {@code [B]} (int64) go with pictures where the model is conditioned on classes, and are null where it is not.
 */
public final class VaeModel extends Layer {
    /** How far the logarithm of a posterior's scale goes. */
    private static final double MOST_LOG_SCALE = 7;

    private final VaeConfig config;
    private final Sequential encoder;
    private final Linear posterior;
    private final Sequential decoder;
    private final PixelLikelihood likelihood;

    private VaeModel(VaeConfig config) {
        this.config = config;
        Networks.Features features = Networks.encoder(config.network(), config.image());
        encoder = child("encoder", features.layers());
        posterior = child("posterior", Linear.of(features.size() + config.classes(), 2L * config.latents()));
        decoder = child(
                "decoder", Networks.decoder(config.network(), config.image(), config.latents() + config.classes()));
        likelihood = child(
                "likelihood",
                new PixelLikelihood(config.likelihood(), config.image().channels()));
    }

    /** Makes a model with random weights. */
    public static VaeModel of(VaeConfig config) {
        return new VaeModel(config);
    }

    /** Returns the sizes. */
    public VaeConfig config() {
        return config;
    }

    /**
     * The two sides of the evidence lower bound.
     *
     * @param logLikelihood {@code [B]}: log p(x | z) of one z from the posterior
     * @param divergence {@code [B, Z]}: from the posterior to the prior, for each latent, in nats
     */
    public record Terms(Tensor logLikelihood, Tensor divergence) {
        /** Returns the evidence lower bound {@code [B]} itself. */
        public Tensor evidence() {
            return logLikelihood.sub(divergence.sum(-1));
        }
    }

    /** Encodes, samples and decodes pixels {@code [B, C, H, W]} from 0 to 1, and says how well that went. */
    public Terms forward(Tensor pixels, @Nullable Tensor labels) {
        try (Scope scope = Scope.open()) {
            Normal code = encode(pixels, labels);
            Tensor decoded = decodeRaw(code.rsample(), labels);
            return new Terms(scope.keep(likelihood.logProb(decoded, pixels)), scope.keep(code.klTo(Normal.standard())));
        }
    }

    /** Returns the posterior of pixels {@code [B, C, H, W]}: distributions {@code [B, Z]}. */
    public Normal encode(Tensor pixels, @Nullable Tensor labels) {
        try (Scope scope = Scope.open()) {
            Tensor features = encoder.forward(pixels.mul(2).sub(1)); // [B, F]
            Tensor both = posterior.forward(withLabels(features, labels)); // [B, 2 Z]
            int latents = config.latents();
            Tensor logScale = both.narrow(1, latents, latents).clamp(-MOST_LOG_SCALE, MOST_LOG_SCALE);
            return Normal.of(scope.keep(both.narrow(1, 0, latents)), scope.keep(logScale.exp()));
        }
    }

    /** Returns the mean pixels {@code [B, C, H, W]} of latents {@code [B, Z]}. */
    public Tensor decode(Tensor latents, @Nullable Tensor labels) {
        try (Scope scope = Scope.open()) {
            return scope.keep(likelihood.mean(decodeRaw(latents, labels)));
        }
    }

    /** Returns {@code count} pictures {@code [B, C, H, W]} decoded from the prior. */
    public Tensor sample(int count, @Nullable Tensor labels, Generator random) {
        try (Scope scope = Scope.open()) {
            Tensor latents = random.randn(count, config.latents());
            return scope.keep(decode(latents.to(parameters().getFirst().device()), labels));
        }
    }

    /**
     * Returns a lower bound {@code [B]} of log p(x) that gets tighter with more samples (importance-weighted
     * autoencoders, arXiv 1509.00519): {@code log Σ p(x | z) p(z) / q(z | x) - log samples}.
     */
    public Tensor importanceWeighted(Tensor pixels, @Nullable Tensor labels, int samples) {
        if (samples < 1) {
            throw new IllegalArgumentException("importanceWeighted: at least one sample is needed, got " + samples);
        }
        try (Scope scope = Scope.open()) {
            Normal code = encode(pixels, labels);
            List<Tensor> weights = new ArrayList<>();
            for (int i = 0; i < samples; i++) {
                try (Scope each = Scope.open()) {
                    Tensor z = code.rsample();
                    Tensor prior =
                            Normal.standard().logProb(z).sub(code.logProb(z)).sum(-1);
                    Tensor decoded = decodeRaw(z, labels);
                    weights.add(each.keep(likelihood.logProb(decoded, pixels).add(prior)));
                }
            }
            return scope.keep(Tensor.stack(weights, 0).logSumExp(false, 0).sub(Math.log(samples)));
        }
    }

    private Tensor decodeRaw(Tensor latents, @Nullable Tensor labels) {
        return decoder.forward(withLabels(latents, labels));
    }

    /** Returns features {@code [B, F]} with the label of each as one of {@code K} numbers that is 1: {@code [B, F + K]}. */
    private Tensor withLabels(Tensor features, @Nullable Tensor labels) {
        if ((labels == null) != (config.classes() == 0)) {
            throw new IllegalArgumentException(
                    config.classes() == 0
                            ? "Vae: the model is not conditioned on labels, none may be given"
                            : "Vae: the model is conditioned on " + config.classes()
                                    + " classes, labels must be given");
        }
        if (labels == null) {
            return features;
        }
        if (!labels.shape().equals(Shape.of(features.size(0)))) {
            throw new ShapeException("Vae: one label for each of " + features.size(0)
                    + " pictures is needed, the shape is " + labels.shape());
        }
        Tensor ofClass = labels.oneHot(config.classes()).to(DType.FLOAT32);
        return Tensor.cat(List.of(features, ofClass), 1);
    }
}
