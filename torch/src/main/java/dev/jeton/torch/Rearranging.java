package dev.jeton.torch;

import java.util.Arrays;

/** The arithmetic of shapes behind {@link Views}. */
final class Rearranging {
    private Rearranging() {}

    /** Computes the size that is left open as -1. */
    static Shape inferred(Shape from, long[] sizes) {
        long known = 1;
        int open = -1;
        for (int i = 0; i < sizes.length; i++) {
            if (sizes[i] == -1 && open < 0) {
                open = i;
            } else {
                known *= sizes[i];
            }
        }
        if (open < 0) {
            return Shape.of(sizes);
        }
        if (known <= 0 || from.elements() % known != 0) {
            throw new ShapeException("reshape: " + from + " with " + from.elements() + " elements cannot become "
                    + Arrays.toString(sizes));
        }
        long[] complete = sizes.clone();
        complete[open] = from.elements() / known;
        return Shape.of(complete);
    }

    static Shape flattened(Shape from, int first, int last) {
        if (from.rank() == 0) {
            return Shape.of(1);
        }
        int start = from.index("flatten", first);
        int end = from.index("flatten", last);
        if (start > end) {
            throw new ShapeException("flatten: dimension " + first + " must not come after " + last + " in " + from);
        }
        long[] sizes = new long[from.rank() - (end - start)];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = from.size(i <= start ? i : i + end - start);
        }
        for (int i = start + 1; i <= end; i++) {
            sizes[start] *= from.size(i);
        }
        return Shape.of(sizes);
    }

    static Shape squeezed(Shape from, int... dimensions) {
        boolean[] away = new boolean[from.rank()];
        for (int dimension : dimensions) {
            int index = from.index("squeeze", dimension);
            if (from.size(index) != 1) {
                throw new ShapeException("squeeze: the size of a dimension that goes away must be 1: dimension "
                        + dimension + " of " + from);
            }
            away[index] = true;
        }
        long[] sizes = new long[from.rank()];
        int count = 0;
        for (int i = 0; i < from.rank(); i++) {
            if (!away[i] && (dimensions.length > 0 || from.size(i) != 1)) {
                sizes[count++] = from.size(i);
            }
        }
        return Shape.of(Arrays.copyOf(sizes, count));
    }

    static Shape unsqueezed(Shape from, int dimension) {
        int index = place("unsqueeze", from, dimension);
        long[] sizes = new long[from.rank() + 1];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = i == index ? 1 : from.size(i < index ? i : i - 1);
        }
        return Shape.of(sizes);
    }

    /** Returns the place of a new dimension, counted from the front of the result. */
    static int place(String operator, Shape from, int dimension) {
        int rank = from.rank() + 1;
        int index = dimension < 0 ? dimension + rank : dimension;
        if (index < 0 || index >= rank) {
            throw new ShapeException(operator + ": dimension " + dimension + " must be between " + -rank + " and "
                    + from.rank() + " for " + from);
        }
        return index;
    }

    static Shape expanded(Shape from, long[] sizes) {
        if (sizes.length < from.rank()) {
            throw new ShapeException(
                    "expand: there must be a size for each dimension of " + from + ": " + Arrays.toString(sizes));
        }
        long[] complete = sizes.clone();
        int extra = sizes.length - from.rank();
        for (int i = extra; i < sizes.length; i++) {
            if (complete[i] == -1) {
                complete[i] = from.size(i - extra);
            }
        }
        return Shape.of(complete);
    }

    /** Checks that each dimension is named once, and counts them from the front. */
    static int[] order(Shape from, int[] order) {
        int[] indices = new int[order.length];
        boolean[] taken = new boolean[from.rank()];
        for (int i = 0; i < order.length; i++) {
            indices[i] = from.index("permute", order[i]);
            if (taken[indices[i]]) {
                throw new ShapeException(
                        "permute: each dimension of " + from + " must be named once: " + Arrays.toString(order));
            }
            taken[indices[i]] = true;
        }
        if (order.length != from.rank()) {
            throw new ShapeException(
                    "permute: all dimensions of " + from + " must be named: " + Arrays.toString(order));
        }
        return indices;
    }

    static int[] inverse(int[] order) {
        int[] inverse = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            inverse[order[i]] = i;
        }
        return inverse;
    }

    static int[] exchanged(int rank, int a, int b) {
        int[] order = new int[rank];
        Arrays.setAll(order, i -> i == a ? b : i == b ? a : i);
        return order;
    }

    static int[] moved(int rank, int from, int to) {
        int[] order = new int[rank];
        int next = 0;
        for (int i = 0; i < rank; i++) {
            if (next == from) {
                next++;
            }
            order[i] = i == to ? from : next++;
        }
        return order;
    }

    static Tensor triangle(Operator kernel, Tensor x, long diagonal) {
        if (x.rank() < 2) {
            throw new ShapeException(kernel.name() + ": there must be two dimensions or more: " + x.shape());
        }
        Tensor y = kernel.call().tensor(x).integer(diagonal).one().like(x);
        if (!Tape.records(x)) {
            return y;
        }
        return new Node(kernel.name(), y, x) {
            @Override
            Tensor gradient(int input, Tensor g) {
                return triangle(kernel, g, diagonal);
            }
        }.result();
    }
}
