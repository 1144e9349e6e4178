package dev.jeton.nn;

import dev.jeton.torch.DType;
import dev.jeton.torch.Generator;
import dev.jeton.torch.Scope;
import dev.jeton.torch.Shape;
import dev.jeton.torch.ShapeException;
import dev.jeton.torch.Tensor;

/** Random orthogonal matrices: the orthogonal factor of a normally distributed matrix, by Newton's iteration. */
final class Orthogonal {
    private static final int MOST_ITERATIONS = 200;
    private static final double PRECISION = 1e-10;

    private Orthogonal() {}

    static Tensor make(Shape shape, Generator random, double gain) {
        if (shape.rank() < 2 || shape.elements() == 0) {
            throw new ShapeException("orthogonal: a matrix with elements is needed, the shape is " + shape);
        }
        long rows = shape.size(0);
        long columns = shape.elements() / rows;
        try (Scope scope = Scope.open()) {
            Shape tallShape = Shape.of(Math.max(rows, columns), Math.min(rows, columns));
            Tensor drawn = Init.normal(0, 1).make(tallShape, random).to(DType.FLOAT64);
            Tensor tall = nearest(drawn);
            Tensor matrix = rows < columns ? tall.t() : tall;
            return scope.keep(matrix.mul(gain).to(DType.FLOAT32).contiguous().reshape(shape));
        }
    }

    /** {@code x ← 1.5 x - 0.5 x xᵀx} drives every singular value below √3 to 1. */
    private static Tensor nearest(Tensor drawn) {
        Tensor x = drawn.div(drawn.norm());
        Tensor identity = identity(Math.toIntExact(drawn.size(1)));
        for (int i = 0; i < MOST_ITERATIONS; i++) {
            Tensor gram = x.t().matmul(x);
            if (gram.sub(identity).norm().item() < PRECISION) {
                return x;
            }
            x = x.mul(1.5).sub(x.matmul(gram).mul(0.5));
        }
        throw new ArithmeticException("orthogonal: the iteration did not converge for " + drawn.shape());
    }

    private static Tensor identity(int size) {
        double[][] rows = new double[size][size];
        for (int i = 0; i < size; i++) {
            rows[i][i] = 1;
        }
        return Tensor.of(rows);
    }
}
