package dev.jeton.torch;

/** Operators that give the same elements another shape or order. Most share the memory of their operand. */
public sealed interface Views permits Tensor {
    /** Returns the same elements in row-major order with another shape; one size may be -1, and is then computed. */
    default Tensor reshape(long... sizes) {
        return reshape(inferred(((Tensor) this).shape(), sizes));
    }

    /** Returns the same elements in row-major order with another shape. */
    default Tensor reshape(Shape shape) {
        Tensor x = (Tensor) this;
        Shape from = x.shape();
        if (from.elements() != shape.elements()) {
            throw new ShapeException("reshape: the number of elements must stay: " + from + " has " + from.elements()
                    + ", " + shape + " has " + shape.elements());
        }
        Tensor y = Kernel.RESHAPE.call().tensor(x).integers(shape.raw()).view(x);
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

    private static Shape inferred(Shape from, long[] sizes) {
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
                    + java.util.Arrays.toString(sizes));
        }
        long[] complete = sizes.clone();
        complete[open] = from.elements() / known;
        return Shape.of(complete);
    }

    /** Returns this tensor repeated along dimensions of size 1, and new ones in front, without copying. */
    default Tensor expand(Shape shape) {
        Tensor x = (Tensor) this;
        Shape from = x.shape();
        Tensor y =
                Kernel.EXPAND.call().tensor(x).integers(shape.raw()).flag(false).view(x);
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

    /** Returns a tensor whose elements lie in row-major order: this one where they do, else a copy. */
    default Tensor contiguous() {
        Tensor x = (Tensor) this;
        return x.isContiguous() ? x : copy();
    }

    /** Returns a copy in row-major order. */
    default Tensor copy() {
        Tensor x = (Tensor) this;
        Tensor y = Kernel.CLONE.call().tensor(x).someInteger(0).one().like(x);
        if (!Tape.records(x)) {
            return y;
        }
        return new Node("copy", y, x) {
            @Override
            Tensor gradient(int input, Tensor g) {
                return g;
            }
        }.result();
    }

    // ---- type and device
    // ----------------------------------------------------------------------------------------------

    /** Returns these elements as another type; this tensor where they have it already. */
    default Tensor to(DType dtype) {
        Tensor x = (Tensor) this;
        DType from = x.dtype();
        if (from == dtype) {
            return x;
        }
        Tensor y = Kernel.TO_DTYPE
                .call()
                .tensor(x)
                .type(dtype)
                .flag(false)
                .flag(false)
                .none()
                .one();
        if (!dtype.isFloating() || !Tape.records(x)) {
            return y;
        }
        return new Node("to", y, x) {
            @Override
            Tensor gradient(int input, Tensor g) {
                return g.to(from);
            }
        }.result();
    }

    /** Returns these elements on another device; this tensor where they lie there already. */
    default Tensor to(Device device) {
        Tensor x = (Tensor) this;
        Device from = x.device();
        if (from.equals(device)) {
            return x;
        }
        Tensor y = Tensor.empty(x.shape(), x.dtype(), device);
        Kernel.COPY.call().tensor(y).tensor(x).flag(false).inPlace(y);
        if (!Tape.records(x)) {
            return y;
        }
        return new Node("to", y, x) {
            @Override
            Tensor gradient(int input, Tensor g) {
                return g.to(from);
            }
        }.result();
    }

    /** libtorch's names. */
    final class Kernel {
        private static final Operator TO_DTYPE = Operator.of("to", "dtype");
        private static final Operator COPY = Operator.of("copy_");
        private static final Operator RESHAPE = Operator.of("reshape");
        private static final Operator EXPAND = Operator.of("expand");
        private static final Operator CLONE = Operator.of("clone");

        private Kernel() {}
    }
}
