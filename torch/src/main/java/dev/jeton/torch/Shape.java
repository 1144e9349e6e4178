package dev.jeton.torch;

import java.util.Arrays;

/** The sizes of a tensor along its dimensions, outermost first. A shape without dimensions is a scalar's. */
public final class Shape {
    private static final Shape SCALAR = new Shape(new long[0]);

    private final long[] sizes;
    private final long elements;

    private Shape(long[] sizes) {
        this.sizes = sizes;
        long product = 1;
        for (long size : sizes) {
            product *= size;
        }
        this.elements = product;
    }

    /**
     * Returns the shape with these sizes.
     *
     * @throws ShapeException if a size is negative or the number of elements exceeds a {@code long}
     */
    public static Shape of(long... sizes) {
        if (sizes.length == 0) {
            return SCALAR;
        }
        boolean empty = false;
        for (long size : sizes) {
            if (size < 0) {
                throw new ShapeException("shape: sizes must not be negative: " + Arrays.toString(sizes));
            }
            empty |= size == 0;
        }
        if (!empty) {
            checkProduct(sizes);
        }
        return new Shape(sizes.clone());
    }

    /** Adopts sizes that are known to be valid and that nobody else will change. */
    static Shape adopt(long[] sizes) {
        return sizes.length == 0 ? SCALAR : new Shape(sizes);
    }

    private static void checkProduct(long[] sizes) {
        try {
            long product = 1;
            for (long size : sizes) {
                product = Math.multiplyExact(product, size);
            }
        } catch (ArithmeticException e) {
            throw new ShapeException("shape: more elements than a long can count: " + Arrays.toString(sizes));
        }
    }

    /** Returns the number of dimensions. */
    public int rank() {
        return sizes.length;
    }

    /** Returns the number of elements. */
    public long elements() {
        return elements;
    }

    /**
     * Returns the size of a dimension.
     *
     * @param dimension counted from the front, or from the back where negative
     * @throws ShapeException if there is no such dimension
     */
    public long size(int dimension) {
        return sizes[index(dimension)];
    }

    /**
     * Returns a dimension counted from the front.
     *
     * @param dimension counted from the front, or from the back where negative
     * @throws ShapeException if there is no such dimension
     */
    public int index(int dimension) {
        int index = dimension < 0 ? dimension + sizes.length : dimension;
        if (index < 0 || index >= sizes.length) {
            throw new ShapeException(
                    "dimension " + dimension + " does not exist in shape " + this + " of rank " + rank());
        }
        return index;
    }

    /** Returns a dimension counted from the front, and blames an operator if there is none. */
    int index(String operator, int dimension) {
        int index = dimension < 0 ? dimension + sizes.length : dimension;
        if (index < 0 || index >= sizes.length) {
            throw new ShapeException(
                    operator + ": dimension " + dimension + " does not exist in shape " + this + " of rank " + rank());
        }
        return index;
    }

    /** Returns a copy of the sizes. */
    public long[] sizes() {
        return sizes.clone();
    }

    /** Returns the sizes themselves, which the caller must not change. */
    long[] raw() {
        return sizes;
    }

    /** Returns this shape with another size in one dimension. */
    public Shape with(int dimension, long size) {
        long[] changed = sizes.clone();
        changed[index(dimension)] = size;
        return of(changed);
    }

    /**
     * Returns the shape to which two shapes are broadcast: aligned at the last dimension, sizes equal or one of them 1.
     *
     * @param operator what the error message blames
     * @throws ShapeException if the shapes do not fit
     */
    static Shape broadcast(String operator, Shape a, Shape b) {
        if (a.equals(b)) {
            return a;
        }
        int rank = Math.max(a.rank(), b.rank());
        long[] result = new long[rank];
        for (int i = 1; i <= rank; i++) {
            long x = i <= a.rank() ? a.sizes[a.rank() - i] : 1;
            long y = i <= b.rank() ? b.sizes[b.rank() - i] : 1;
            if (x != y && x != 1 && y != 1) {
                throw new ShapeException(operator + ": sizes must be equal or 1, from the last dimension on: " + a
                        + " and " + b + ": " + x + " ≠ " + y + " in dimension -" + i);
            }
            result[rank - i] = x == 1 ? y : x;
        }
        return adopt(result);
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof Shape shape && Arrays.equals(sizes, shape.sizes));
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sizes);
    }

    /** Returns the sizes in brackets, such as {@code [2, 3]}. */
    @Override
    public String toString() {
        return Arrays.toString(sizes);
    }
}
