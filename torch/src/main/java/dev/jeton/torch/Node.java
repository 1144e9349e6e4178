package dev.jeton.torch;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One recorded operator: where its inputs came from, what it saved, and its derivative.
 *
 * <p>An operator records itself by making an anonymous subclass beside its forward computation:
 *
 * <pre>{@code
 * return new Node("mul", product, a, b) {
 *     private final Tensor x = saveFor(1, a);
 *     private final Tensor y = saveFor(0, b);
 *
 *     @Override
 *     Tensor gradient(int input, Tensor g) {
 *         return g.mul(input == 0 ? y : x);
 *     }
 * }.result();
 * }</pre>
 *
 * <p>Derivatives are made of operators, so that they can be recorded for second derivatives. They run in a scope of
 * their own: what they return is kept, the rest is freed.
 */
abstract class Node {
    private static final Node[] NONE = {};

    final String operator;
    final @Nullable Node[] inputs;
    final int[] inputOutputs;
    final int outputs;
    private final @Nullable Tensor result;
    private @Nullable Tensor[] saved = new Tensor[2];
    private int savedCount;
    private boolean released;

    /** The next operator recorded in the same scope. */
    @Nullable
    Node next;

    // the state of the backward pass that walks over this node
    @Nullable
    Backward pass;

    int pending;

    @Nullable
    Tensor @Nullable [] incoming;

    /** Records an operator with one result. */
    Node(String operator, Tensor result, Tensor... operands) {
        this.operator = operator;
        this.result = result;
        this.outputs = 1;
        this.inputs = new Node[operands.length];
        this.inputOutputs = new int[operands.length];
        connect(operands);
        result.node = this;
        enlist();
    }

    /** Records an operator with several results; those that carry gradients are bound with {@link #bind}. */
    Node(String operator, int outputs, Tensor... operands) {
        this.operator = operator;
        this.result = null;
        this.outputs = outputs;
        this.inputs = new Node[operands.length];
        this.inputOutputs = new int[operands.length];
        connect(operands);
        enlist();
    }

    /** A source of gradients' ends: a leaf. */
    Node(String operator) {
        this.operator = operator;
        this.result = null;
        this.outputs = 1;
        this.inputs = NONE;
        this.inputOutputs = new int[0];
    }

    private void connect(Tensor[] operands) {
        for (int i = 0; i < operands.length; i++) {
            Tensor operand = operands[i];
            inputs[i] = operand.origin();
            inputOutputs[i] = operand.output;
        }
    }

    private void enlist() {
        Scope scope = Context.current().scope;
        if (scope != null) {
            scope.record(this);
        }
    }

    /** Returns the operator's result, now part of the graph. */
    Tensor result() {
        return java.util.Objects.requireNonNull(result);
    }

    /** Makes a tensor one of the several results. */
    Tensor bind(int output, Tensor tensor) {
        tensor.node = this;
        tensor.output = output;
        return tensor;
    }

    // ---- the derivative
    // ----------------------------------------------------------------------------------------------

    /**
     * Returns the gradient with respect to an input, given that of the only result. Called only for inputs that need it.
     * Operators whose gradients come together override {@link #gradients} instead.
     */
    Tensor gradient(int input, Tensor g) {
        throw new AssertionError(operator + " has no derivative");
    }

    /** Puts the gradients of all inputs that need one into {@code into}, given that of the only result. */
    void gradients(Tensor g, @Nullable Tensor[] into) {
        for (int i = 0; i < inputs.length; i++) {
            if (inputs[i] != null) {
                into[i] = gradient(i, g);
            }
        }
    }

    /** Puts the gradients of all inputs that need one into {@code into}, given those of the results, absent where zero. */
    void gradients(@Nullable Tensor[] g, @Nullable Tensor[] into) {
        Tensor only = g[0];
        if (only != null) {
            gradients(only, into);
        }
    }

    /** Whether anybody asks for the gradient of an input. */
    final boolean needs(int input) {
        return inputs[input] != null;
    }

    // ---- what is saved
    // -----------------------------------------------------------------------------------------------

    /** Saves a tensor for the derivative. It lives until the backward pass has used it or its scope ends. */
    final Tensor save(Tensor tensor) {
        Tensor twin = tensor.twin();
        if (savedCount == saved.length) {
            saved = Arrays.copyOf(saved, savedCount * 2);
        }
        saved[savedCount++] = twin;
        if (Context.current().scope == null) {
            twin.watch();
        }
        return twin;
    }

    /** Saves a tensor only if the gradient of this input, which uses it, will be asked for. */
    final Tensor saveFor(int input, Tensor tensor) {
        return needs(input) ? save(tensor) : tensor;
    }

    /** Whether the saved tensors are still there. */
    final boolean isAlive() {
        return !released;
    }

    /**
     * Says that the derivative is about to use what was saved.
     *
     * @throws IllegalStateException if it was freed, or changed in place since
     */
    final void checkSaved() {
        if (released) {
            throw new IllegalStateException("backward: what " + operator + " saved for its gradient is gone: an earlier"
                    + " backward used it (ask that one for Graph.RETAIN), or its scope has ended");
        }
        for (int i = 0; i < savedCount; i++) {
            Tensor twin = saved[i];
            if (twin != null && twin.handle.version.changes != twin.versionWhenSaved) {
                throw new IllegalStateException("backward: a tensor of shape " + twin.shape() + " that " + operator
                        + " saved for its gradient was changed in place since: change a copy instead");
            }
        }
    }

    /** Frees what was saved. */
    void release() {
        if (released) {
            return;
        }
        released = true;
        for (int i = 0; i < savedCount; i++) {
            Tensor twin = saved[i];
            if (twin != null) {
                twin.close();
                saved[i] = null;
            }
        }
    }

    /** Leaves what was saved to the garbage collector's care, because no scope is left that would free it. */
    final void watch() {
        for (int i = 0; i < savedCount; i++) {
            Tensor twin = saved[i];
            if (twin != null) {
                twin.watch();
            }
        }
    }
}
