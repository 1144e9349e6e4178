package dev.jeton.torch;

import java.util.Arrays;

/** Operators that give the same elements another shape or order. Most share the memory of their operand. */
public sealed interface Views permits Tensor {
    // ---- another shape
    // -----------------------------------------------------------------------------------------------

    /** Returns the same elements in row-major order with another shape; one size may be -1, and is then computed. */
    default Tensor reshape(long... sizes) {
        return reshape(Rearranging.inferred(((Tensor) this).shape(), sizes));
    }

    /** Returns the same elements in row-major order with another shape. */
    default Tensor reshape(Shape shape) {
        Tensor x = (Tensor) this;
        Shape from = x.shape();
        if (from.elements() != shape.elements()) {
            throw new ShapeException("reshape: the number of elements must stay: " + from + " has " + from.elements()
                    + ", " + shape + " has " + shape.elements());
        }
        Tensor y = Kernel.RESHAPE.call().tensor(x).integers(shape.raw()).view(x).known(shape, x);
        if (!Tape.records(x)) {
            return y;
        }
        return new Node("reshape", y, x) {
            @Override
            Tensor gradient(int input, Tensor g) {
                return g.reshape(from);
            }
        }.result();
    }

    /** Returns the dimensions from one to another, both included, as one. */
    default Tensor flatten(int from, int to) {
        return reshape(Rearranging.flattened(((Tensor) this).shape(), from, to));
    }

    /** Returns this tensor without these dimensions, whose size must be 1; without all such where none is named. */
    default Tensor squeeze(int... dimensions) {
        return reshape(Rearranging.squeezed(((Tensor) this).shape(), dimensions));
    }

    /** Returns this tensor with a dimension of size 1 more, which the result has at this place. */
    default Tensor unsqueeze(int dimension) {
        return reshape(Rearranging.unsqueezed(((Tensor) this).shape(), dimension));
    }

    // ---- another order of dimensions
    // ---------------------------------------------------------------------------------

    /** Returns this tensor with its dimensions in another order: the first named comes first. */
    default Tensor permute(int... order) {
        Tensor x = (Tensor) this;
        int[] from = Rearranging.order(x.shape(), order);
        long[] dimensions = Arrays.stream(from).asLongStream().toArray();
        Tensor y = Kernel.PERMUTE.call().tensor(x).integers(dimensions).view(x);
        if (!Tape.records(x)) {
            return y;
        }
        return new Node("permute", y, x) {
            @Override
            Tensor gradient(int input, Tensor g) {
                return g.permute(Rearranging.inverse(from));
            }
        }.result();
    }

    /** Returns this tensor with two dimensions exchanged. */
    default Tensor transpose(int a, int b) {
        Shape shape = ((Tensor) this).shape();
        return permute(Rearranging.exchanged(shape.rank(), shape.index("transpose", a), shape.index("transpose", b)));
    }

    /** Returns a matrix with rows and columns exchanged; tensors of fewer dimensions as they are. */
    default Tensor t() {
        Tensor x = (Tensor) this;
        if (x.rank() > 2) {
            throw new ShapeException(
                    "t: there must be two dimensions or fewer: " + x.shape() + "; use transpose(a, b)");
        }
        return x.rank() < 2 ? x : transpose(0, 1);
    }

    /** Returns this tensor with one dimension moved to another place, the others in their order. */
    default Tensor movedim(int from, int to) {
        Shape shape = ((Tensor) this).shape();
        return permute(Rearranging.moved(shape.rank(), shape.index("movedim", from), shape.index("movedim", to)));
    }

    // ---- more of the same
    // --------------------------------------------------------------------------------------------

    /**
     * Returns this tensor repeated along dimensions of size 1, and new ones in front, without copying.
     *
     * @param sizes of the result; -1 keeps a dimension's size
     */
    default Tensor expand(long... sizes) {
        return expand(Rearranging.expanded(((Tensor) this).shape(), sizes));
    }

    /**
     * Returns this tensor repeated along dimensions of size 1, and new ones in front, without copying.
     *
     * @throws ShapeException if a size differs and is not 1
     */
    default Tensor expand(Shape shape) {
        Tensor x = (Tensor) this;
        Shape from = x.shape();
        if (from.rank() > shape.rank()
                || !Shape.broadcast("expand", from, shape).equals(shape)) {
            throw new ShapeException("expand: only dimensions of size 1 can be repeated: " + from + " to " + shape);
        }
        Tensor y = Kernel.EXPAND
                .call()
                .tensor(x)
                .integers(shape.raw())
                .flag(false)
                .view(x)
                .known(shape, x);
        if (!Tape.records(x)) {
            return y;
        }
        return new Node("expand", y, x) {
            @Override
            Tensor gradient(int input, Tensor g) {
                return Broadcasting.sumTo(g, from);
            }
        }.result();
    }

    /** Returns copies of this tensor side by side: so many along each dimension, new ones in front where more are named. */
    default Tensor repeat(long... times) {
        Tensor x = (Tensor) this;
        if (times.length < x.rank()) {
            throw new ShapeException("repeat: there must be a number for each dimension of " + x.shape() + ": "
                    + Arrays.toString(times));
        }
        long[] apart = new long[2 * times.length]; // [1, size₀, 1, size₁, …]
        long[] repeated = new long[2 * times.length]; // [times₀, size₀, times₁, size₁, …]
        long[] sizes = new long[times.length];
        int extra = times.length - x.rank();
        for (int i = 0; i < times.length; i++) {
            Check.notNegative("repeat", "a number of copies", times[i]);
            long size = i < extra ? 1 : x.size(i - extra);
            apart[2 * i] = 1;
            apart[2 * i + 1] = size;
            repeated[2 * i] = times[i];
            repeated[2 * i + 1] = size;
            sizes[i] = times[i] * size;
        }
        return x.reshape(Shape.of(apart)).expand(Shape.of(repeated)).reshape(Shape.of(sizes));
    }

    /** Returns this tensor with each element so many times in a row along a dimension. */
    default Tensor repeatInterleave(long times, int dimension) {
        Tensor x = (Tensor) this;
        Check.notNegative("repeatInterleave", "the number of copies", times);
        int index = x.shape().index("repeatInterleave", dimension);
        long[] repeated = new long[x.rank() + 1];
        for (int i = 0; i < repeated.length; i++) {
            repeated[i] = i == index + 1 ? times : x.size(i <= index ? i : i - 1);
        }
        return x.unsqueeze(index + 1)
                .expand(Shape.of(repeated))
                .reshape(x.shape().with(index, x.size(index) * times));
    }

    // ---- another order of elements
    // -----------------------------------------------------------------------------------

    /** Returns a copy with the order of elements along dimensions reversed. */
    default Tensor flip(int... dimensions) {
        Tensor x = (Tensor) this;
        long[] indices = new long[dimensions.length];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = x.shape().index("flip", dimensions[i]);
        }
        Tensor y = Kernel.FLIP.call().tensor(x).integers(indices).one().like(x);
        if (!Tape.records(x)) {
            return y;
        }
        return new Node("flip", y, x) {
            @Override
            Tensor gradient(int input, Tensor g) {
                return g.flip(dimensions);
            }
        }.result();
    }

    /** Returns a copy whose elements are moved along a dimension; those pushed over its end come in at the start. */
    default Tensor roll(long shift, int dimension) {
        Tensor x = (Tensor) this;
        int index = x.shape().index("roll", dimension);
        Tensor y = Kernel.ROLL
                .call()
                .tensor(x)
                .integers(shift)
                .integers(index)
                .one()
                .like(x);
        if (!Tape.records(x)) {
            return y;
        }
        return new Node("roll", y, x) {
            @Override
            Tensor gradient(int input, Tensor g) {
                return g.roll(-shift, index);
            }
        }.result();
    }

    /** Returns matrices with zeros above a diagonal: 0 for the main one, 1 for that above it, -1 below. */
    default Tensor tril(long diagonal) {
        return Rearranging.triangle(Kernel.TRIL, (Tensor) this, diagonal);
    }

    /** Returns matrices with zeros below a diagonal: 0 for the main one, 1 for that above it, -1 below. */
    default Tensor triu(long diagonal) {
        return Rearranging.triangle(Kernel.TRIU, (Tensor) this, diagonal);
    }

    /** libtorch's names. */
    final class Kernel {
        private static final Operator RESHAPE = Operator.of("reshape");
        private static final Operator PERMUTE = Operator.of("permute");
        private static final Operator EXPAND = Operator.of("expand");
        private static final Operator FLIP = Operator.of("flip");
        private static final Operator ROLL = Operator.of("roll");
        private static final Operator TRIL = Operator.of("tril");
        private static final Operator TRIU = Operator.of("triu");

        private Kernel() {}
    }
}
