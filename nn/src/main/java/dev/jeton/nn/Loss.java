package dev.jeton.nn;

import dev.jeton.torch.CrossEntropy;
import dev.jeton.torch.LossReduction;
import dev.jeton.torch.Scope;
import dev.jeton.torch.ShapeException;
import dev.jeton.torch.Tensor;
import java.util.function.Supplier;

/**
 * What training makes small. Each loss averages over all its terms unless another {@link LossReduction} is asked for.
 * Predictions and targets have equal shapes unless said otherwise: nothing is broadcast in silence.
 */
public final class Loss {
    private Loss() {}

    // ---- classes
    // -----------------------------------------------------------------------------------------------------

    /** Returns {@code -log softmax(logits)[target]}, averaged: see {@link #crossEntropy(Tensor, Tensor, CrossEntropy)}. */
    public static Tensor crossEntropy(Tensor logits, Tensor targets) {
        return crossEntropy(logits, targets, CrossEntropy.mean());
    }

    /**
     * Returns {@code -log softmax(logits)[target]}, with label smoothing, weights of classes and an ignored target where
     * asked for.
     *
     * @param logits {@code [..., C]}
     * @param targets the numbers of the right classes {@code [...]}, int64
     */
    public static Tensor crossEntropy(Tensor logits, Tensor targets, CrossEntropy options) {
        return logits.crossEntropy(targets, options);
    }

    /** Returns the mean of {@link #nll(Tensor, Tensor, LossReduction)}. */
    public static Tensor nll(Tensor logProbabilities, Tensor targets) {
        return nll(logProbabilities, targets, LossReduction.MEAN);
    }

    /**
     * Returns {@code -logProbabilities[target]}, reduced: for models whose results are probabilities already.
     *
     * @param logProbabilities {@code [..., C]}
     * @param targets the numbers of the right classes {@code [...]}, int64
     */
    public static Tensor nll(Tensor logProbabilities, Tensor targets, LossReduction reduction) {
        if (logProbabilities.rank() != targets.rank() + 1) {
            throw new ShapeException("nll: targets must have the logarithms' shape without the last dimension: "
                    + logProbabilities.shape() + " and " + targets.shape());
        }
        return inScope(() -> reduced(
                reduction,
                logProbabilities.gather(-1, targets.unsqueeze(-1)).squeeze(-1).neg()));
    }

    // ---- numbers
    // -----------------------------------------------------------------------------------------------------

    /** Returns the mean of {@code (prediction - target)²}. */
    public static Tensor mse(Tensor prediction, Tensor target) {
        return mse(prediction, target, LossReduction.MEAN);
    }

    /** Returns {@code (prediction - target)²}, reduced. */
    public static Tensor mse(Tensor prediction, Tensor target, LossReduction reduction) {
        checkAlike("mse", prediction, target);
        return reduction == LossReduction.MEAN
                        && prediction.dtype().isFloating()
                        && target.dtype().isFloating()
                ? prediction.meanSquaredError(target)
                : inScope(() -> reduced(reduction, prediction.sub(target).square()));
    }

    /** Returns the mean of {@code |prediction - target|}. */
    public static Tensor l1(Tensor prediction, Tensor target) {
        return l1(prediction, target, LossReduction.MEAN);
    }

    /** Returns {@code |prediction - target|}, reduced. */
    public static Tensor l1(Tensor prediction, Tensor target, LossReduction reduction) {
        checkAlike("l1", prediction, target);
        return inScope(() -> reduced(reduction, prediction.sub(target).abs()));
    }

    /** Returns the mean of {@code d²/2} where {@code d = |prediction - target|} is below 1, and of {@code d - 1/2} elsewhere. */
    public static Tensor smoothL1(Tensor prediction, Tensor target) {
        return smoothL1(prediction, target, 1, LossReduction.MEAN);
    }

    /** Returns {@code d²/(2 beta)} where {@code d = |prediction - target|} is below beta, and {@code d - beta/2} elsewhere. */
    public static Tensor smoothL1(Tensor prediction, Tensor target, double beta, LossReduction reduction) {
        checkPositive("smoothL1", "beta", beta);
        checkAlike("smoothL1", prediction, target);
        return inScope(() -> reduced(
                reduction, quadraticThenLinear(prediction.sub(target), beta).mul(1 / beta)));
    }

    /** Returns the mean of {@link #huber(Tensor, Tensor, double, LossReduction)} with a delta of 1. */
    public static Tensor huber(Tensor prediction, Tensor target) {
        return huber(prediction, target, 1, LossReduction.MEAN);
    }

    /**
     * Returns {@code d²/2} where {@code d = |prediction - target|} is below delta, and {@code delta (d - delta/2)}
     * elsewhere (Huber, 1964).
     */
    public static Tensor huber(Tensor prediction, Tensor target, double delta, LossReduction reduction) {
        checkPositive("huber", "delta", delta);
        checkAlike("huber", prediction, target);
        return inScope(() -> reduced(reduction, quadraticThenLinear(prediction.sub(target), delta)));
    }

    /** With {@code m = min(|d|, delta)}: {@code m (|d| - m/2)} is the parabola inside and its tangent outside. */
    private static Tensor quadraticThenLinear(Tensor difference, double delta) {
        Tensor distance = difference.abs();
        Tensor inner = distance.clampMax(delta);
        return inner.mul(distance.sub(inner.mul(0.5)));
    }

    // ---- probabilities
    // -----------------------------------------------------------------------------------------------

    /** Returns the mean of {@link #bceWithLogits(Tensor, Tensor, LossReduction)}. */
    public static Tensor bceWithLogits(Tensor logits, Tensor targets) {
        return bceWithLogits(logits, targets, LossReduction.MEAN);
    }

    /**
     * Returns the binary cross-entropy {@code -t log σ(x) - (1 - t) log(1 - σ(x))} of logits and targets from 0 to 1, as
     * {@code softplus(x) - t x}, which is exact at both ends.
     */
    public static Tensor bceWithLogits(Tensor logits, Tensor targets, LossReduction reduction) {
        checkAlike("bceWithLogits", logits, targets);
        return inScope(() -> reduced(
                reduction,
                logits.logSigmoid().neg().add(logits.mul(targets.neg().add(1)))));
    }

    /**
     * Returns the Kullback-Leibler divergence {@code Σ p (log p - log q)}, divided by the size of the first dimension.
     *
     * @param logQ logarithms of the model's probabilities
     * @param p the target's probabilities; terms with {@code p = 0} are 0
     */
    public static Tensor klDivergence(Tensor logQ, Tensor p) {
        return inScope(() -> klDivergence(logQ, p, LossReduction.SUM).div(logQ.size(0)));
    }

    /** Returns {@code p (log p - log q)} of each element, reduced. */
    public static Tensor klDivergence(Tensor logQ, Tensor p, LossReduction reduction) {
        checkAlike("klDivergence", logQ, p);
        return inScope(() -> {
            Tensor ofP = p.mul(p.maskedFill(p.eq(0), 1).log()); // 0 · log 0 counts as 0
            return reduced(reduction, ofP.sub(p.mul(logQ)));
        });
    }

    // ---- directions
    // --------------------------------------------------------------------------------------------------

    /**
     * Returns the cosine of the angle between vectors along a dimension: {@code a · b / (max(|a|, ε) max(|b|, ε))} with ε
     * = 10⁻⁸.
     */
    public static Tensor cosineSimilarity(Tensor a, Tensor b, int dimension) {
        checkAlike("cosineSimilarity", a, b);
        return inScope(() -> unit(a, dimension).mul(unit(b, dimension)).sum(false, dimension));
    }

    private static Tensor unit(Tensor x, int dimension) {
        return x.div(x.norm(true, dimension).clampMin(1e-8));
    }

    /**
     * Returns the mean of {@code 1 - cos(a, b)} where the target is 1, and of {@code max(0, cos(a, b) - margin)} where it is
     * -1.
     *
     * @param a {@code [B, D]}
     * @param b {@code [B, D]}
     * @param target {@code [B]}, 1 or -1
     */
    public static Tensor cosineEmbedding(Tensor a, Tensor b, Tensor target, double margin) {
        return inScope(() -> {
            Tensor cosine = cosineSimilarity(a, b, -1);
            checkAlike("cosineEmbedding", cosine, target);
            Tensor same = cosine.neg().add(1);
            Tensor different = cosine.sub(margin).clampMin(0);
            return target.eq(1).where(same, different).mean();
        });
    }

    // ---- shared
    // ------------------------------------------------------------------------------------------------------

    private static Tensor reduced(LossReduction reduction, Tensor terms) {
        return switch (reduction) {
            case MEAN -> terms.mean();
            case SUM -> terms.sum();
            case NONE -> terms;
        };
    }

    private static Tensor inScope(Supplier<Tensor> computation) {
        try (Scope scope = Scope.open()) {
            return scope.keep(computation.get());
        }
    }

    private static void checkAlike(String loss, Tensor prediction, Tensor target) {
        if (!prediction.shape().equals(target.shape())) {
            throw new ShapeException(loss + ": prediction and target must have one shape: " + prediction.shape() + " ≠ "
                    + target.shape());
        }
    }

    private static void checkPositive(String loss, String what, double value) {
        if (!(value > 0)) {
            throw new IllegalArgumentException(loss + ": " + what + " must be positive, got " + value);
        }
    }
}
