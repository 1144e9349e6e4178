package dev.jeton.torch;

/** {@code a + alpha · b} and its derivative. */
final class Sum {
    private Sum() {}

    static Tensor of(String operator, Tensor a, Tensor b, double alpha) {
        Tensor sum = Arithmetic.add(operator, a, b, alpha);
        if (!Tape.records(a, b)) {
            return sum;
        }
        Shape left = a.shape();
        Shape right = b.shape();
        DType leftType = a.dtype();
        DType rightType = b.dtype();
        return new Node(operator, sum, a, b) {
            @Override
            Tensor gradient(int input, Tensor g) {
                if (input == 0) {
                    return Broadcasting.sumTo(g, left, leftType);
                }
                Tensor summed = Broadcasting.sumTo(g, right, rightType);
                return alpha == 1 ? summed : summed.mul(alpha);
            }
        }.result();
    }
}
