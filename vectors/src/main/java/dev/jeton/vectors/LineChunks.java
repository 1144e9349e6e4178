package dev.jeton.vectors;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Iterator;

/** The pieces of lines that come from the user's program. */
final class LineChunks implements Chunks {
    private final Iterator<String> lines;

    /** The line that did not fit, from {@code position} on. */
    private byte[] line = new byte[0];

    private int position;

    LineChunks(Iterator<String> lines) {
        this.lines = lines;
    }

    @Override
    public int next(byte[] buffer) {
        int length = 0;
        while (position < line.length || lines.hasNext()) {
            if (position == line.length) {
                line = (lines.next() + "\n").getBytes(UTF_8);
                position = 0;
            }
            int fits = Math.min(line.length - position, SIZE - length);
            if (fits < line.length - position) {
                if (length > 0) {
                    break;
                }
                byte[] part = Arrays.copyOfRange(line, position, position + fits);
                fits = Chunks.cut(part, fits);
            }
            System.arraycopy(line, position, buffer, length, fits);
            position += fits;
            length += fits;
        }
        return length;
    }

    @Override
    public void close() {}
}
