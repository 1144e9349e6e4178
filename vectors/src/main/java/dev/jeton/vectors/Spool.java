package dev.jeton.vectors;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * A corpus as word ids in a temporary file: text is read and cut once, whatever the number of epochs, and an iterator that can be
 * had only once will do. Pieces keep the order of the text, whichever thread wrote them.
 */
final class Spool implements Closeable {
    private final FileChannel channel;
    private long end;

    /** Where each piece starts, and its ids, by piece. */
    private long[] starts = new long[64];

    private int[] lengths = new int[64];
    private int pieces;

    private Spool(FileChannel channel) {
        this.channel = channel;
    }

    static Spool create() throws IOException {
        Path file = Files.createTempFile("jeton-corpus", ".ids");
        return new Spool(FileChannel.open(
                file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE));
    }

    /** A thread's own room for a piece on its way to or from the file. */
    static ByteBuffer buffer() {
        return ByteBuffer.allocateDirect((Chunks.SIZE + 1) * Integer.BYTES).order(ByteOrder.nativeOrder());
    }

    void write(int piece, int[] ids, int count, ByteBuffer buffer) throws IOException {
        write(ids, count, buffer, reserve(piece, count));
    }

    private synchronized long reserve(int piece, int count) {
        if (piece >= starts.length) {
            int capacity = Math.max(piece + 1, starts.length * 2);
            starts = Arrays.copyOf(starts, capacity);
            lengths = Arrays.copyOf(lengths, capacity);
        }
        pieces = Math.max(pieces, piece + 1);
        starts[piece] = end;
        lengths[piece] = count;
        end += (long) count * Integer.BYTES;
        return starts[piece];
    }

    /** Replaces a piece by a shorter one. */
    void rewrite(int piece, int[] ids, int count, ByteBuffer buffer) throws IOException {
        if (count > lengths[piece]) {
            throw new IllegalArgumentException("a piece can only shrink: " + lengths[piece] + " to " + count);
        }
        write(ids, count, buffer, starts[piece]);
        lengths[piece] = count;
    }

    private void write(int[] ids, int count, ByteBuffer buffer, long at) throws IOException {
        buffer.clear();
        buffer.asIntBuffer().put(ids, 0, count);
        buffer.limit(count * Integer.BYTES);
        while (buffer.hasRemaining()) {
            at += channel.write(buffer, at);
        }
    }

    int pieces() {
        return pieces;
    }

    /** Reads a piece. Returns its ids' number. */
    int read(int piece, int[] ids, ByteBuffer buffer) throws IOException {
        int count = lengths[piece];
        long at = starts[piece];
        buffer.clear().limit(count * Integer.BYTES);
        while (buffer.hasRemaining()) {
            int got = channel.read(buffer, at);
            if (got < 0) {
                throw new EOFException("the temporary file of word ids was cut short by another program");
            }
            at += got;
        }
        buffer.flip();
        buffer.asIntBuffer().get(ids, 0, count);
        return count;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
