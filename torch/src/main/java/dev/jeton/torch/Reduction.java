package dev.jeton.torch;

import java.util.Arrays;

/** Which dimensions a reduction takes away from a shape. */
final class Reduction {
    private final Shape shape;
    private final int[] indices;
    private final Shape kept;

    private Reduction(Shape shape, int[] indices, Shape kept) {
        this.shape = shape;
        this.indices = indices;
        this.kept = kept;
    }

    /** All dimensions where none is named. */
    static Reduction of(String operator, Shape shape, int... dimensions) {
        int rank = shape.rank();
        int[] indices = new int[dimensions.length == 0 ? rank : dimensions.length];
        long[] sizes = shape.sizes();
        boolean[] taken = new boolean[rank];
        for (int i = 0; i < indices.length; i++) {
            int index = dimensions.length == 0 ? i : shape.index(operator, dimensions[i]);
            if (taken[index]) {
                throw new ShapeException(operator + ": dimensions must differ: " + Arrays.toString(dimensions)
                        + " names dimension " + index + " of " + shape + " twice");
            }
            taken[index] = true;
            indices[i] = index;
            sizes[index] = 1;
        }
        return new Reduction(shape, indices, Shape.adopt(sizes));
    }

    /** The dimensions, counted from the front; nobody may change them. */
    int[] indices() {
        return indices;
    }

    /** The shape of the result when its dimensions stay with size 1. */
    Shape kept() {
        return kept;
    }

    /** The dimensions as libtorch takes them. */
    long[] dimensions() {
        long[] dimensions = new long[indices.length];
        for (int i = 0; i < dimensions.length; i++) {
            dimensions[i] = indices[i];
        }
        return dimensions;
    }

    /** Of how many elements one is made. */
    long count() {
        long count = 1;
        for (int index : indices) {
            count *= shape.size(index);
        }
        return count;
    }

    /** Gives every element the number that was made of it and others. */
    Tensor spread(Tensor reduced) {
        return reduced.reshape(kept).expand(shape);
    }

    /** There must be something to choose from. */
    void requireElements(String operator) {
        if (count() == 0) {
            throw new ShapeException(operator + ": there must be an element to choose: dimensions "
                    + Arrays.toString(indices) + " of " + shape + " are empty");
        }
    }
}
