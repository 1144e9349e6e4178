package dev.jeton.torch;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tensors side by side. */
final class Joining {
    private static final Operator CAT = Operator.of("cat");
    private static final Operator STACK = Operator.of("stack");

    private Joining() {}

    static Tensor cat(List<Tensor> tensors, int dimension) {
        int index = checked("cat", tensors, dimension);
        Tensor y = CAT.call().tensors(tensors).integer(index).one();
        Tensor[] operands = tensors.toArray(Tensor[]::new);
        if (!Tape.records(operands)) {
            return y;
        }
        long[] sizes = tensors.stream().mapToLong(x -> x.size(index)).toArray();
        DType[] types = tensors.stream().map(Tensor::dtype).toArray(DType[]::new);
        return new Node("cat", y, operands) {
            @Override
            void gradients(Tensor g, @Nullable Tensor[] into) {
                long start = 0;
                for (int i = 0; i < into.length; i++) {
                    if (needs(i)) {
                        into[i] = g.narrow(index, start, sizes[i]).to(types[i]);
                    }
                    start += sizes[i];
                }
            }
        }.result();
    }

    /** All shapes must be equal but for one dimension. */
    private static int checked(String operator, List<Tensor> tensors, int dimension) {
        if (tensors.isEmpty()) {
            throw new ShapeException(operator + ": there must be a tensor");
        }
        Tensor first = tensors.getFirst();
        int index = first.shape().index(operator, dimension);
        for (Tensor x : tensors) {
            if (x.rank() != first.rank()
                    || !x.shape().with(index, 0).equals(first.shape().with(index, 0))) {
                throw new ShapeException(operator + ": sizes must be equal but in dimension " + dimension + ": "
                        + first.shape() + " and " + x.shape());
            }
            Check.sameDevice(operator, first, x);
        }
        return index;
    }

    static Tensor stack(List<Tensor> tensors, int dimension) {
        if (tensors.isEmpty()) {
            throw new ShapeException("stack: there must be a tensor");
        }
        Tensor first = tensors.getFirst();
        int index = Rearranging.place("stack", first.shape(), dimension);
        for (Tensor x : tensors) {
            if (!x.shape().equals(first.shape())) {
                throw new ShapeException("stack: shapes must be equal: " + first.shape() + " and " + x.shape());
            }
            Check.sameDevice("stack", first, x);
        }
        Tensor y = STACK.call().tensors(tensors).integer(index).one();
        Tensor[] operands = tensors.toArray(Tensor[]::new);
        if (!Tape.records(operands)) {
            return y;
        }
        DType[] types = tensors.stream().map(Tensor::dtype).toArray(DType[]::new);
        return new Node("stack", y, operands) {
            @Override
            Tensor gradient(int input, Tensor g) {
                return g.select(index, input).to(types[input]);
            }
        }.result();
    }
}
