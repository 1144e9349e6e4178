package dev.jeton.torch;

import dev.jeton.torch.internal.Abi;
import dev.jeton.torch.internal.NativeFailure;
import java.util.List;

/** What the operators of {@link InPlace} share: checks, and the changes that have no operator of their own. */
final class Changing {
    /** Adds products; the only addition in place whose factor is not a {@code Scalar}. */
    private static final Operator ADD_PRODUCTS = Operator.of("_foreach_addcmul_", "Tensor");

    private Changing() {}

    /** No gradient may flow through what is changed. */
    static void check(String operator, Tensor x) {
        x.address(operator);
        if (Tape.records(x)) {
            throw recorded(operator, x);
        }
    }

    /** No gradient may flow through either, and the second must fit into the first. */
    static void check(String operator, Tensor x, Tensor other) {
        checkRecording(operator, x, other);
        checkShape(operator, x, other);
        Check.together(operator, x, other);
    }

    static void checkRecording(String operator, Tensor x, Tensor other) {
        check(operator, x);
        check(operator, other);
    }

    static void checkShape(String operator, Tensor x, Tensor other) {
        if (!Shape.broadcast(operator, x.shape(), other.shape()).equals(x.shape())) {
            throw new ShapeException(operator + ": the shape must stay: " + other.shape() + " into " + x.shape());
        }
    }

    private static IllegalStateException recorded(String operator, Tensor x) {
        return new IllegalStateException(operator + ": gradients flow through this tensor, " + x.describe()
                + ": change a copy, or turn recording off with Gradients.off()");
    }

    /** {@code x += weight · other}. */
    static void add(Tensor x, Tensor other, double weight) {
        ADD_PRODUCTS
                .call()
                .tensors(List.of(x))
                .tensors(List.of(other))
                .tensors(List.of(Scalars.like(x, 1)))
                .tensor(Tensor.of(weight))
                .nothing();
        x.changed();
    }

    static void fill(Tensor x, double value) {
        try {
            Abi.fill(x.isCuda(), x.address("fillInPlace"), value);
        } catch (NativeFailure e) {
            throw Mistake.of("fillInPlace", e, x.describe());
        }
        x.changed();
    }
}
