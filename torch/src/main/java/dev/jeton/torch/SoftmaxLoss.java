package dev.jeton.torch;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The cross-entropy of logits and classes as one operator, which saves the logarithms of the probabilities and nothing
 * else of their size.
 *
 * <p>With {@code t} a sample's target, {@code w} the classes' weights, {@code ε} the smoothing and {@code C} the number
 * of classes, a sample's loss is {@code Σ a(c) · −log p(c)}, where {@code a(c) = (1 − ε)·w(t)·[c = t] + ε/C·w(c)}. Its
 * gradient by the logits is {@code p(c) · Σ a − a(c)}.
 */
final class SoftmaxLoss {
    private static final Operator LOG_SOFTMAX = Operator.of("_log_softmax");
    private static final Operator NLL = Operator.of("nll_loss_forward");
    private static final Operator EXP = Operator.of("exp");
    private static final Operator MUL_IN_PLACE = Operator.of("mul_", "Tensor");
    private static final Operator SCATTER_ADD_IN_PLACE = Operator.of("scatter_add_");

    private final LossReduction reduction;
    private final long ignored;
    private final double smoothing;
    private final @Nullable Tensor weights;

    private SoftmaxLoss(CrossEntropy options) {
        this.reduction = options.reduction();
        this.ignored = options.ignoredTarget();
        this.smoothing = options.labelSmoothing();
        this.weights = options.weights();
    }

    static Tensor of(Tensor logits, Tensor targets, CrossEntropy options) {
        check(logits, targets);
        Tensor wide = logits.dtype().bytes() < 4 ? logits.to(DType.FLOAT32) : logits;
        Check.shape("crossEntropy", "the weights", Shape.of(logits.size(-1)), options.weights());
        Check.alike("crossEntropy", wide, options.weights());
        Shape samples = targets.shape();
        Tensor rows = wide.rank() == 2 ? wide : wide.reshape(Shape.of(samples.elements(), logits.size(-1)));
        Tensor flat = targets.rank() == 1 ? targets : targets.reshape(Shape.of(samples.elements()));
        Tensor loss = new SoftmaxLoss(options).record(rows, flat);
        return options.reduction() == LossReduction.NONE ? loss.reshape(samples) : loss;
    }

    private static void check(Tensor logits, Tensor targets) {
        Check.floating("crossEntropy", logits);
        Check.indices("crossEntropy", targets);
        Check.sameDevice("crossEntropy", logits, targets);
        Shape shape = logits.shape();
        if (shape.rank() == 0 || !targets.shape().equals(Shape.of(Arrays.copyOf(shape.raw(), shape.rank() - 1)))) {
            throw new ShapeException("crossEntropy: targets must have the logits' shape without the last dimension, the"
                    + " classes: logits " + shape + ", targets " + targets.shape()
                    + "; bring the classes to the end with movedim(1, -1)");
        }
    }

    /** Logits {@code [M, C]}, targets {@code [M]}. */
    private Tensor record(Tensor logits, Tensor targets) {
        Tensor logProbabilities =
                LOG_SOFTMAX.call().tensor(logits).integer(1).flag(false).one().like(logits);
        Tensor[] results = NLL.call()
                .tensor(logProbabilities)
                .tensor(targets)
                .tensorOrNone(weights)
                .integer(reduction.code())
                .integer(ignored)
                .all(2);
        Tensor total = results[1]; // the sum of the weights of the samples that count
        Tensor loss = smoothing == 0 ? results[0] : smoothed(results[0], logProbabilities, targets, total);
        if (!Tape.records(logits)) {
            return loss;
        }
        return new Node("crossEntropy", loss, logits) {
            private final Tensor savedLogs = save(logProbabilities);
            private final Tensor savedTargets = save(targets);
            private final Tensor savedTotal = save(total);
            private final @Nullable Tensor savedWeights = weights == null ? null : save(weights);

            @Override
            Tensor gradient(int input, Tensor g) {
                Tensor counted = savedTargets.ne((double) ignored).to(g.dtype());
                Tensor safe = savedTargets.maskedFill(savedTargets.eq((double) ignored), 0);
                Tensor each =
                        reduction == LossReduction.MEAN ? g.div(savedTotal).mul(counted) : g.mul(counted); // [M]
                Tensor ofTarget = each.mul(1 - smoothing);
                if (savedWeights != null) {
                    ofTarget = ofTarget.mul(savedWeights.indexSelect(0, safe));
                }
                return gradientOf(logits, savedLogs, savedWeights, column(safe), column(each), column(ofTarget));
            }
        }.result();
    }

    /** Adds the part of the loss that is spread over all classes. */
    private Tensor smoothed(Tensor loss, Tensor logProbabilities, Tensor targets, Tensor total) {
        try (var _ = Gradients.off()) {
            Tensor weighted = weights == null ? logProbabilities : logProbabilities.mul(weights);
            Tensor each = weighted.sum(false, 1).maskedFill(targets.eq((double) ignored), 0);
            Tensor spread = switch (reduction) {
                case MEAN -> each.sum().div(total);
                case SUM -> each.sum();
                case NONE -> each;
            };
            return loss.mul(1 - smoothing).sub(spread.mul(smoothing / logProbabilities.size(1)));
        }
    }

    /**
     * {@code p · Σ a − a} for each sample.
     *
     * @param logits only their place in the graph is used
     * @param each the factor of each sample's loss {@code [M, 1]}
     * @param ofTarget {@code (1 − ε)·w(t)} times it {@code [M, 1]}
     */
    private Tensor gradientOf(
            Tensor logits, Tensor logs, @Nullable Tensor classWeights, Tensor targets, Tensor each, Tensor ofTarget) {
        double part = smoothing / logs.size(1);
        Tensor all = ofTarget;
        if (smoothing > 0) {
            Tensor sum = classWeights == null
                    ? each.mul(smoothing)
                    : each.mul(classWeights.sum()).mul(part);
            all = ofTarget.add(sum);
        }
        if (Context.current().recording) {
            Tensor d = probabilities(logits, logs).mul(all);
            return spread(d, each, classWeights, part).scatterAdd(1, targets, ofTarget.neg());
        }
        Tensor d = EXP.of(logs).like(logs);
        MUL_IN_PLACE.call().tensor(d).tensor(all).inPlace(d);
        d = spread(d, each, classWeights, part);
        SCATTER_ADD_IN_PLACE
                .call()
                .tensor(d)
                .integer(1)
                .tensor(targets)
                .tensor(ofTarget.neg())
                .inPlace(d);
        return d;
    }

    private Tensor spread(Tensor d, Tensor each, @Nullable Tensor classWeights, double part) {
        if (smoothing == 0) {
            return d;
        }
        Tensor a = each.mul(part);
        return d.sub(classWeights == null ? a : a.mul(classWeights));
    }

    /** The softmax of the logits, computed from its logarithm, in the place of the graph that it has as their result. */
    private static Tensor probabilities(Tensor logits, Tensor logs) {
        Tensor p = EXP.of(logs).like(logs);
        return new Node("softmax", p, logits) {
            private final Tensor saved = save(p);

            @Override
            Tensor gradient(int input, Tensor g) {
                Tensor weighted = g.mul(saved);
                return weighted.sub(saved.mul(weighted.sum(true, 1)));
            }
        }.result();
    }

    private static Tensor column(Tensor x) {
        return x.reshape(Shape.of(x.size(0), 1));
    }
}
