package dev.jeton.cli.tokenizer;

import dev.jeton.cli.UsageException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Whether a command may write over what is there. */
final class Target {
    @Option(names = "--force", description = "Write over a tokenizer that is there.")
    private boolean force;

    /** Refuses a place where something is that must not be lost. */
    void check(Path path, boolean folder) {
        if (folder && Files.exists(path) && !Files.isDirectory(path)) {
            throw new UsageException(path + " is a file: name a folder");
        }
        if (!folder && Files.isDirectory(path)) {
            throw new UsageException(path + " is a folder: name a file");
        }
        Path first = folder ? path.resolve("tokenizer.json") : path;
        if (!force && Files.exists(first)) {
            throw new UsageException(first + " is there already: choose another name, or give --force");
        }
    }
}
