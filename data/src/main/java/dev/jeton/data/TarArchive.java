package dev.jeton.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarFile;

/** The files of a tar; a gzipped one is unpacked once, to a temporary file that vanishes with this object. */
final class TarArchive implements FileTree {
    /** A gzipped tar may unpack to this many times its size, and to {@link #MAX_SMALL} in any case. */
    private static final int MAX_RATIO = 100;

    private static final long MAX_SMALL = 64L << 20;

    private final Path path;
    private final FileChannel channel;
    private final Map<String, Extent> extents;

    private record Extent(long offset, long size) {}

    private TarArchive(Path path, FileChannel channel, Map<String, Extent> extents) {
        this.path = path;
        this.channel = channel;
        this.extents = extents;
    }

    static TarArchive open(Path path, boolean gzipped) {
        try {
            FileChannel channel = gzipped ? unpack(path) : FileChannel.open(path);
            try {
                return new TarArchive(path, channel, extents(channel));
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new DataException(path, "broken tar: " + e.getMessage(), e);
        }
    }

    private static Map<String, Extent> extents(FileChannel channel) throws IOException {
        var extents = new LinkedHashMap<String, Extent>();
        // not closed: that would close the channel
        for (TarArchiveEntry entry : new TarFile(channel).getEntries()) {
            if (!entry.isFile()) {
                continue;
            }
            if (entry.isSparse()) {
                throw new IOException("entry " + entry.getName() + " is sparse");
            }
            long end = Math.addExact(entry.getDataOffset(), entry.getSize());
            if (entry.getSize() < 0 || entry.getDataOffset() < 0 || end > channel.size()) {
                throw new IOException("entry " + entry.getName() + " reaches beyond the end of the file");
            }
            extents.put(entry.getName(), new Extent(entry.getDataOffset(), entry.getSize()));
        }
        return extents;
    }

    private static FileChannel unpack(Path path) throws IOException {
        long limit = Math.max(MAX_SMALL, MAX_RATIO * Files.size(path));
        Path file = Files.createTempFile("jeton-", ".tar");
        FileChannel channel = FileChannel.open(
                file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        try (InputStream in = new GZIPInputStream(Files.newInputStream(path), 1 << 16)) {
            OutputStream out = Channels.newOutputStream(channel);
            byte[] buffer = new byte[1 << 16];
            long size = 0;
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                size += n;
                if (size > limit) {
                    throw new IOException("unpacks to more than %d times its size".formatted(MAX_RATIO));
                }
                out.write(buffer, 0, n);
            }
            return channel.position(0);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public String root() {
        return path.toString();
    }

    @Override
    public List<String> files() {
        return List.copyOf(extents.keySet());
    }

    @Override
    public String nameOf(String file) {
        return path + "!/" + file;
    }

    @Override
    public byte[] read(String file) throws IOException {
        Extent extent = Objects.requireNonNull(extents.get(file));
        var bytes = ByteBuffer.allocate((int) Math.min(extent.size, MAX_FILE + 1));
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, extent.offset + bytes.position()) < 0) {
                throw new EOFException("the archive was cut while it was open");
            }
        }
        return bytes.array();
    }
}
