package dev.jeton.torch;

import dev.jeton.torch.internal.Abi;
import dev.jeton.torch.internal.NativeFailure;

/** The operators that libtorch offers as plain functions: the fastest way, without the dispatcher's look-up. */
final class Arithmetic {
    private Arithmetic() {}

    /** {@code a + alpha · b}. */
    static Tensor add(String operator, Tensor a, Tensor b, double alpha) {
        long left = a.address(operator);
        long right = b.address(operator);
        Shape shape = Shape.broadcast(operator, a.shape(), b.shape());
        boolean cuda = onCuda(operator, a, b);
        Context context = Context.current();
        try {
            long sum = Abi.add(context.scratch, cuda, left, right, alpha);
            return described(Tensor.result(context, operator, sum), shape, a, b);
        } catch (NativeFailure e) {
            throw Mistake.of(operator, e, a.describe(), b.describe());
        }
    }

    /** {@code a · b}. */
    static Tensor mul(Tensor a, Tensor b) {
        long left = a.address("mul");
        long right = b.address("mul");
        Shape shape = Shape.broadcast("mul", a.shape(), b.shape());
        boolean cuda = onCuda("mul", a, b);
        Context context = Context.current();
        try {
            long product = Abi.mul(context.scratch, cuda, left, right);
            return described(Tensor.result(context, "mul", product), shape, a, b);
        } catch (NativeFailure e) {
            throw Mistake.of("mul", e, a.describe(), b.describe());
        }
    }

    static Tensor add(Tensor a, double b) {
        Context context = Context.current();
        try {
            long sum = Abi.addScalar(context.scratch, a.isCuda(), a.address("add"), b);
            return describedLike(Tensor.result(context, "add", sum), a);
        } catch (NativeFailure e) {
            throw Mistake.of("add", e, a.describe());
        }
    }

    static Tensor mul(Tensor a, double b) {
        Context context = Context.current();
        try {
            long product = Abi.mulScalar(context.scratch, a.isCuda(), a.address("mul"), b);
            return describedLike(Tensor.result(context, "mul", product), a);
        } catch (NativeFailure e) {
            throw Mistake.of("mul", e, a.describe());
        }
    }

    static Tensor pow(Tensor a, double b) {
        Context context = Context.current();
        try {
            long power = Abi.powScalar(context.scratch, a.isCuda(), a.address("pow"), b);
            return describedLike(Tensor.result(context, "pow", power), a);
        } catch (NativeFailure e) {
            throw Mistake.of("pow", e, a.describe());
        }
    }

    private static Tensor described(Tensor result, Shape shape, Tensor a, Tensor b) {
        if (a.dtype() == b.dtype() && a.device().equals(b.device()) && shape.equals(a.shape())) {
            return result.like(a);
        }
        return result;
    }

    /** Fractions turn whole numbers into float32, so the type is known only of floating operands. */
    private static Tensor describedLike(Tensor result, Tensor a) {
        return a.dtype().isFloating() ? result.like(a) : result;
    }

    /** Checks that operands lie together; a CPU scalar goes with any device. */
    private static boolean onCuda(String operator, Tensor a, Tensor b) {
        Device left = a.device();
        Device right = b.device();
        if (!left.equals(right) && a.rank() > 0 && b.rank() > 0) {
            throw new DeviceException(operator + ": operands must lie on one device: " + a.describe() + " on " + left
                    + " and " + b.describe() + " on " + right + "; move one with to(device)");
        }
        return left.isCuda() || right.isCuda();
    }
}
