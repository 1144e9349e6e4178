package dev.jeton.nn.distributions;

import dev.jeton.torch.Generator;
import dev.jeton.torch.Gradients;
import dev.jeton.torch.Scope;
import dev.jeton.torch.Tensor;

/** Distributions over {@code C} classes, given by logits {@code [..., C]}; values are int64 {@code [...]}. */
public final class Categorical implements Distribution {
    private final Tensor logits;

    private Categorical(Tensor logits) {
        this.logits = logits;
    }

    /** Returns distributions whose probabilities are the softmax of logits {@code [..., C]}. */
    public static Categorical ofLogits(Tensor logits) {
        return new Categorical(logits);
    }

    /** Returns the probabilities {@code [..., C]}. */
    public Tensor probabilities() {
        return logits.softmax(-1);
    }

    /** Draws a class for each distribution, int64: the greatest logit after Gumbel noise is added. */
    @Override
    public Tensor sample(Generator random) {
        try (Scope scope = Scope.open();
                var _ = Gradients.off()) {
            Tensor noise = random.exponential(1, logits.shape()).log().neg().to(logits.device());
            return scope.keep(logits.add(noise).argmax(-1));
        }
    }

    @Override
    public Tensor logProb(Tensor value) {
        try (Scope scope = Scope.open()) {
            Tensor all = logits.logSoftmax(-1);
            long classes = logits.size(-1);
            Tensor classesOfAll = value.unsqueeze(-1); // [..., 1]
            long[] sizes = classesOfAll.shape().sizes();
            Tensor spread = all.shape().rank() < sizes.length
                    ? all.expand(classesOfAll.shape().with(-1, classes))
                    : all;
            return scope.keep(spread.gather(-1, classesOfAll).squeeze(-1));
        }
    }

    /** Returns the Kullback-Leibler divergence from these distributions to others, {@code [...]}. */
    public Tensor klTo(Categorical other) {
        try (Scope scope = Scope.open()) {
            Tensor own = logits.logSoftmax(-1);
            Tensor difference = own.sub(other.logits.logSoftmax(-1));
            return scope.keep(own.exp().mul(difference).sum(-1));
        }
    }

    /** Returns the entropy {@code [...]}. */
    public Tensor entropy() {
        try (Scope scope = Scope.open()) {
            Tensor own = logits.logSoftmax(-1);
            return scope.keep(own.exp().mul(own).sum(-1).neg());
        }
    }
}
