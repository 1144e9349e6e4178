package dev.jeton.torch;

import dev.jeton.torch.internal.Abi;
import dev.jeton.torch.internal.NativeAutograd;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Derivatives by libtorch's own autograd, in the same process: what Jeton's derivatives are held against.
 *
 * <p>Formulas given to it are made of {@link Operator} calls only; Jeton's tape has no part in them.
 */
final class Oracle {
    private static final Operator BACKWARD = Operator.of("_backward");
    private static final Operator MUL = Operator.of("mul", "Tensor");
    private static final Operator STACK = Operator.of("stack");
    private static final Operator SUM = Operator.of("sum");

    private Oracle() {}

    /** The value of a formula y, the gradients of L = Σ r·y, and those of s = Σ v·∂L/∂x. */
    record Derivatives(double[] value, List<double[]> first, List<double[]> second) {}

    static Derivatives of(Formula formula, Tensor[] inputs, double[] r, List<double[]> v) {
        try (var _ = Scope.open()) {
            Abi.recordGradients(true);
            Tensor[] leaves = Arrays.stream(inputs).map(Oracle::leaf).toArray(Tensor[]::new);
            Tensor y = formula.of(leaves);
            List<Tensor> terms = new ArrayList<>(List.of(dot(y, r)));
            addZero(terms, leaves);
            backward(terms, leaves, true);
            List<Tensor> gradients = Arrays.stream(leaves).map(Oracle::gradient).toList();
            List<double[]> first = gradients.stream().map(Oracle::values).toList();

            terms.clear();
            for (int i = 0; i < leaves.length; i++) {
                terms.add(dot(gradients.get(i), v.get(i)));
            }
            addZero(terms, leaves);
            backward(terms, leaves, false);
            List<double[]> second = new ArrayList<>();
            for (int i = 0; i < leaves.length; i++) {
                second.add(difference(values(gradient(leaves[i])), first.get(i))); // libtorch has added them up
            }
            return new Derivatives(values(y), first, second);
        } finally {
            Abi.recordGradients(false);
        }
    }

    private static Tensor leaf(Tensor x) {
        Tensor leaf = Operator.of("detach").of(x);
        Abi.requireGradient(leaf.handle.address, true);
        return leaf;
    }

    /** Makes a sum depend on every input, as libtorch demands, without changing it. */
    private static void addZero(List<Tensor> terms, Tensor[] leaves) {
        for (Tensor leaf : leaves) {
            terms.add(dot(leaf, new double[Math.toIntExact(leaf.elements())]));
        }
    }

    private static Tensor dot(Tensor x, double[] weights) {
        return SUM.call()
                .tensor(MUL.of(x, Tensor.of(weights, x.shape())))
                .none()
                .one();
    }

    private static void backward(List<Tensor> terms, Tensor[] leaves, boolean record) {
        Tensor stacked = STACK.call().tensors(terms).integer(0).one();
        Tensor sum = SUM.call().tensor(stacked).none().one();
        BACKWARD.call()
                .tensor(sum)
                .tensors(List.of(leaves))
                .none()
                .someInteger(1)
                .flag(record)
                .nothing();
    }

    private static Tensor gradient(Tensor leaf) {
        Context context = Context.current();
        long address = NativeAutograd.gradient(context.scratch, leaf.handle.address);
        if (address == 0) {
            throw new AssertionError("libtorch has no gradient for an input of shape " + leaf.shape());
        }
        return Tensor.result(context, "gradient", address);
    }

    /** Reads elements without recording the reading. */
    private static double[] values(Tensor x) {
        Abi.recordGradients(false);
        try {
            return x.toDoubles();
        } finally {
            Abi.recordGradients(true);
        }
    }

    private static double[] difference(double[] a, double[] b) {
        double[] difference = new double[a.length];
        Arrays.setAll(difference, i -> a[i] - b[i]);
        return difference;
    }
}
