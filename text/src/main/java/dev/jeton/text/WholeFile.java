package dev.jeton.text;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Files that are there as a whole or not at all: written beside their place, then moved to it. */
final class WholeFile {
    private WholeFile() {}

    static void write(Path file, String text) {
        write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    static void write(Path file, byte[] bytes) {
        Path target = file.toAbsolutePath();
        Path folder = target.getParent();
        if (folder == null) {
            throw new TokenizerException(file + ": is no place for a file");
        }
        try {
            Files.createDirectories(folder);
            // not a temporary file of the JDK's making: those only their owner may read
            Path fresh = folder.resolve("." + target.getFileName() + "." + System.nanoTime() + ".part");
            try {
                Files.write(fresh, bytes);
                Files.move(fresh, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException e) {
            throw new TokenizerException(file + ": cannot be written: " + e, e);
        }
    }
}
