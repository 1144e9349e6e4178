package dev.jeton.torch;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Products of vectors and matrices. Operands have one element type; nothing is promoted. */
public sealed interface Products permits Tensor {
    /**
     * Returns the matrix product over the last two dimensions; those before are broadcast. A vector counts as a row on
     * the left and as a column on the right, and that dimension is absent from the result.
     *
     * @param other {@code [..., k, n]} for this {@code [..., m, k]}
     * @return {@code [..., m, n]}
     * @throws ShapeException if the inner sizes differ, or an operand is a scalar
     * @throws DTypeException if the element types differ
     */
    default Tensor matmul(Tensor other) {
        return Contraction.matmul(Autocast.operand((Tensor) this), Autocast.operand(other));
    }

    /**
     * Returns the products of corresponding matrices.
     *
     * @param other {@code [B, k, n]} for this {@code [B, m, k]}
     * @return {@code [B, m, n]}
     */
    default Tensor bmm(Tensor other) {
        Tensor a = Autocast.operand((Tensor) this);
        Tensor b = Autocast.operand(other);
        Check.rank("bmm", "the left operand", a, 3, "[B, m, k]");
        Check.rank("bmm", "the right operand", b, 3, "[B, k, n]");
        Check.alike("bmm", a, b);
        Contraction.checkInner("bmm", a, b, -2);
        if (a.size(0) != b.size(0)) {
            throw new ShapeException("bmm: the numbers of matrices must be equal: a " + a.shape() + " × b " + b.shape()
                    + ": " + a.size(0) + " ≠ " + b.size(0) + "; matmul broadcasts them");
        }
        return MatrixProduct.PLAIN.of(a, b);
    }

    /**
     * Returns {@code this · weightᵀ + bias}: a fully connected layer.
     *
     * @param weight {@code [out, in]} for this {@code [..., in]}
     * @param bias {@code [out]}, or none
     * @return {@code [..., out]}
     */
    default Tensor linear(Tensor weight, @Nullable Tensor bias) {
        return Contraction.linear(
                Autocast.operand((Tensor) this),
                Autocast.operand(weight),
                bias == null ? null : Autocast.operand(bias));
    }

    /**
     * Returns the sum of the products of two vectors' elements.
     *
     * @param other a vector as long as this one
     * @return a scalar
     */
    default Tensor dot(Tensor other) {
        Check.rank("dot", "the left operand", (Tensor) this, 1, "[n]");
        Check.rank("dot", "the right operand", other, 1, "[n]");
        return matmul(other);
    }

    /**
     * Returns the product of each element of this vector with each of another.
     *
     * @param other {@code [m]} for this {@code [n]}
     * @return {@code [n, m]}
     */
    default Tensor outer(Tensor other) {
        Tensor a = (Tensor) this;
        Check.rank("outer", "the left operand", a, 1, "[n]");
        Check.rank("outer", "the right operand", other, 1, "[m]");
        return a.reshape(Shape.of(a.size(0), 1)).mul(other);
    }

    /**
     * Returns the sum of products that an equation of index letters describes, such as {@code "bik,bjk->bij"}: letters
     * of the result stay, all others are summed over.
     *
     * @param equation one group of letters an operand, separated by commas; after {@code ->} those of the result. Without
     *     {@code ->} the result has the letters that occur once, in alphabetical order. Three dots stand for any
     *     dimensions, which are broadcast.
     * @throws IllegalArgumentException if the equation is malformed
     * @throws ShapeException if it does not fit the operands
     */
    static Tensor einsum(String equation, Tensor... operands) {
        return Einsum.of(
                equation, Arrays.stream(operands).map(Autocast::operand).toList());
    }
}
