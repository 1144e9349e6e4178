package dev.jeton.models.vq;

import dev.jeton.torch.DType;
import dev.jeton.torch.Tensor;
import java.util.stream.IntStream;

/**
 * Rounds each number of a vector to one of a few levels (finite scalar quantisation, arXiv 2309.15505). The codebook is
 * the grid of all combinations; nothing is learned, so nothing can collapse.
 *
 * <p>A code is the number whose digits are the levels, the vector's first number being the least digit.
 */
final class FiniteScalarQuantizer extends Quantizer {
    private final ScalarBound bound;
    private final double[] levels;
    private final double[] steps;
    private final double[] scales;
    private final double[] weights;

    /**
     * Makes a quantizer.
     *
     * @param step which step of a residual quantizer this is: each has a grid finer by the number of levels than that of
     *     the one before; 0 for a quantizer by itself
     */
    FiniteScalarQuantizer(Quantization.FiniteScalar how, int step) {
        super(how.levels().size(), how.codes());
        bound = how.bound();
        levels = how.levels().stream().mapToDouble(Integer::doubleValue).toArray();
        steps = IntStream.range(0, levels.length)
                .mapToDouble(i -> bound.step(levels[i]))
                .toArray();
        scales = IntStream.range(0, levels.length)
                .mapToDouble(i -> Math.pow(levels[i], -step))
                .toArray();
        weights = new double[levels.length];
        double weight = 1;
        for (int i = 0; i < levels.length; i++) {
            weights[i] = weight;
            weight *= levels[i];
        }
    }

    @Override
    Quantized choose(Tensor z) {
        Tensor position = bound.positions(z.div(ScalarBound.row(scales, z)), levels);
        Tensor nearest = position.detach().add(0.5).floor(); // [N, E]
        Tensor digits = position.sub(position.detach()).add(nearest); // rounded, with the gradient of what was not
        Tensor exact = nearest.to(DType.FLOAT64);
        Tensor indices =
                exact.mul(ScalarBound.row(weights, exact)).sum(true, -1).to(DType.INT64); // [N, 1]
        return new Quantized(values(digits), indices, noLoss(z));
    }

    @Override
    Tensor look(Tensor indices) {
        Tensor exact = indices.to(DType.FLOAT64); // [N, 1]
        Tensor digits =
                exact.div(ScalarBound.row(weights, exact)).floor().remainder(ScalarBound.row(levels, exact)); // [N, E]
        return values(digits.to(DType.FLOAT32));
    }

    private Tensor values(Tensor digits) {
        return digits.mul(ScalarBound.row(steps, digits)).sub(1).mul(ScalarBound.row(scales, digits));
    }
}
