package dev.jeton.torch;

/** Operators that give the same elements another memory, type or device. */
public sealed interface Conversions permits Tensor {
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

    /**
     * Returns pictures {@code [B, C, H, W]} with the channels of a pixel side by side in memory: the layout in which the
     * CPU's convolutions are fastest. Shape and values stay; what follows keeps the layout, so that it is asked for once, at
     * the entrance of a network.
     *
     * @throws ShapeException if there are not four dimensions
     */
    default Tensor channelsLast() {
        Tensor x = (Tensor) this;
        Check.rank("channelsLast", "the tensor", x, 4, "[B, C, H, W]");
        Tensor y = Kernel.CONTIGUOUS
                .call()
                .tensor(x)
                .integer(Kernel.CHANNELS_LAST)
                .view(x)
                .like(x);
        if (!Tape.records(x)) {
            return y;
        }
        return new Node("channelsLast", y, x) {
            @Override
            Tensor gradient(int input, Tensor g) {
                return g;
            }
        }.result();
    }

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
        private static final Operator CONTIGUOUS = Operator.of("contiguous");

        /** libtorch's number of the memory format. */
        private static final long CHANNELS_LAST = 2;

        private static final Operator TO_DTYPE = Operator.of("to", "dtype");
        private static final Operator COPY = Operator.of("copy_");
        private static final Operator CLONE = Operator.of("clone");

        private Kernel() {}
    }
}
