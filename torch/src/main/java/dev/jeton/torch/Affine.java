package dev.jeton.torch;

import org.jspecify.annotations.Nullable;

/** The weight and bias behind a normalisation. */
final class Affine {
    private Affine() {}

    /** Checks that weight and bias, where present, have a shape and the input's type and device. */
    static void check(String operator, Tensor x, Shape shape, @Nullable Tensor weight, @Nullable Tensor bias) {
        Check.floating(operator, x);
        Check.alike(operator, x, weight, bias);
        Check.shape(operator, "the weight", shape, weight);
        Check.shape(operator, "the bias", shape, bias);
        if (weight == null && bias != null) {
            throw new IllegalArgumentException(operator + ": a bias goes only with a weight; give a weight of ones");
        }
    }

    /** Returns an operand in single precision where the thread computes in mixed precision. */
    static @Nullable Tensor full(@Nullable Tensor x) {
        return x == null ? null : Autocast.full(x);
    }

    static void checkChannels(String operator, Tensor x) {
        if (x.rank() < 2) {
            throw new ShapeException(
                    operator + ": the input must have at least two dimensions [B, C, ...], it has shape " + x.shape());
        }
    }

    /** Checks that a shape ends in that over which is normalised, and returns those dimensions. */
    static int[] last(String operator, Shape shape, Shape normalized) {
        int count = normalized.rank();
        int[] dimensions = new int[count];
        boolean fits = count > 0 && count <= shape.rank();
        for (int i = 0; fits && i < count; i++) {
            dimensions[i] = shape.rank() - count + i;
            fits = shape.size(dimensions[i]) == normalized.size(i);
        }
        if (!fits) {
            throw new ShapeException(
                    operator + ": the input's shape must end in " + normalized + ", it has shape " + shape);
        }
        return dimensions;
    }

    /** Returns the dimensions up to one, exclusive. */
    static int[] first(int count) {
        int[] dimensions = new int[count];
        java.util.Arrays.setAll(dimensions, i -> i);
        return dimensions;
    }

    /** Returns all dimensions but that of the channels. */
    static int[] allButChannels(int rank) {
        int[] dimensions = new int[rank - 1];
        java.util.Arrays.setAll(dimensions, i -> i == 0 ? 0 : i + 1);
        return dimensions;
    }

    /** Returns a vector of channels in a shape that is broadcast to {@code [B, C, ...]}. */
    static Tensor overChannels(Tensor vector, int rank) {
        long[] sizes = new long[rank];
        java.util.Arrays.fill(sizes, 1);
        sizes[1] = vector.size(0);
        return vector.reshape(Shape.of(sizes));
    }

    /** Returns those of an operator's operands that are there, the input first. */
    static Tensor[] operands(Tensor x, @Nullable Tensor weight, @Nullable Tensor bias) {
        if (weight == null) {
            return new Tensor[] {x};
        }
        return bias == null ? new Tensor[] {x, weight} : new Tensor[] {x, weight, bias};
    }
}
