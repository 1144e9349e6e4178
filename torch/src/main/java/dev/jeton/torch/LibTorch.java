package dev.jeton.torch;

import dev.jeton.torch.internal.Abi;
import dev.jeton.torch.internal.ThreadTeam;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The libtorch that Jeton computes with. */
public final class LibTorch {
    private LibTorch() {}

    /**
     * Finds and loads libtorch; later calls return at once. Every operator does this by itself.
     *
     * @throws LibTorchException if there is none for this platform, a library is missing or damaged, or it is older than
     *     2.10; the message says what to do
     */
    public static void load() {
        try {
            Loaded.touch();
        } catch (ExceptionInInitializerError e) {
            throw reason(e.getCause() == null ? e : e.getCause());
        } catch (NoClassDefFoundError e) {
            throw reason(e.getCause() == null ? e : e.getCause());
        }
    }

    private static LibTorchException reason(Throwable cause) {
        Throwable root = cause;
        while (root instanceof ExceptionInInitializerError && root.getCause() != null) {
            root = root.getCause();
        }
        if (root instanceof IllegalStateException || root instanceof UncheckedIOException) {
            return new LibTorchException(String.valueOf(root.getMessage()), root);
        }
        return new LibTorchException("libtorch: could not be loaded: " + root, root);
    }

    /** Returns its version, such as {@code 2.13.0}. */
    public static String version() {
        load();
        long version = Abi.version();
        return (version >>> 56) + "." + (version >>> 48 & 0xff) + "." + (version >>> 40 & 0xff);
    }

    /** Returns the folder it was loaded from. */
    public static Path folder() {
        load();
        return Abi.load().folder();
    }

    /** Returns how many native tensors are alive in this process, for tests that nothing leaks. */
    public static long liveTensors() {
        return Handle.live();
    }

    /** Returns whether operators can run on GPUs with this libtorch. */
    public static boolean hasCuda() {
        load();
        return Abi.load().loaded().stream().anyMatch(library -> library.endsWith("libtorch_cuda.so"));
    }

    /** Says where the libraries came from, in a sentence for people. */
    public static String origin() {
        load();
        return Abi.load().fromJars()
                ? "unpacked from Jeton's own dependencies; JETON_LIBTORCH names another"
                : "named by JETON_LIBTORCH";
    }

    /** Says what computes products of single-precision matrices and why, in a sentence for people. */
    public static String products() {
        load();
        if (Abi.load().mkl().isPresent()) {
            return "MKL in place of OpenBLAS, from " + Abi.load().mkl().get();
        }
        if (ThreadTeam.usesOpenBlas()) {
            return "OpenBLAS on libtorch's own threads; short types by oneDNN"
                    + " ('jeton install mkl' adds MKL for Intel processors, JETON_MKL=on for any)";
        }
        return "what this libtorch was built with";
    }

    static void checkDevice(Device device) {
        if (device.isCuda() && !hasCuda()) {
            throw new DeviceException("device: " + device + " is not there: this libtorch (" + folder()
                    + ") computes on the CPU only; set JETON_LIBTORCH to the lib folder of one built with CUDA");
        }
    }

    /** Returns how many threads an operator may use. */
    public static int threads() {
        load();
        return ThreadTeam.size();
    }

    /**
     * Sets how many threads an operator may use, products included. The default is {@code JETON_THREADS}, or else the
     * number of processors.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public static void setThreads(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads: must be at least 1, got " + threads);
        }
        load();
        ThreadTeam.resize(threads);
    }

    private static int defaultThreads() {
        String given = System.getenv("JETON_THREADS");
        if (given == null || given.isBlank()) {
            return Runtime.getRuntime().availableProcessors();
        }
        if (!given.matches("[1-9]\\d{0,3}")) {
            throw new IllegalStateException("JETON_THREADS: must be a positive number, is '" + given + "'");
        }
        return Integer.parseInt(given);
    }

    /** Loads once; a failure is remembered with its cause by the class loader. */
    private static final class Loaded {
        static {
            Abi.load();
            Abi.switchOffNnpack();
            ThreadTeam.resize(defaultThreads());
        }

        private Loaded() {}

        static void touch() {
            // the initialiser has run
        }
    }
}
