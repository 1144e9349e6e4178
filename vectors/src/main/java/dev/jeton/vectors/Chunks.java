package dev.jeton.vectors;

import java.io.Closeable;
import java.io.IOException;

/** A corpus as pieces of whole words, for several threads to take in turn. */
interface Chunks extends Closeable {
    /** Bytes of a piece. */
    int SIZE = 1 << 18;

    /**
     * Fills {@code buffer}, of {@link #SIZE} bytes, with the next piece.
     *
     * @return its bytes, or 0 at the end
     */
    int next(byte[] buffer) throws IOException;

    /**
     * Where to cut a full buffer so that no word is cut: after its last line end in its last quarter, or else after its last
     * white space, or else where it ends.
     */
    static int cut(byte[] buffer, int length) {
        int space = -1;
        for (int i = length - 1; i >= 0; i--) {
            if (buffer[i] == '\n' && (i >= length / 4 * 3 || space < 0)) {
                return i + 1;
            }
            if (space < 0 && Splitter.isWhiteSpace(buffer[i])) {
                space = i;
            }
            if (space >= 0 && i < length / 4 * 3) {
                break;
            }
        }
        return space < 0 ? length : space + 1;
    }
}
