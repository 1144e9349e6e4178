package dev.jeton.torch;

import org.jspecify.annotations.Nullable;

/** Where gradients end: the place of a tensor that asked for its gradient. Threads may add to it at once. */
final class Leaf extends Node {
    private final Tensor owner;
    private @Nullable Tensor gradient;

    Leaf(Tensor owner) {
        super("leaf");
        this.owner = owner;
    }

    boolean belongsTo(Tensor tensor) {
        return owner == tensor;
    }

    synchronized @Nullable Tensor gradient() {
        return gradient;
    }

    /** Replaces the gradient; the old one is freed. */
    synchronized void set(@Nullable Tensor fresh) {
        Tensor old = gradient;
        gradient = fresh;
        if (old != null && old != fresh) {
            old.close();
        }
    }

    /** Adds to the gradient, which becomes memory of its own: never a view or what somebody else holds. */
    synchronized void accumulate(Tensor g) {
        Tensor old = gradient;
        Tensor sum = old != null ? old.add(g) : canTakeOver(g) ? g.twin() : g.copy();
        sum.leaveScope();
        sum.watch();
        set(sum);
    }

    private static boolean canTakeOver(Tensor g) {
        return g.node != null || (!g.handle.isShared() && !g.isView() && g.isContiguous());
    }
}
