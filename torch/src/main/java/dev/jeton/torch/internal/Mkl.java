package dev.jeton.torch.internal;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Intel's MKL in OpenBLAS's place, where the user has it: its libraries are loaded before libtorch with their symbols
 * visible to all, and so win over those of the same names that libtorch was linked with.
 *
 * <p>{@code JETON_MKL} is {@code on}, {@code off} or a folder; by default MKL is used on Intel's processors if
 * {@code jeton install mkl} has put it into the cache folder. On AMD's, OpenBLAS is the faster one.
 */
public final class Mkl {
    /** The environment variable that decides. */
    public static final String SETTING = "JETON_MKL";

    private static final int LAZY_GLOBAL = 0x1 | 0x100;
    private static final List<String> ORDER = List.of("libmkl_core.so", "libmkl_gnu_thread.so", "libmkl_intel_lp64.so");

    private Mkl() {}

    /**
     * Loads MKL if it is to be used.
     *
     * @param openMp the libgomp it must share with libtorch
     * @return the folder it was loaded from
     */
    static Optional<Path> preload(Path openMp) {
        String setting = Optional.ofNullable(System.getenv(SETTING)).orElse("").strip();
        if (!Platform.current().name().equals("linux-x86_64") || setting.equals("off")) {
            return Optional.empty();
        }
        boolean asked = !setting.isEmpty();
        Path folder = setting.isEmpty() || setting.equals("on")
                ? NativeLibraries.cacheFolder().resolve("mkl")
                : Path.of(setting);
        List<Path> libraries = find(folder);
        if (libraries.size() < ORDER.size()) {
            if (asked) {
                throw new IllegalStateException(
                        "libtorch: " + SETTING + "=" + setting + ", but " + folder + " has not all of " + ORDER
                                + ": install it with 'jeton install mkl' or name the folder that holds them");
            }
            return Optional.empty();
        }
        if (!asked && !processorIsIntels()) {
            return Optional.empty();
        }
        load(openMp);
        libraries.forEach(Mkl::load);
        return Optional.of(folder);
    }

    private static List<Path> find(Path folder) {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            for (String name : ORDER) {
                try (Stream<Path> files = Files.list(folder)) {
                    files.filter(file -> file.getFileName().toString().startsWith(name))
                            .sorted()
                            .findFirst()
                            .ifPresent(found::add);
                } catch (IOException e) {
                    throw new IllegalStateException("libtorch: " + folder + " cannot be read", e);
                }
            }
        }
        return found;
    }

    private static boolean processorIsIntels() {
        try {
            return Files.readString(Path.of("/proc/cpuinfo")).contains("GenuineIntel");
        } catch (IOException e) {
            return false;
        }
    }

    private static void load(Path library) {
        Linker linker = Linker.nativeLinker();
        MethodHandle open = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("dlopen"),
                FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocateFrom(library.toString());
            if ((long) open.invokeExact(name, LAZY_GLOBAL) == 0) {
                throw new IllegalStateException("libtorch: " + library + " does not load; set " + SETTING + "=off");
            }
        } catch (Throwable e) {
            throw e instanceof RuntimeException runtime ? runtime : new IllegalStateException(e);
        }
    }
}
