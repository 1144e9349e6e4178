package dev.jeton.text;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The text of files in blocks that end where it may be cut. Threads take turns. */
final class BlockReader implements AutoCloseable {
    private final Iterator<Path> files;
    private final Cuts cuts;
    private final boolean lines;
    private final int blockSize;
    private final Consumer<TrainingProgress> listener;
    private final long totalBytes;

    private long bytesRead;
    private Path file = Path.of("");
    private @Nullable InputStream in;
    private byte[] rest = {};

    /** A part of a text: whoever reads into it owns it. */
    static final class Block {
        private byte[] bytes = {};
        private int size;

        byte[] bytes() {
            return bytes;
        }

        int size() {
            return size;
        }

        private void ensure(int capacity) {
            if (bytes.length < capacity) {
                bytes = Arrays.copyOf(bytes, capacity);
            }
        }
    }

    /**
     * @param lines whether the text may be cut behind each line feed too
     * @param blockSize how many bytes are read at a time
     */
    BlockReader(List<Path> files, Cuts cuts, boolean lines, int blockSize, Consumer<TrainingProgress> listener) {
        this.files = files.iterator();
        this.cuts = cuts;
        this.lines = lines;
        this.blockSize = blockSize;
        this.listener = listener;
        totalBytes = files.stream().mapToLong(BlockReader::size).sum();
    }

    private static long size(Path path) {
        try {
            return Files.size(path);
        } catch (IOException e) {
            return 0; // reading will tell
        }
    }

    /** Reads the next block; false if there is none. */
    synchronized boolean read(Block block) {
        try {
            boolean found = false;
            while (!found) {
                if (in == null) {
                    if (!files.hasNext()) {
                        return false;
                    }
                    file = files.next();
                    in = Files.newInputStream(file);
                }
                found = read(block, in);
            }
            listener.accept(new TrainingProgress(TrainingProgress.Phase.READING, bytesRead, totalBytes));
            return true;
        } catch (IOException e) {
            throw new TokenizerException(file + ": cannot be read: " + e, e);
        }
    }

    /** Reads until the block can end or the file does. */
    private boolean read(Block block, InputStream from) throws IOException {
        block.ensure(rest.length + blockSize + Scratch.PADDING);
        System.arraycopy(rest, 0, block.bytes, 0, rest.length);
        block.size = rest.length;
        rest = new byte[0];
        int wanted = blockSize;
        while (true) {
            int seen = block.size;
            int count = from.readNBytes(block.bytes, seen, wanted);
            block.size += count;
            bytesRead += count;
            if (count < wanted) {
                from.close();
                in = null;
                return block.size > 0;
            }
            int end = end(block.bytes, Math.max(1, seen - 1), block.size);
            if (end > 0) {
                rest = Arrays.copyOfRange(block.bytes, end, block.size);
                block.size = end;
                return true;
            }
            if (block.size > Integer.MAX_VALUE / 2 - Scratch.PADDING) {
                throw new TokenizerException(file + ": has 1 GB without a place to cut it");
            }
            wanted = block.size;
            block.ensure(block.size + wanted + Scratch.PADDING);
        }
    }

    private int end(byte[] bytes, int from, int to) {
        int end = cuts.last(bytes, from, to);
        for (int at = to; lines && at > Math.max(from, end); at--) {
            if (bytes[at - 1] == '\n') {
                return at;
            }
        }
        return end;
    }

    @Override
    public void close() {
        stop();
    }

    /** Closes what is open; who reads on finds nothing. */
    synchronized void stop() {
        while (files.hasNext()) {
            files.next();
        }
        if (in != null) {
            try {
                in.close();
            } catch (IOException e) {
                throw new TokenizerException(file + ": cannot be closed: " + e, e);
            } finally {
                in = null;
            }
        }
    }
}
