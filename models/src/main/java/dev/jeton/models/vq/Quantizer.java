package dev.jeton.models.vq;

import dev.jeton.nn.Layer;
import dev.jeton.torch.Autocast;
import dev.jeton.torch.DType;
import dev.jeton.torch.DTypeException;
import dev.jeton.torch.Scope;
import dev.jeton.torch.Shape;
import dev.jeton.torch.ShapeException;
import dev.jeton.torch.Tensor;
import java.util.Arrays;

/**
 * Turns vectors into codes and codes into vectors. What kind it is, a {@link Quantization} says.
 *
 * <p>In training mode a quantizer may change its codebook as it goes (moving averages, first codes found by k-means,
 * revival of dead codes). It computes in the precision of its input, but never below single precision: mixed precision
 * does not change which code is nearest.
 */
public abstract sealed class Quantizer extends Layer
        permits VectorQuantizer,
                FiniteScalarQuantizer,
                LookupFreeQuantizer,
                ResidualQuantizer,
                GroupedQuantizer,
                SimVqQuantizer {
    private final int size;
    private final int[] codes;

    Quantizer(int size, int... codes) {
        this.size = size;
        this.codes = codes;
    }

    /**
     * Makes a quantizer of vectors of a size.
     *
     * @throws IllegalArgumentException if this kind cannot quantise vectors of this size
     */
    public static Quantizer of(Quantization how, int size) {
        how.check(size);
        return switch (how) {
            case Quantization.Vector vector -> new VectorQuantizer(vector, size);
            case Quantization.FiniteScalar scalar -> new FiniteScalarQuantizer(scalar, 0);
            case Quantization.LookupFree free -> new LookupFreeQuantizer(free, size);
            case Quantization.Residual residual -> ResidualQuantizer.of(residual, size);
            case Quantization.Grouped grouped -> new GroupedQuantizer(grouped, size);
            case Quantization.SimVq simVq -> new SimVqQuantizer(simVq, size);
        };
    }

    /** Returns the size {@code E} of the vectors. */
    public final int size() {
        return size;
    }

    /** Returns how many codes there are to choose from, for each of the {@code L} codes that stand for a vector. */
    public final int[] codes() {
        return codes.clone();
    }

    /** Returns how many bits tell one vector's codes from all others. */
    public final double bits() {
        return Arrays.stream(codes).mapToDouble(Math::log).sum() / Math.log(2);
    }

    /**
     * Chooses codes.
     *
     * @param z {@code [..., E]}, floating point
     * @throws ShapeException if the last size is not {@link #size()}
     */
    public final Quantized quantize(Tensor z) {
        Shape shape = z.shape();
        if (shape.rank() == 0 || shape.size(-1) != size) {
            throw new ShapeException(
                    "quantize: vectors of " + size + " numbers are needed, [..., " + size + "]; the shape is " + shape);
        }
        if (!z.dtype().isFloating()) {
            throw new DTypeException("quantize: vectors must be floating point, these are " + z.dtype());
        }
        try (Scope scope = Scope.open();
                var _ = Autocast.to(DType.FLOAT32)) {
            Tensor rows = (z.dtype() == DType.FLOAT64 ? z : z.to(DType.FLOAT32)).reshape(-1, size); // [N, E]
            Quantized chosen = choose(rows);
            return new Quantized(
                    scope.keep(chosen.values().reshape(shape)),
                    scope.keep(chosen.indices().reshape(shape.with(-1, codes.length))),
                    scope.keep(chosen.loss()));
        }
    }

    /**
     * Returns the vectors that codes stand for.
     *
     * @param indices {@code [..., L]}, whole numbers
     * @return {@code [..., E]}
     * @throws ShapeException if the last size is not the length of {@link #codes()}
     */
    public final Tensor decode(Tensor indices) {
        Shape shape = indices.shape();
        if (shape.rank() == 0 || shape.size(-1) != codes.length) {
            throw new ShapeException("decode: " + codes.length + " codes for each vector are needed, [..., "
                    + codes.length + "]; the shape is " + shape);
        }
        if (!indices.dtype().isInteger()) {
            throw new DTypeException("decode: codes must be whole numbers, these are " + indices.dtype());
        }
        try (Scope scope = Scope.open()) {
            Tensor rows = indices.to(DType.INT64).reshape(-1, codes.length); // [N, L]
            return scope.keep(look(rows).reshape(shape.with(-1, size)));
        }
    }

    /** Chooses the codes of vectors {@code [N, E]}; indices {@code [N, L]}. */
    abstract Quantized choose(Tensor z);

    /** Returns the vectors {@code [N, E]} of codes {@code [N, L]}. */
    abstract Tensor look(Tensor indices);

    /** Returns the loss of quantizers that have none. */
    static Tensor noLoss(Tensor z) {
        return Tensor.full(Shape.of(), 0, z.dtype(), z.device());
    }
}
