package dev.jeton.torch.internal;

import java.util.List;
import java.util.Locale;

/**
 * An operating system and processor that libtorch is built for.
 *
 * @param name as the native jars' classifiers spell it
 * @param mainLibrary the file that every libtorch has
 * @param loadOrder every library there can be, each before those that need it; absent ones are skipped
 */
record Platform(String name, String mainLibrary, List<String> loadOrder) {
    private static final Platform LINUX_X86_64 = new Platform("linux-x86_64", "libtorch_cpu.so", linux());
    private static final Platform LINUX_ARM64 = new Platform("linux-arm64", "libtorch_cpu.so", linux());
    private static final Platform MAC_ARM64 = new Platform(
            "macosx-arm64",
            "libtorch_cpu.dylib",
            List.of(
                    "libquadmath.0.dylib",
                    "libgfortran.dylib",
                    "libopenblas.0.dylib",
                    "libomp.dylib",
                    "libc10.dylib",
                    "libtorch_cpu.dylib",
                    "libtorch.dylib"));

    private static List<String> linux() {
        return List.of(
                "libquadmath.so.0",
                "libgfortran.so.5",
                "libopenblas.so.0",
                "libgomp.so.1",
                "libc10.so",
                "libtorch_cpu.so",
                "libc10_cuda.so",
                "libtorch_cuda.so",
                "libtorch.so");
    }

    /** The library of the team of threads. */
    String openMp() {
        return isMac() ? "libomp.dylib" : "libgomp.so.1";
    }

    static boolean isMac() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac");
    }

    /**
     * Returns this machine's.
     *
     * @throws IllegalStateException if libtorch is not built for it
     */
    static Platform current() {
        String system = System.getProperty("os.name");
        String processor = System.getProperty("os.arch");
        boolean arm = processor.equals("aarch64") || processor.equals("arm64");
        boolean x86 = processor.equals("amd64") || processor.equals("x86_64");
        if (system.equals("Linux") && x86) {
            return LINUX_X86_64;
        }
        if (system.equals("Linux") && arm) {
            return LINUX_ARM64;
        }
        if (isMac() && arm) {
            return MAC_ARM64;
        }
        throw new IllegalStateException("libtorch: no build of it for " + system + " on " + processor
                + ": Jeton runs on Linux (x86-64, arm64) and macOS (arm64)");
    }
}
