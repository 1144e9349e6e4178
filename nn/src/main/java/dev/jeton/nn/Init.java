package dev.jeton.nn;

import dev.jeton.torch.DType;
import dev.jeton.torch.Device;
import dev.jeton.torch.Generator;
import dev.jeton.torch.Gradients;
import dev.jeton.torch.Scope;
import dev.jeton.torch.Shape;
import dev.jeton.torch.ShapeException;
import dev.jeton.torch.Tensor;

/**
 * How a parameter begins: makes a float32 tensor of a shape. Random ones draw as PyTorch's do: the same seed gives
 * the same numbers.
 *
 * <p>For matrices and kernels {@code [out, in, …]} the fan-in is {@code in} times the size of the kernel, the fan-out
 * {@code out} times it.
 */
@FunctionalInterface
public interface Init {
    /** Makes a tensor of this shape. */
    Tensor make(Shape shape, Generator random);

    /** Makes a tensor of this shape, drawing from the process's generator. */
    default Tensor make(Shape shape) {
        return make(shape, Generator.standard());
    }

    /** Makes a tensor of these sizes, drawing from the process's generator. */
    default Tensor make(long... sizes) {
        return make(Shape.of(sizes));
    }

    /** Overwrites a parameter, drawing from the process's generator. */
    default void applyTo(Tensor parameter) {
        try (var _ = Scope.open();
                var _ = Gradients.off()) {
            parameter.copyInPlace(make(parameter.shape()));
        }
    }

    /** Zero everywhere. */
    static Init zeros() {
        return constant(0);
    }

    /** One everywhere. */
    static Init ones() {
        return constant(1);
    }

    /** One value everywhere. */
    static Init constant(double value) {
        return (shape, random) -> Tensor.full(shape, value, DType.FLOAT32, Device.CPU);
    }

    /** Evenly distributed between two values. */
    static Init uniform(double from, double to) {
        return (shape, random) -> random.fillUniform(Tensor.empty(shape, DType.FLOAT32, Device.CPU), from, to);
    }

    /** Normally distributed. */
    static Init normal(double mean, double deviation) {
        return (shape, random) -> random.fillNormal(Tensor.empty(shape, DType.FLOAT32, Device.CPU), mean, deviation);
    }

    /** Normally distributed with mean 0, drawn anew where further than two deviations from it. */
    static Init truncatedNormal(double deviation) {
        return (shape, random) -> {
            try (Scope scope = Scope.open()) {
                Init normal = normal(0, deviation);
                Tensor drawn = normal.make(shape, random);
                while (true) {
                    Tensor outside = drawn.abs().gt(2 * deviation);
                    if (outside.any().item() == 0) {
                        return scope.keep(drawn);
                    }
                    drawn = outside.where(normal.make(shape, random), drawn);
                }
            }
        };
    }

    /** Evenly distributed, with variance {@code gain² · 2 / (fan-in + fan-out)} (Glorot and Bengio, 2010). */
    static Init xavierUniform(double gain) {
        return (shape, random) -> {
            double bound = gain * Math.sqrt(6.0 / (fanIn(shape) + fanOut(shape)));
            return uniform(-bound, bound).make(shape, random);
        };
    }

    /** Normally distributed, with variance {@code gain² · 2 / (fan-in + fan-out)} (Glorot and Bengio, 2010). */
    static Init xavierNormal(double gain) {
        return (shape, random) -> normal(0, gain * Math.sqrt(2.0 / (fanIn(shape) + fanOut(shape))))
                .make(shape, random);
    }

    /**
     * Evenly distributed, with variance {@code gain² / fan-in} (He et al., 2015, arXiv 1502.01852).
     *
     * @param gain √2 for relu, {@code √(2 / (1 + slope²))} for its leaky kind
     */
    static Init kaimingUniform(double gain) {
        return (shape, random) -> {
            double bound = gain * Math.sqrt(3.0 / fanIn(shape));
            return uniform(-bound, bound).make(shape, random);
        };
    }

    /** Normally distributed, with variance {@code gain² / fan-in} (He et al., 2015, arXiv 1502.01852). */
    static Init kaimingNormal(double gain) {
        return (shape, random) -> normal(0, gain / Math.sqrt(fanIn(shape))).make(shape, random);
    }

    /**
     * A random matrix with orthogonal rows or columns, whichever are fewer, of length {@code gain} (Saxe et al., 2013,
     * arXiv 1312.6120); further dimensions count as columns. Found as the nearest such matrix to a normally distributed
     * one, so its numbers are not those of PyTorch's QR decomposition.
     */
    static Init orthogonal(double gain) {
        return (shape, random) -> Orthogonal.make(shape, random, gain);
    }

    /** Returns the number of inputs of one output. */
    static long fanIn(Shape shape) {
        return checked(shape).size(1) * kernel(shape);
    }

    /** Returns the number of outputs of one input. */
    static long fanOut(Shape shape) {
        return checked(shape).size(0) * kernel(shape);
    }

    private static long kernel(Shape shape) {
        long size = 1;
        for (int i = 2; i < shape.rank(); i++) {
            size *= shape.size(i);
        }
        return size;
    }

    private static Shape checked(Shape shape) {
        if (shape.rank() < 2) {
            throw new ShapeException("init: fans need at least two dimensions [out, in, …], the shape is " + shape);
        }
        return shape;
    }
}
