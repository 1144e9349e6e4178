package dev.jeton.torch.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where libtorch's libraries come from: the folder that {@code JETON_LIBTORCH} names, or the native jars on the class
 * path, unpacked once into a cache folder.
 */
public final class NativeLibraries {
    /** The environment variable that names the {@code lib} folder of any libtorch of the user's. */
    public static final String OVERRIDE = "JETON_LIBTORCH";

    /** The environment variable that names the cache folder. */
    public static final String CACHE = "JETON_CACHE";

    private final Path folder;
    private final boolean fromJars;
    private final List<Path> loaded;
    private final SymbolLookup symbols;

    private final Optional<Path> mkl;

    private NativeLibraries(
            Path folder, boolean fromJars, List<Path> loaded, SymbolLookup symbols, Optional<Path> mkl) {
        this.mkl = mkl;
        this.folder = folder;
        this.fromJars = fromJars;
        this.loaded = List.copyOf(loaded);
        this.symbols = symbols;
    }

    /** Returns the folder the libraries were loaded from. */
    public Path folder() {
        return folder;
    }

    /** Whether they came with Jeton's own dependencies rather than from {@code JETON_LIBTORCH}. */
    public boolean fromJars() {
        return fromJars;
    }

    /** Returns the folder of the MKL that does the products in OpenBLAS's place, if it does. */
    public Optional<Path> mkl() {
        return mkl;
    }

    /** Returns the libraries that were loaded, in order. */
    public List<Path> loaded() {
        return loaded;
    }

    /** Returns the lookup over all of them. */
    SymbolLookup symbols() {
        return symbols;
    }

    /**
     * Finds and loads libtorch.
     *
     * @throws IllegalStateException if the platform has none, a library is missing or does not load; the message says
     *     what to do
     */
    static NativeLibraries load() {
        Platform platform = Platform.current();
        String override = System.getenv(OVERRIDE);
        boolean fromJars = override == null || override.isBlank();
        Path folder = fromJars ? unpacked(platform) : given(Path.of(override), platform);
        NativeHeap.keepFreedMemory();
        IdleWorkers.sleepSoon();
        Optional<Path> mkl = fromJars ? Mkl.preload(folder.resolve(platform.openMp())) : Optional.empty();
        List<Path> loaded = new ArrayList<>();
        SymbolLookup lookup = null;
        for (String name : platform.loadOrder()) {
            Path library = folder.resolve(name);
            if (Files.isRegularFile(library)) {
                SymbolLookup one = open(library);
                lookup = lookup == null ? one : one.or(lookup);
                loaded.add(library);
            }
        }
        if (lookup == null) {
            throw new IllegalStateException("libtorch: no library of it in " + folder);
        }
        return new NativeLibraries(folder, fromJars, loaded, lookup, mkl);
    }

    private static SymbolLookup open(Path library) {
        try {
            return SymbolLookup.libraryLookup(library, Arena.global());
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(
                    "libtorch: " + library + " does not load: it is damaged, for another processor, or needs a library"
                            + " that this system lacks; delete the folder to have it unpacked anew",
                    e);
        }
    }

    private static Path given(Path folder, Platform platform) {
        if (!Files.isRegularFile(folder.resolve(platform.mainLibrary()))) {
            throw new IllegalStateException("libtorch: " + OVERRIDE + "=" + folder + " holds no "
                    + platform.mainLibrary() + ": name the lib folder of a libtorch 2.10 or later (of a Python"
                    + " installation: …/site-packages/torch/lib)");
        }
        return folder;
    }

    // ---- from the jars ---------------------------------------------------------------------------------------------

    private static Path unpacked(Platform platform) {
        URL main = resource("pytorch", platform, platform.mainLibrary())
                .orElseThrow(() -> new IllegalStateException("libtorch: its native library for " + platform.name()
                        + " is not on the class path: add org.bytedeco:pytorch with the classifier " + platform.name()
                        + ", or set " + OVERRIDE + " to the lib folder of a libtorch 2.10 or later"));
        try {
            Path cache = cacheFolder();
            Files.createDirectories(cache);
            Path target = cache.resolve("libtorch-" + fingerprint(main));
            if (!Files.isDirectory(target)) {
                unpackUnderLock(platform, cache, target);
            }
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException("libtorch: could not be unpacked: " + e.getMessage(), e);
        }
    }

    /** The folder for unpacked libraries: {@code JETON_CACHE}, or where the system keeps caches. */
    public static Path cacheFolder() {
        String own = System.getenv(CACHE);
        if (own != null && !own.isBlank()) {
            return Path.of(own);
        }
        String xdg = System.getenv("XDG_CACHE_HOME");
        Path base = xdg != null && !xdg.isBlank()
                ? Path.of(xdg)
                : Path.of(System.getProperty("user.home"), Platform.isMac() ? "Library/Caches" : ".cache");
        return base.resolve("jeton");
    }

    private static void unpackUnderLock(Platform platform, Path cache, Path target) throws IOException {
        Path lockFile = cache.resolve(target.getFileName() + ".lock");
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var _ = channel.lock()) {
            if (Files.isDirectory(target)) {
                return; // another process was faster
            }
            Path fresh = Files.createTempDirectory(cache, "unpacking-");
            try {
                for (String name : platform.loadOrder()) {
                    unpack(platform, name, fresh);
                }
                moveInPlace(fresh, target);
            } finally {
                deleteTree(fresh);
            }
        }
    }

    private static void unpack(Platform platform, String name, Path folder) throws IOException {
        for (String artifact : List.of("pytorch", "openblas")) {
            Optional<URL> url = resource(artifact, platform, name);
            if (url.isPresent()) {
                try (InputStream in = url.get().openStream()) {
                    Files.copy(in, folder.resolve(name));
                }
                return;
            }
        }
    }

    private static void moveInPlace(Path fresh, Path target) throws IOException {
        try {
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(fresh, target);
        }
    }

    private static void deleteTree(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    private static Optional<URL> resource(String artifact, Platform platform, String name) {
        String path = "org/bytedeco/" + artifact + "/" + platform.name() + "/" + name;
        ClassLoader own = NativeLibraries.class.getClassLoader();
        @Nullable URL url = own == null ? null : own.getResource(path);
        if (url == null) {
            ClassLoader context = Thread.currentThread().getContextClassLoader();
            url = context == null ? null : context.getResource(path);
        }
        return Optional.ofNullable(url);
    }

    /** Names the content, so that two versions never share a folder: the archive's own checksum, which costs nothing. */
    private static String fingerprint(URL library) throws IOException {
        if (library.openConnection() instanceof JarURLConnection jar) {
            return String.format(
                    Locale.ROOT,
                    "%08x-%d",
                    jar.getJarEntry().getCrc(),
                    jar.getJarEntry().getSize());
        }
        return "files-" + library.openConnection().getContentLengthLong();
    }
}
