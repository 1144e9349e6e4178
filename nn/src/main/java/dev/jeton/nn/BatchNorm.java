package dev.jeton.nn;

import dev.jeton.torch.DType;
import dev.jeton.torch.Device;
import dev.jeton.torch.Gradients;
import dev.jeton.torch.Shape;
import dev.jeton.torch.ShapeException;
import dev.jeton.torch.Statistics;
import dev.jeton.torch.Tensor;

/** What {@link BatchNorm1d} and {@link BatchNorm2d} share. */
abstract sealed class BatchNorm extends UnaryLayer permits BatchNorm1d, BatchNorm2d {
    /** How far the running statistics move towards a batch's. */
    private static final double MOMENTUM = 0.1;

    private static final double EPSILON = 1e-5;

    private final long channels;
    private final Tensor weight;
    private final Tensor bias;
    private final Tensor runningMean;
    private final Tensor runningVariance;
    private final Tensor batches;

    BatchNorm(long channels) {
        this.channels = channels;
        this.weight = parameter("weight", Init.ones().make(channels));
        this.bias = parameter("bias", Init.zeros().make(channels));
        this.runningMean = buffer("running_mean", Init.zeros().make(channels));
        this.runningVariance = buffer("running_var", Init.ones().make(channels));
        this.batches = buffer("num_batches_tracked", Tensor.full(Shape.of(), 0, DType.INT64, Device.CPU));
    }

    /** Whether the layer takes tensors of this rank. */
    abstract boolean takes(int rank);

    @Override
    protected final Tensor compute(Tensor x) {
        if (!takes(x.rank()) || x.size(1) != channels) {
            throw new ShapeException(describe() + ": the input must have " + channels
                    + " channels in its second dimension, got shape " + x.shape());
        }
        if (isTraining()) {
            try (var _ = Gradients.off()) {
                batches.addInPlace(1);
            }
        }
        Statistics statistics = isTraining()
                ? new Statistics.Tracked(runningMean, runningVariance, MOMENTUM)
                : new Statistics.Given(runningMean, runningVariance);
        return x.batchNorm(statistics, weight, bias, EPSILON);
    }

    @Override
    protected final String describe() {
        return getClass().getSimpleName() + "(" + channels + ")";
    }
}
