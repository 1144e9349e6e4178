package dev.jeton.text;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Writes texts as UTF-8 into an array, byte for byte as {@link Utf8#encode} does, without garbage.
 *
 * <p>A text is taken in blocks; what of a block is ASCII up to the first other character, mostly all of it, the JDK narrows many
 * units at a time.
 */
final class Utf8Writer {
    private static final int BLOCK = 512;

    private final char[] units = new char[BLOCK];
    private final CharBuffer block = CharBuffer.wrap(units);
    private final CharsetEncoder ascii = StandardCharsets.US_ASCII.newEncoder();
    private ByteBuffer bytes = ByteBuffer.wrap(new byte[0]);

    /** Writes a text from the first byte of {@code target} on, which must have room for three bytes a UTF-16 unit; returns the end. */
    @SuppressWarnings("ReferenceEquality") // the same array, not one like it
    int write(String text, byte[] target) {
        if (bytes.array() != target) {
            bytes = ByteBuffer.wrap(target);
        }
        int end = 0;
        int next;
        for (int start = 0; start < text.length(); start = next) {
            next = Math.min(text.length(), start + BLOCK);
            if (next < text.length() && Character.isHighSurrogate(text.charAt(next - 1))) {
                next--; // both halves of a character into one block
            }
            text.getChars(start, next, units, 0);
            block.clear().limit(next - start);
            bytes.clear().position(end);
            ascii.encode(block, bytes, true);
            end = Utf8.encode(units, block.position(), next - start, target, bytes.position());
        }
        return end;
    }
}
