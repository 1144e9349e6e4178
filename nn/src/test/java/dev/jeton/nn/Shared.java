package dev.jeton.nn;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** The reference data beside the repository; what needs it is skipped where it is absent. */
final class Shared {
    private Shared() {}

    static Path folder(String name) {
        Path folder = Path.of(System.getProperty("jeton.shared", "shared")).resolve(name);
        Assumptions.assumeTrue(Files.isDirectory(folder), () -> "no reference data at " + folder);
        return folder;
    }
}
