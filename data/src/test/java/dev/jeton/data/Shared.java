package dev.jeton.data;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Reference data beside the repository. */
final class Shared {
    private Shared() {}

    /** A file of the reference data; without it the calling test is skipped. */
    static Path file(String path) {
        Path file = Path.of(System.getProperty("jeton.shared", "../shared")).resolve(path);
        Assumptions.assumeTrue(Files.exists(file), () -> "no reference data at " + file);
        return file;
    }
}
