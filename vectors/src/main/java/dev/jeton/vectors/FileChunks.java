package dev.jeton.vectors;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/** The pieces of files, one file after another; a piece never spans two. */
final class FileChunks implements Chunks {
    private final Deque<Path> waiting = new ArrayDeque<>();
    private final byte[] rest = new byte[SIZE];
    private int restLength;

    private @Nullable Path file;
    private @Nullable InputStream stream;
    private @Nullable ZipFile zip;
    private @Nullable Enumeration<? extends ZipEntry> zipEntries;

    FileChunks(List<Path> filesAndFolders) {
        for (Path path : filesAndFolders) {
            addFiles(path);
        }
    }

    private void addFiles(Path path) {
        try {
            if (!Files.exists(path)) {
                throw new NoSuchFileException(path.toString(), null, "a corpus is a file or a folder");
            }
            if (Files.isDirectory(path)) {
                try (Stream<Path> files = Files.walk(path)) {
                    files.filter(Files::isRegularFile).sorted().forEach(waiting::add);
                }
            } else {
                waiting.add(path);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public int next(byte[] buffer) throws IOException {
        while (true) {
            InputStream open = stream != null ? stream : advance();
            if (open == null) {
                return 0;
            }
            System.arraycopy(rest, 0, buffer, 0, restLength);
            int length = restLength + read(open, buffer, restLength);
            restLength = 0;
            if (length < SIZE) {
                open.close();
                stream = null;
                if (length > 0) {
                    return length;
                }
            } else {
                int cut = Chunks.cut(buffer, length);
                restLength = length - cut;
                System.arraycopy(buffer, cut, rest, 0, restLength);
                return cut;
            }
        }
    }

    private int read(InputStream open, byte[] buffer, int from) throws IOException {
        try {
            return open.readNBytes(buffer, from, SIZE - from);
        } catch (IOException e) {
            throw new IOException("corpus: " + file + " cannot be read to its end: " + e.getMessage(), e);
        }
    }

    /** Opens the next file, or the next entry of the archive that is open. */
    private @Nullable InputStream advance() throws IOException {
        if (zip != null && zipEntries != null) {
            while (zipEntries.hasMoreElements()) {
                ZipEntry entry = zipEntries.nextElement();
                if (!entry.isDirectory()) {
                    stream = zip.getInputStream(entry);
                    return stream;
                }
            }
            zip.close();
            zip = null;
        }
        Path next = waiting.poll();
        if (next == null) {
            return null;
        }
        file = next;
        String name = next.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".zip")) {
            zip = new ZipFile(next.toFile());
            zipEntries = zip.entries();
            return advance();
        }
        InputStream raw = Files.newInputStream(next);
        try {
            stream = unpacked(name, raw);
        } catch (IOException e) {
            raw.close();
            throw new IOException("corpus: " + next + " is not what its name says: " + e.getMessage(), e);
        }
        return stream;
    }

    private static InputStream unpacked(String name, InputStream raw) throws IOException {
        if (name.endsWith(".gz")) {
            return new GZIPInputStream(raw, 1 << 16);
        }
        return name.endsWith(".xz") ? new XZInputStream(new BufferedInputStream(raw, 1 << 16)) : raw;
    }

    @Override
    public void close() throws IOException {
        if (stream != null) {
            stream.close();
        }
        if (zip != null) {
            zip.close();
        }
    }
}
