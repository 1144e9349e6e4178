package dev.jeton.models.vq;

import dev.jeton.torch.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Quantises vectors, then what is left of them, and so on (SoundStream, arXiv 2107.03312): the sum of the chosen codes
 * stands for the vector. The loss is the sum of the steps'.
 *
 * <p>The gradient of the sum passes to the vector once, for the sum stands for it once; libraries that let it pass at each
 * step multiply it by their number.
 */
final class ResidualQuantizer extends Quantizer {
    private final List<Quantizer> steps;
    private final GradientEstimator estimator;

    /** How far numbers may go, by column, where the first grid ends before infinity. */
    private final double @Nullable [] limits;

    private ResidualQuantizer(List<Quantizer> steps, GradientEstimator estimator, double @Nullable [] limits) {
        super(steps.getFirst().size(), GroupedQuantizer.codesOf(steps));
        this.steps = children("steps", steps);
        this.estimator = estimator;
        this.limits = limits;
    }

    static ResidualQuantizer of(Quantization.Residual how, int size) {
        IntStream steps = IntStream.range(0, how.steps());
        return switch (how.each()) {
            case Quantization.Vector vector ->
                new ResidualQuantizer(
                        steps.<Quantizer>mapToObj(i -> new VectorQuantizer(vector, size))
                                .toList(),
                        vector.estimator(),
                        null);
            case Quantization.FiniteScalar grid ->
                new ResidualQuantizer(
                        steps.<Quantizer>mapToObj(i -> new FiniteScalarQuantizer(grid, i))
                                .toList(),
                        GradientEstimator.STRAIGHT_THROUGH,
                        grid.levels().stream()
                                .mapToDouble(l -> 1 + 1.0 / (l - 1))
                                .toArray());
        };
    }

    @Override
    Quantized choose(Tensor z) {
        Tensor whole = limited(z);
        Tensor rest = whole;
        Tensor sum = null;
        Tensor loss = noLoss(z);
        List<Tensor> indices = new ArrayList<>();
        for (Quantizer step : steps) {
            Quantized chosen = step.choose(rest);
            Tensor values = chosen.values().detach();
            rest = rest.sub(values);
            sum = sum == null ? values : sum.add(values);
            loss = loss.add(chosen.loss());
            indices.add(chosen.indices());
        }
        return new Quantized(
                estimator.through(whole, java.util.Objects.requireNonNull(sum)), Tensor.cat(indices, 1), loss);
    }

    private Tensor limited(Tensor z) {
        if (limits == null) {
            return z;
        }
        Tensor limit = ScalarBound.row(limits, z);
        return z.div(limit).tanh().mul(limit);
    }

    @Override
    Tensor look(Tensor indices) {
        Tensor sum = steps.getFirst().look(indices.narrow(1, 0, 1));
        for (int i = 1; i < steps.size(); i++) {
            sum = sum.add(steps.get(i).look(indices.narrow(1, i, 1)));
        }
        return sum;
    }
}
