package dev.jeton.nn.distributions;

import dev.jeton.torch.Device;
import dev.jeton.torch.Generator;
import dev.jeton.torch.Gradients;
import dev.jeton.torch.Scope;
import dev.jeton.torch.Tensor;

/** Distributions over 0 and 1, given by the logits {@code log(p / (1 - p))} of 1. */
public final class Bernoulli implements Distribution {
    private final Tensor logits;

    private Bernoulli(Tensor logits) {
        this.logits = logits;
    }

    /** Returns distributions with these logits. */
    public static Bernoulli ofLogits(Tensor logits) {
        return new Bernoulli(logits);
    }

    /** Returns the probabilities of 1, which are the means. */
    public Tensor mean() {
        return logits.sigmoid();
    }

    @Override
    public Tensor sample(Generator random) {
        try (Scope scope = Scope.open();
                var _ = Gradients.off()) {
            return scope.keep(random.bernoulli(mean().to(Device.CPU)).to(logits.device()));
        }
    }

    /** Returns {@code x log p + (1 - x) log(1 - p)}, which takes values between 0 and 1 as well. */
    @Override
    public Tensor logProb(Tensor value) {
        try (Scope scope = Scope.open()) {
            return scope.keep(value.mul(logits).sub(softplus(logits)));
        }
    }

    /** Returns the Kullback-Leibler divergence from this distribution to another, for each element. */
    public Tensor klTo(Bernoulli other) {
        try (Scope scope = Scope.open()) {
            Tensor linear = mean().mul(logits.sub(other.logits));
            return scope.keep(linear.sub(softplus(logits)).add(softplus(other.logits)));
        }
    }

    /** Returns the entropy. */
    public Tensor entropy() {
        try (Scope scope = Scope.open()) {
            return scope.keep(softplus(logits).sub(mean().mul(logits)));
        }
    }

    /** {@code log(1 + exp(x))}, exact at both ends. */
    private static Tensor softplus(Tensor x) {
        return x.neg().logSigmoid().neg();
    }
}
