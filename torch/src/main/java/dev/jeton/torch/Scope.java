package dev.jeton.torch;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The life of tensors: every tensor that this thread makes while the scope is its innermost one is freed when the scope
 * closes, unless it was kept.
 *
 * <pre>{@code
 * try (var scope = Scope.open()) {
 *     var y = x.matmul(w).tanh();
 *     return scope.keep(y); // y goes on to the scope around this one
 * }
 * }</pre>
 *
 * <p>Scopes nest. They are closed in the reverse order of their opening, by the thread that opened them. A tensor made
 * outside any scope is freed by {@link Tensor#close()} or, failing that, when the garbage collector finds it.
 */
public final class Scope implements AutoCloseable {
    private final Context context;
    private final @Nullable Scope parent;
    private @Nullable Tensor[] tensors = new Tensor[16];
    private int count;
    private boolean closed;

    // the operators recorded in this scope, as a chain: what they saved is freed with the scope
    private @Nullable Node firstNode;
    private @Nullable Node lastNode;
    private boolean keptGraph;

    private Scope(Context context) {
        this.context = context;
        this.parent = context.scope;
        context.scope = this;
    }

    /** Opens a scope on this thread. */
    public static Scope open() {
        return new Scope(Context.current());
    }

    /**
     * Hands a tensor of this scope to the scope around it, or to the garbage collector's care where there is none.
     *
     * @return the same tensor
     * @throws IllegalStateException if the tensor is already closed
     */
    public Tensor keep(Tensor tensor) {
        tensor.address("keep");
        if (tensor.node != null) {
            keptGraph = true;
        }
        if (tensor.scope == this) {
            disown(tensor);
            if (parent == null) {
                tensor.watch();
            } else {
                parent.own(tensor);
            }
        }
        return tensor;
    }

    /**
     * Frees the tensors of this scope.
     *
     * @throws IllegalStateException if a scope opened later is still open, or on another thread than the opening one
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        if (context != Context.current()) {
            throw new IllegalStateException("scope: must be closed by the thread that opened it");
        }
        if (context.scope != this) {
            throw new IllegalStateException(
                    "scope: a scope opened inside this one is still open: close that one first");
        }
        closed = true;
        context.scope = parent;
        releaseFrom(0);
        if (keptGraph) {
            handOverNodes();
        } else {
            releaseNodes();
        }
    }

    // ---- tensors
    // -----------------------------------------------------------------------------------------------------

    void own(Tensor tensor) {
        if (count == tensors.length) {
            tensors = Arrays.copyOf(tensors, count * 2);
        }
        tensor.scope = this;
        tensor.slot = count;
        tensors[count++] = tensor;
    }

    /** Forgets a tensor, which the caller owns from now on. */
    void disown(Tensor tensor) {
        tensors[tensor.slot] = null;
        tensor.scope = null;
        while (count > 0 && tensors[count - 1] == null) {
            count--;
        }
    }

    boolean belongsTo(Context other) {
        return context == other;
    }

    /** Returns how many places are taken: what comes later can be freed by {@link #releaseFrom}. */
    int mark() {
        return count;
    }

    void releaseFrom(int mark) {
        for (int i = count - 1; i >= mark; i--) {
            Tensor tensor = tensors[i];
            if (tensor != null) {
                tensors[i] = null;
                tensor.scope = null;
                tensor.release();
            }
        }
        count = Math.min(count, mark);
    }

    // ---- recorded operators
    // ------------------------------------------------------------------------------------------

    void record(Node node) {
        if (lastNode == null) {
            firstNode = node;
        } else {
            lastNode.next = node;
        }
        lastNode = node;
    }

    /** Says that what was recorded here is still needed after this scope. */
    void keepGraph() {
        keptGraph = true;
    }

    private void releaseNodes() {
        Node node = firstNode;
        while (node != null) {
            Node next = node.next;
            node.next = null;
            node.release();
            node = next;
        }
        firstNode = null;
        lastNode = null;
    }

    private void handOverNodes() {
        Node node = firstNode;
        firstNode = null;
        lastNode = null;
        while (node != null) {
            Node next = node.next;
            node.next = null;
            if (node.isAlive()) {
                if (parent == null) {
                    node.watch();
                } else {
                    parent.record(node);
                }
            }
            node = next;
        }
    }
}
