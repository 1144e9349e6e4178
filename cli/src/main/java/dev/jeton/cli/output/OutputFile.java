package dev.jeton.cli.output;

import dev.jeton.cli.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Files that commands write: there as a whole or not at all. */
public final class OutputFile {
    private OutputFile() {}

    /** Writes a file in one step, its folder too where that is not there. */
    public static void write(Path file, byte[] bytes) throws IOException {
        if (Files.isDirectory(file)) {
            throw new UsageException(file + ": a folder, not a file to write");
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path draft = file.resolveSibling(
                "." + file.getFileName() + "." + ProcessHandle.current().pid());
        try {
            Files.write(draft, bytes);
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
