package dev.jeton.torch;

import dev.jeton.torch.internal.Abi;
import dev.jeton.torch.internal.NativeFailure;
import java.util.List;

/** The operators that libtorch offers as plain functions: the fastest way, without the dispatcher's look-up. */
final class Arithmetic {
    private static final Operator POW = Operator.of("pow", "Tensor_Tensor");
    private static final Operator OR = Operator.of("logical_or");
    private static final Operator ADD_PRODUCTS = Operator.of("_foreach_addcmul", "Tensor");

    private Arithmetic() {}

    /** {@code a + alpha · b}. */
    static Tensor add(String operator, Tensor a, Tensor b, double alpha) {
        long left = a.address(operator);
        long right = b.address(operator);
        Shape shape = Shape.broadcast(operator, a.shape(), b.shape());
        boolean cuda = onCuda(operator, a, b);
        if (!a.dtype().isFloating() && !b.dtype().isFloating()) {
            return addWhole(operator, a, b, alpha);
        }
        if (Math.abs(alpha) == 1 && Small.takes(operator, a, b)) {
            return alpha == 1 ? Small.add(operator, a, b) : Small.subtract(operator, a, b);
        }
        Context context = Context.current();
        try {
            long sum = Abi.add(context.scratch, cuda, left, right, alpha);
            return described(Tensor.result(context, operator, sum), shape, a, b);
        } catch (NativeFailure e) {
            throw Mistake.of(operator, e, a.describe(), b.describe());
        }
    }

    /** {@code a + alpha · b} of whole numbers, for which the function above has no whole alpha. */
    private static Tensor addWhole(String operator, Tensor a, Tensor b, double alpha) {
        if (a.dtype() == DType.BOOL && b.dtype() == DType.BOOL) {
            if (alpha != 1) {
                throw new DTypeException(
                        operator + ": booleans cannot be taken from one another; use xor(other) or not()");
            }
            return OR.of(a, b);
        }
        try (Tensor one = Tensor.scalar(1L);
                Tensor weight = Tensor.of(alpha)) {
            return ADD_PRODUCTS
                    .call()
                    .tensors(List.of(a))
                    .tensors(List.of(b))
                    .tensors(List.of(one))
                    .tensor(weight)
                    .list()[0];
        }
    }

    /** {@code a · b}. */
    static Tensor mul(Tensor a, Tensor b) {
        long left = a.address("mul");
        long right = b.address("mul");
        Shape shape = Shape.broadcast("mul", a.shape(), b.shape());
        boolean cuda = onCuda("mul", a, b);
        if (Small.takes("mul", a, b)) {
            return Small.multiply(a, b);
        }
        Context context = Context.current();
        try {
            long product = Abi.mul(context.scratch, cuda, left, right);
            return described(Tensor.result(context, "mul", product), shape, a, b);
        } catch (NativeFailure e) {
            throw Mistake.of("mul", e, a.describe(), b.describe());
        }
    }

    /** Any operator of two tensors that are broadcast against each other. */
    static Tensor binary(Operator kernel, Tensor a, Tensor b) {
        a.address(kernel.name());
        b.address(kernel.name());
        Shape shape = Shape.broadcast(kernel.name(), a.shape(), b.shape());
        Check.together(kernel.name(), a, b);
        Tensor result = kernel.of(a, b);
        return a.dtype().isFloating() ? described(result, shape, a, b) : result;
    }

    /** A comparison of two tensors that are broadcast against each other. */
    static Tensor compare(Operator kernel, Tensor a, Tensor b) {
        a.address(kernel.name());
        b.address(kernel.name());
        Shape.broadcast(kernel.name(), a.shape(), b.shape());
        Check.together(kernel.name(), a, b);
        return kernel.of(a, b);
    }

    /** A comparison with a number. */
    static Tensor compare(Operator kernel, Tensor a, double b) {
        return kernel.of(a, Scalars.like(a, b));
    }

    static Tensor add(Tensor a, double b) {
        if (!a.dtype().isFloating()) {
            return add("add", a, Scalars.like(a, b), 1); // whole numbers stay whole
        }
        if (Small.takes("add", a)) {
            return Small.add(a, b);
        }
        Context context = Context.current();
        try {
            long sum = Abi.addScalar(context.scratch, a.isCuda(), a.address("add"), b);
            return Tensor.result(context, "add", sum).like(a);
        } catch (NativeFailure e) {
            throw Mistake.of("add", e, a.describe());
        }
    }

    static Tensor mul(Tensor a, double b) {
        if (!a.dtype().isFloating()) {
            return mul(a, Scalars.like(a, b));
        }
        if (Small.takes("mul", a)) {
            return Small.multiply(a, b);
        }
        Context context = Context.current();
        try {
            long product = Abi.mulScalar(context.scratch, a.isCuda(), a.address("mul"), b);
            return Tensor.result(context, "mul", product).like(a);
        } catch (NativeFailure e) {
            throw Mistake.of("mul", e, a.describe());
        }
    }

    static Tensor pow(Tensor a, double b) {
        if (!a.dtype().isFloating()) {
            return POW.of(a, Scalars.like(a, b));
        }
        Context context = Context.current();
        try {
            long power = Abi.powScalar(context.scratch, a.isCuda(), a.address("pow"), b);
            return Tensor.result(context, "pow", power).like(a);
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

    /** Checks that operands lie together; a CPU scalar goes with any device. */
    private static boolean onCuda(String operator, Tensor a, Tensor b) {
        Check.together(operator, a, b);
        return a.isCuda() || b.isCuda();
    }
}
