package dev.jeton.torch;

import dev.jeton.torch.internal.Abi;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.LongAdder;

/**
 * One native tensor handle, shared by counting: the tensor a user holds and what the tape saved of it are two owners of
 * one handle. The last to let go frees it, on its own thread.
 */
final class Handle {
    private static final VarHandle OWNERS;
    private static final LongAdder LIVE = new LongAdder();

    static {
        try {
            OWNERS = MethodHandles.lookup().findVarHandle(Handle.class, "owners", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final long address;
    final Version version;
    private volatile int owners = 1;

    /** Counts the changes in place of the memory that a tensor and its views share. */
    static final class Version {
        int changes;
    }

    Handle(long address, Version version) {
        this.address = address;
        this.version = version;
        LIVE.increment();
    }

    static long live() {
        return LIVE.sum();
    }

    /** Takes part in owning; the caller must itself be an owner. */
    Handle share() {
        OWNERS.getAndAdd(this, 1);
        return this;
    }

    boolean isShared() {
        return owners > 1;
    }

    void release() {
        if ((int) OWNERS.getAndAdd(this, -1) == 1) {
            LIVE.decrement();
            Abi.delete(address);
        }
    }
}
