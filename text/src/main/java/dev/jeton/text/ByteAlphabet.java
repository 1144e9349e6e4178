package dev.jeton.text;

import org.jspecify.annotations.Nullable;

/** GPT-2's visible characters for the 256 bytes: printable Latin-1 as it is, the rest from U+0100 on. */
final class ByteAlphabet {
    private static final char[] CHARS = new char[256];
    private static final short[] BYTES = new short[0x180];

    static {
        java.util.Arrays.fill(BYTES, (short) -1);
        int next = 0x100;
        for (int b = 0; b < 256; b++) {
            boolean printable = (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || b >= 0xAE;
            CHARS[b] = (char) (printable ? b : next++);
            BYTES[CHARS[b]] = (short) b;
        }
    }

    private ByteAlphabet() {}

    /** The character of a byte (0 to 255). */
    static char charOf(int value) {
        return CHARS[value & 0xFF];
    }

    /** The byte of a character, or -1 if it is none of the alphabet. */
    static int byteOf(int point) {
        return point >= 0 && point < BYTES.length ? BYTES[point] : -1;
    }

    /** The bytes that a token of the alphabet stands for; null if it holds any other character. */
    static byte @Nullable [] bytes(String token) {
        byte[] result = new byte[token.length()];
        for (int i = 0; i < result.length; i++) {
            int value = byteOf(token.charAt(i));
            if (value < 0) {
                return null;
            }
            result[i] = (byte) value;
        }
        return result;
    }

    static String string(byte[] bytes, int from, int to) {
        char[] result = new char[to - from];
        for (int i = from; i < to; i++) {
            result[i - from] = charOf(bytes[i]);
        }
        return new String(result);
    }

    static AlignedText map(AlignedText text) {
        var result = AlignedText.empty(text.size() + text.size() / 4 + 8);
        for (int i = 0; i < text.size(); i++) {
            int point = text.point(i);
            if (point < 0x80) {
                result.add(CHARS[point], text, i);
            } else {
                for (int shift = Utf8.length(point) - 1; shift >= 0; shift--) {
                    result.add(CHARS[Utf8.byteOf(point, shift)], text, i);
                }
            }
        }
        return result;
    }
}
