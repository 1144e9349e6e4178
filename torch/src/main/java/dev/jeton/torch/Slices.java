package dev.jeton.torch;

import java.util.List;

/** Parts of a tensor, which share its memory; pads around it. */
public sealed interface Slices permits Tensor {
    /**
     * Returns a part of a dimension.
     *
     * @param start the first place, counted from the back where negative
     * @param length how many
     * @throws ShapeException if the part exceeds the dimension
     */
    default Tensor narrow(int dimension, long start, long length) {
        Tensor x = (Tensor) this;
        int index = x.shape().index("narrow", dimension);
        long size = x.size(index);
        long first = start < 0 ? start + size : start;
        if (first < 0 || length < 0 || first + length > size) {
            throw new ShapeException("narrow: the part must lie within dimension " + dimension + " of " + x.shape()
                    + ": from " + start + ", " + length + " long");
        }
        return Part.slice(x, index, first, first + length, 1);
    }

    /** Returns every {@code step}-th place of a dimension from one (included) to another (not), as Python's slices do. */
    default Tensor slice(int dimension, long from, long to, long step) {
        Tensor x = (Tensor) this;
        int index = x.shape().index("slice", dimension);
        if (step < 1) {
            throw new ShapeException("slice: the step must be positive, it is " + step);
        }
        long size = x.size(index);
        long first = Math.clamp(from < 0 ? from + size : from, 0, size);
        long end = Math.clamp(to < 0 ? to + size : to, first, size);
        return Part.slice(x, index, first, end, step);
    }

    /** Returns every place of a dimension from one (included) to another (not), as Python's slices do. */
    default Tensor slice(int dimension, long from, long to) {
        return slice(dimension, from, to, 1);
    }

    /** Returns what lies at one place of a dimension, which goes away. */
    default Tensor select(int dimension, long place) {
        Tensor x = (Tensor) this;
        int index = x.shape().index("select", dimension);
        long size = x.size(index);
        long at = place < 0 ? place + size : place;
        if (at < 0 || at >= size) {
            throw new ShapeException(
                    "select: place " + place + " must lie within dimension " + dimension + " of " + x.shape());
        }
        return Part.select(x, index, at);
    }

    /** Returns the places of a dimension one by one, without it. */
    default List<Tensor> unbind(int dimension) {
        Tensor x = (Tensor) this;
        return Part.unbind(x, x.shape().index("unbind", dimension));
    }

    /** Returns parts of a dimension of one size; the last may be smaller. */
    default List<Tensor> split(long size, int dimension) {
        Tensor x = (Tensor) this;
        int index = x.shape().index("split", dimension);
        if (size < 1) {
            throw new ShapeException("split: the size of the parts must be positive, it is " + size);
        }
        long whole = x.size(index);
        long[] sizes = new long[Math.toIntExact(Math.max(1, Math.ceilDiv(whole, size)))];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = Math.min(size, whole - i * size);
        }
        return Part.split(x, sizes, index);
    }

    /** Returns parts of a dimension of these sizes, which must add up to its own. */
    default List<Tensor> split(long[] sizes, int dimension) {
        Tensor x = (Tensor) this;
        int index = x.shape().index("split", dimension);
        long sum = 0;
        for (long size : sizes) {
            Check.notNegative("split", "the size of a part", size);
            sum += size;
        }
        if (sum != x.size(index)) {
            throw new ShapeException("split: the sizes must add up to that of dimension " + dimension + " of "
                    + x.shape() + ": " + java.util.Arrays.toString(sizes) + " to " + sum);
        }
        return Part.split(x, sizes, index);
    }

    /** Returns so many parts of a dimension, equally large but for the last; fewer where it is too small. */
    default List<Tensor> chunk(int parts, int dimension) {
        if (parts < 1) {
            throw new ShapeException("chunk: the number of parts must be positive, it is " + parts);
        }
        return split(Math.max(1, Math.ceilDiv(((Tensor) this).size(dimension), parts)), dimension);
    }

    // ---- pads
    // --------------------------------------------------------------------------------------------------------

    /**
     * Returns a copy with more around it.
     *
     * @param padding what the new places hold
     * @param amounts how many before and behind, from the last dimension on: {@code left, right, top, bottom …}; with
     *     {@link Padding#ZERO} a negative amount takes away
     */
    default Tensor pad(Padding padding, long... amounts) {
        return padding == Padding.ZERO ? pad(0, amounts) : Pads.repeated((Tensor) this, padding, amounts);
    }

    /** Returns a copy with a value around it; amounts as for {@link #pad(Padding, long...)}. */
    default Tensor pad(double value, long... amounts) {
        return Pads.constant((Tensor) this, value, amounts);
    }
}
