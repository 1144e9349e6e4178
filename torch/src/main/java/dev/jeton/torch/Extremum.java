package dev.jeton.torch;

/** The smaller, the larger, the bounded: operators that pass an operand on or leave it out. */
final class Extremum {
    private static final Operator CLAMP = Operator.of("clamp", "Tensor");

    private Extremum() {}

    /**
     * The larger (sign 1) or smaller (sign -1) of two.
     *
     * @param sign which way the operand that is passed on differs from the other
     */
    static Tensor of(String operator, Operator kernel, Tensor a, Tensor b, int sign) {
        Tensor y = Arithmetic.binary(kernel, a, b);
        if (!Tape.records(a, b)) {
            return y;
        }
        Shape left = a.shape();
        Shape right = b.shape();
        DType leftType = a.dtype();
        DType rightType = b.dtype();
        return new Node(operator, y, a, b) {
            private final Tensor p = save(a);
            private final Tensor q = save(b);

            @Override
            Tensor gradient(int input, Tensor g) {
                // 1 where the operand is passed on, 1/2 where both are equal, 0 where it is left out
                Tensor share =
                        p.detach().sub(q.detach()).sign().mul(sign).add(1).mul(0.5);
                return input == 0
                        ? Broadcasting.sumTo(g.mul(share), left, leftType)
                        : Broadcasting.sumTo(g.sub(g.mul(share)), right, rightType);
            }
        }.result();
    }

    /** {@code min(max(x, least), most)}; an infinite bound is none. */
    static Tensor clamp(Tensor x, double least, double most) {
        if (Double.isNaN(least) || Double.isNaN(most)) {
            throw new IllegalArgumentException("clamp: bounds must be numbers: " + least + ", " + most);
        }
        Call call = CLAMP.call().tensor(x);
        call = least == Double.NEGATIVE_INFINITY ? call.none() : call.tensorOrNone(Scalars.like(x, least));
        call = most == Double.POSITIVE_INFINITY ? call.none() : call.tensorOrNone(Scalars.like(x, most));
        Tensor y = Elementwise.described(call.one(), x);
        if (!Tape.records(x)) {
            return y;
        }
        return new Node("clamp", y, x) {
            private final Tensor saved = save(x);

            @Override
            Tensor gradient(int input, Tensor g) {
                Tensor outside = saved.lt(least).or(saved.gt(most));
                return g.maskedFill(outside, 0);
            }
        }.result();
    }
}
