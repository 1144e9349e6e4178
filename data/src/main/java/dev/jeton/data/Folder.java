package dev.jeton.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files below a folder; symbolic links are followed. */
record Folder(Path folder, List<String> files) implements FileTree {
    static Folder open(Path folder) {
        try (Stream<Path> walk = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            return new Folder(
                    folder,
                    walk.filter(Files::isRegularFile)
                            .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                            .toList());
        } catch (IOException | UncheckedIOException e) {
            throw new DataException(folder, "cannot be listed: " + e.getMessage(), e);
        }
    }

    @Override
    public String root() {
        return folder.toString();
    }

    @Override
    public byte[] read(String file) throws IOException {
        try (InputStream in = Files.newInputStream(folder.resolve(file))) {
            return in.readNBytes(MAX_FILE + 1);
        }
    }
}
