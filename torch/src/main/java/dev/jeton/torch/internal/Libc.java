package dev.jeton.torch.internal;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/** Functions of the C library, of which not every system has each. */
final class Libc {
    private static final Linker LINKER = Linker.nativeLinker();

    private Libc() {}

    static Optional<MethodHandle> find(String function, FunctionDescriptor signature) {
        return LINKER.defaultLookup().find(function).map(address -> LINKER.downcallHandle(address, signature));
    }
}
