package dev.jeton.text;

/**
 * UTF-8 by hand, where the JDK's coders would replace what they do not like.
 *
 * <p>A lone surrogate is written as the three bytes of its number and read back from them, so that any Java string survives
 * the way to bytes and back. In text that has none, this is plain UTF-8.
 */
final class Utf8 {
    private Utf8() {}

    /** How many bytes a code point takes. */
    static int length(int point) {
        if (point < 0x80) {
            return 1;
        }
        return point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    }

    /** A byte (0 to 255) of a code point from U+0080 on; {@code fromLast} 0 is the last one. */
    static int byteOf(int point, int fromLast) {
        int length = length(point);
        int bits = point >> (6 * fromLast);
        if (fromLast < length - 1) {
            return (bits & 0x3F) | 0x80;
        }
        return bits | (length == 2 ? 0xC0 : length == 3 ? 0xE0 : 0xF0);
    }

    /** Writes a code point's bytes; returns how many. */
    static int put(int point, byte[] target, int at) {
        if (point < 0x80) {
            target[at] = (byte) point;
            return 1;
        }
        int length = length(point);
        for (int i = 0; i < length; i++) {
            target[at + i] = (byte) byteOf(point, length - 1 - i);
        }
        return length;
    }

    /** Writes a text's bytes into {@code target}, which must have room for three bytes a UTF-16 unit; returns the end. */
    static int encode(String text, byte[] target) {
        return encode(text.toCharArray(), 0, text.length(), target, 0);
    }

    /** The same for UTF-16 units, the bytes from {@code at} on. */
    static int encode(char[] units, int from, int to, byte[] target, int at) {
        int end = at;
        for (int i = from; i < to; i++) {
            char unit = units[i];
            if (unit < 0x80) {
                target[end++] = (byte) unit;
            } else if (unit < 0x800) {
                target[end++] = (byte) (unit >> 6 | 0xC0);
                target[end++] = (byte) ((unit & 0x3F) | 0x80);
            } else if (Character.isHighSurrogate(unit) && i + 1 < to && Character.isLowSurrogate(units[i + 1])) {
                int point = Character.toCodePoint(unit, units[++i]);
                target[end++] = (byte) (point >> 18 | 0xF0);
                target[end++] = (byte) ((point >> 12 & 0x3F) | 0x80);
                target[end++] = (byte) ((point >> 6 & 0x3F) | 0x80);
                target[end++] = (byte) ((point & 0x3F) | 0x80);
            } else {
                target[end++] = (byte) (unit >> 12 | 0xE0);
                target[end++] = (byte) ((unit >> 6 & 0x3F) | 0x80);
                target[end++] = (byte) ((unit & 0x3F) | 0x80);
            }
        }
        return end;
    }

    /** A text's bytes. */
    static byte[] encode(String text) {
        byte[] buffer = new byte[text.length() * 3];
        return java.util.Arrays.copyOf(buffer, encode(text, buffer));
    }

    /** How many characters begin between two places. */
    static int count(byte[] bytes, int from, int to) {
        int count = 0;
        for (int i = from; i < to; i++) {
            count += (bytes[i] & 0xC0) == 0x80 ? 0 : 1;
        }
        return count;
    }

    /** How many bytes a sequence takes that starts with this byte; 1 for a byte that starts none. */
    static int sequenceLength(int first) {
        int value = first & 0xFF;
        if (value < 0xC2) {
            return 1;
        }
        return value < 0xE0 ? 2 : value < 0xF0 ? 3 : value < 0xF5 ? 4 : 1;
    }

    /**
     * The code point at {@code at}; what is no valid sequence is -1 for its first byte alone. Surrogates are taken.
     */
    static int decode(byte[] bytes, int at, int end) {
        int first = bytes[at];
        if (first >= 0) {
            return first;
        }
        int length = sequenceLength(first);
        if (length == 1 || at + length > end) {
            return -1;
        }
        int second = bytes[at + 1] ^ 0x80;
        if (length == 2) {
            return (second & 0xC0) == 0 ? ((first & 0x1F) << 6) | (second & 0x3F) : -1;
        }
        int third = bytes[at + 2] ^ 0x80;
        if (length == 3) {
            int point = ((first & 0xF) << 12) | ((second & 0x3F) << 6) | (third & 0x3F);
            return ((second | third) & 0xC0) == 0 && point >= 0x800 ? point : -1;
        }
        int fourth = bytes[at + 3] ^ 0x80;
        int point = ((first & 0x7) << 18) | ((second & 0x3F) << 12) | ((third & 0x3F) << 6) | (fourth & 0x3F);
        boolean valid = ((second | third | fourth) & 0xC0) == 0 && point >= 0x10000;
        return valid && point <= Character.MAX_CODE_POINT ? point : -1;
    }

    /** The text of bytes; each maximal part of an invalid sequence becomes U+FFFD, an encoded lone surrogate itself. */
    static String string(byte[] bytes, int from, int to) {
        String plain = new String(bytes, from, to - from, java.nio.charset.StandardCharsets.UTF_8);
        if (plain.indexOf('\uFFFD') < 0) {
            return plain;
        }
        // the JDK's replacement characters: perhaps a surrogate of ours among them
        var result = new StringBuilder(plain.length());
        int start = from;
        for (int i = from; i + 2 < to; i++) {
            boolean surrogate =
                    bytes[i] == (byte) 0xED && (bytes[i + 1] & 0xE0) == 0xA0 && (bytes[i + 2] & 0xC0) == 0x80;
            if (surrogate) {
                result.append(new String(bytes, start, i - start, java.nio.charset.StandardCharsets.UTF_8));
                result.append((char) decode(bytes, i, to));
                start = i + 3;
                i += 2;
            }
        }
        return start == from
                ? plain
                : result.append(new String(bytes, start, to - start, java.nio.charset.StandardCharsets.UTF_8))
                        .toString();
    }
}
