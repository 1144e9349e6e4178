package dev.jeton.torch.internal;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Makes glibc's allocator keep the memory of freed tensors for the next ones.
 *
 * <p>As it comes, it maps every block above 32 MB anew and unmaps it when it is freed, so that each large result pays for
 * fresh pages, one fault for every 4 kB: where pages are dear, as on virtual machines, attention over 4 × 512 tokens was
 * measured at 119 ms, and at 15 ms with the memory kept. What this costs is memory that does not go back to the system
 * before the process ends; the peak stays what it was.
 *
 * <p>Whoever has set one of glibc's own variables ({@code MALLOC_…_} or {@code GLIBC_TUNABLES}) has chosen already.
 */
final class NativeHeap {
    private static final int TRIM_THRESHOLD = -1;
    private static final int MMAP_MAX = -4;
    private static final int ARENA_MAX = -8;

    private static final FunctionDescriptor SIGNATURE =
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);

    private NativeHeap() {}

    static void keepFreedMemory() {
        boolean chosen = System.getenv().keySet().stream()
                .anyMatch(name -> name.startsWith("MALLOC_") || name.equals("GLIBC_TUNABLES"));
        if (chosen) {
            return;
        }
        Libc.find("mallopt", SIGNATURE).ifPresent(NativeHeap::keepFreedMemory); // absent where libc is another
    }

    private static void keepFreedMemory(MethodHandle set) {
        try {
            int _ = (int) set.invokeExact(ARENA_MAX, 1); // blocks above 64 MB fit into the main heap only
            int _ = (int) set.invokeExact(MMAP_MAX, 0);
            int _ = (int) set.invokeExact(TRIM_THRESHOLD, Integer.MAX_VALUE);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
