package dev.jeton.torch;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Products over any leading dimensions, brought to products of two matrices or of two rows of matrices. */
final class Contraction {
    private Contraction() {}

    static Tensor matmul(Tensor a, Tensor b) {
        if (a.rank() == 0 || b.rank() == 0) {
            throw new ShapeException("matmul: operands must have at least one dimension: a " + a.shape() + " × b "
                    + b.shape() + "; use mul for scalars");
        }
        Check.alike("matmul", a, b);
        checkInner("matmul", a, b, b.rank() == 1 ? 0 : -2);
        if (a.rank() == 2 && b.rank() == 2) {
            return MatrixProduct.PLAIN.of(a, b);
        }
        Tensor left = a.rank() == 1 ? a.reshape(Shape.of(1, a.size(0))) : a;
        Tensor right = b.rank() == 1 ? b.reshape(Shape.of(b.size(0), 1)) : b;
        Shape batch = Shape.broadcast("matmul", leading(left), leading(right));
        Tensor product = right.rank() == 2 ? foldedLeft(left, right) : batched(left, right, batch);
        long[] sizes = batch.raw();
        if (a.rank() > 1) {
            sizes = append(sizes, a.size(-2));
        }
        if (b.rank() > 1) {
            sizes = append(sizes, b.size(-1));
        }
        return product.reshape(Shape.of(sizes));
    }

    static Tensor linear(Tensor x, Tensor weight, @Nullable Tensor bias) {
        Check.rank("linear", "the weight", weight, 2, "[out, in]");
        Check.alike("linear", x, weight, bias);
        if (x.rank() == 0) {
            throw new ShapeException("linear: the input must have at least one dimension [..., in], it is a scalar");
        }
        if (x.size(-1) != weight.size(1)) {
            throw new ShapeException("linear: inner sizes must match: input " + x.shape() + ", weight " + weight.shape()
                    + ": " + x.size(-1) + " ≠ " + weight.size(1));
        }
        Check.shape("linear", "the bias", Shape.of(weight.size(0)), bias);
        Tensor rows =
                x.rank() == 2 ? x : x.reshape(Shape.of(x.shape().with(-1, 1).elements(), x.size(-1)));
        Tensor y = bias == null
                ? MatrixProduct.RIGHT_TRANSPOSED.of(rows, weight)
                : MatrixProduct.affine(rows, weight, bias);
        return x.rank() == 2 ? y : y.reshape(x.shape().with(-1, weight.size(0)));
    }

    /** One matrix on the right: all rows of the left operand are rows of one matrix. */
    private static Tensor foldedLeft(Tensor left, Tensor right) {
        Tensor rows = left.rank() == 2
                ? left
                : left.reshape(Shape.of(leading(left).elements() * left.size(-2), left.size(-1)));
        return MatrixProduct.PLAIN.of(rows, right);
    }

    private static Tensor batched(Tensor left, Tensor right, Shape batch) {
        return MatrixProduct.PLAIN.of(row(left, batch), row(right, batch));
    }

    /** Returns matrices as {@code [N, m, k]}, repeated to fill a shape of leading dimensions. */
    private static Tensor row(Tensor x, Shape batch) {
        long[] full = append(append(batch.raw(), x.size(-2)), x.size(-1));
        Tensor repeated = leading(x).equals(batch) ? x : x.expand(Shape.of(full));
        return repeated.rank() == 3 ? repeated : repeated.reshape(Shape.of(batch.elements(), x.size(-2), x.size(-1)));
    }

    /** Returns the sizes of all dimensions but the last two. */
    private static Shape leading(Tensor x) {
        return Shape.of(Arrays.copyOf(x.shape().raw(), x.rank() - 2));
    }

    private static long[] append(long[] sizes, long size) {
        long[] longer = Arrays.copyOf(sizes, sizes.length + 1);
        longer[sizes.length] = size;
        return longer;
    }

    /** Checks that the last size of the left operand is the given one of the right. */
    static void checkInner(String operator, Tensor a, Tensor b, int dimension) {
        if (a.size(-1) != b.size(dimension)) {
            throw new ShapeException(operator + ": inner sizes must match: a " + a.shape() + " × b " + b.shape() + ": "
                    + a.size(-1) + " ≠ " + b.size(dimension));
        }
    }
}
