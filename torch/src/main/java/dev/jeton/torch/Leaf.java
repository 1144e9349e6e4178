package dev.jeton.torch;

import org.jspecify.annotations.Nullable;

/** Where gradients end: the place of a tensor that asked for its gradient. Threads may add to it at once. */
final class Leaf extends Node {
    private final Tensor owner;
    private @Nullable Tensor gradient;

    /** The elements in a shorter type, and the change in place they were copied after. */
    private @Nullable Tensor cast;

    private int castVersion;

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

    /** Returns the elements in a shorter type, copied once as long as they do not change. */
    synchronized Tensor castFor(Tensor weight, DType type) {
        Tensor known = cast;
        int version = weight.handle.version.changes;
        if (known != null && known.dtype() == type && castVersion == version) {
            return known;
        }
        forgetCast();
        Tensor fresh;
        try (var _ = Gradients.off();
                Tensor detached = weight.detach()) {
            fresh = detached.to(type);
        }
        fresh.persist();
        cast = fresh;
        castVersion = version;
        return fresh;
    }

    synchronized void forgetCast() {
        if (cast != null) {
            cast.close();
            cast = null;
        }
    }

    private static boolean canTakeOver(Tensor g) {
        return g.node != null || (!g.handle.isShared() && !g.isView() && g.isContiguous());
    }
}
