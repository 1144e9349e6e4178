package dev.jeton.torch.internal;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Objects;

/** The way into libtorch's own autograd, which tests use as an oracle and nothing else uses. */
public final class NativeAutograd {
    /** {@code c10::TensorImpl::mutable_grad()}: the place where a tensor keeps its gradient. */
    private static final MethodHandle GRADIENT =
            Objects.requireNonNull(Abi.findIfThere("_ZN3c1010TensorImpl12mutable_gradEv", "JJ"));

    private NativeAutograd() {}

    /** Returns a handle on the gradient that libtorch has added up at a tensor, or 0 where there is none. */
    public static long gradient(Scratch scratch, long tensor) {
        try {
            long implementation =
                    MemorySegment.ofAddress(tensor).reinterpret(Long.BYTES).get(ValueLayout.JAVA_LONG, 0);
            long gradient = (long) GRADIENT.invokeExact(implementation);
            return Abi.isDefined(scratch, gradient) ? Abi.duplicate(scratch, gradient) : 0;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }
}
