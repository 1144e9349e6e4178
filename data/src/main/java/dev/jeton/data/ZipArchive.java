package dev.jeton.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The files of a zip. */
record ZipArchive(Path path, ZipFile zip, List<String> files) implements FileTree {
    static ZipArchive open(Path path) {
        try {
            var zip = new ZipFile(path.toFile());
            return new ZipArchive(
                    path,
                    zip,
                    zip.stream()
                            .filter(entry -> !entry.isDirectory())
                            .map(ZipEntry::getName)
                            .distinct()
                            .toList());
        } catch (IOException | IllegalArgumentException e) {
            // names that are not UTF-8 come as IllegalArgumentException
            throw new DataException(path, "broken zip: " + e.getMessage(), e);
        }
    }

    @Override
    public String root() {
        return path.toString();
    }

    @Override
    public String nameOf(String file) {
        return path + "!/" + file;
    }

    @Override
    public byte[] read(String file) throws IOException {
        try (InputStream in = zip.getInputStream(zip.getEntry(file))) {
            return in.readNBytes(MAX_FILE + 1);
        }
    }
}
