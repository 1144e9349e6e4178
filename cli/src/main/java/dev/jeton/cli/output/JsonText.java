package dev.jeton.cli.output;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * JSON on one line, as it grows, in UTF-8.
 *
 * <p>Half of a surrogate pair, which a token or a text may be, is escaped: the libraries' writers refuse it or put a question
 * mark there.
 */
public final class JsonText {
    /** A number of 32 bits has at most 11 signs. */
    private static final int LONGEST_INT = 11;
    /** An escaped UTF-16 unit. */
    private static final int LONGEST_UNIT = 6;

    private byte[] bytes = new byte[1 << 12];
    private int size;

    private void ensure(long more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.toIntExact(Math.max(size + more, Math.min(bytes.length * 2L, 1 << 30))));
        }
    }

    private JsonText ascii(String text) {
        ensure(text.length());
        for (int i = 0; i < text.length(); i++) {
            bytes[size++] = (byte) text.charAt(i);
        }
        return this;
    }

    private void sign(char sign) {
        ensure(1);
        bytes[size++] = (byte) sign;
    }

    /** Writes the next member's name, and an object's opening brace before the first. */
    public JsonText name(String name) {
        boolean first = size == 0 || bytes[size - 1] == '\n';
        return ascii(first ? "{\"" : ",\"").ascii(name).ascii("\":");
    }

    /** Ends the line's object. */
    public JsonText end() {
        return ascii("}\n");
    }

    public JsonText value(long number) {
        return ascii(Long.toString(number));
    }

    public JsonText value(double number) {
        return ascii(Double.toString(number));
    }

    public JsonText value(boolean flag) {
        return ascii(Boolean.toString(flag));
    }

    public JsonText value(int[] numbers) {
        ensure(2 + numbers.length * (LONGEST_INT + 1L));
        int at = size;
        bytes[at++] = '[';
        for (int i = 0; i < numbers.length; i++) {
            if (i > 0) {
                bytes[at++] = ',';
            }
            at = put(numbers[i], bytes, at);
        }
        bytes[at++] = ']';
        size = at;
        return this;
    }

    /** Pairs of a start and an end. */
    public JsonText value(int[] starts, int[] ends) {
        ensure(2 + starts.length * (2L * LONGEST_INT + 4));
        int at = size;
        bytes[at++] = '[';
        for (int i = 0; i < starts.length; i++) {
            if (i > 0) {
                bytes[at++] = ',';
            }
            bytes[at++] = '[';
            at = put(starts[i], bytes, at);
            bytes[at++] = ',';
            at = put(ends[i], bytes, at);
            bytes[at++] = ']';
        }
        bytes[at++] = ']';
        size = at;
        return this;
    }

    private static int put(int number, byte[] target, int from) {
        int at = from;
        if (number < 0) {
            target[at++] = '-';
        }
        int end = at + 1;
        for (int rest = number / 10; rest != 0; rest /= 10) {
            end++;
        }
        int rest = number;
        for (int i = end - 1; i >= at; i--) {
            target[i] = (byte) ('0' + Math.abs(rest % 10));
            rest /= 10;
        }
        return end;
    }

    public JsonText value(List<String> texts) {
        sign('[');
        for (int i = 0; i < texts.size(); i++) {
            if (i > 0) {
                sign(',');
            }
            value(texts.get(i));
        }
        sign(']');
        return this;
    }

    public JsonText value(String text) {
        ensure((long) text.length() * LONGEST_UNIT + 2);
        int at = size;
        bytes[at++] = '"';
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit >= ' ' && unit < 0x80 && unit != '"' && unit != '\\') {
                bytes[at++] = (byte) unit;
                continue;
            }
            size = at;
            if (Character.isHighSurrogate(unit)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                point(Character.toCodePoint(unit, text.charAt(++i)));
            } else {
                unit(unit);
            }
            at = size;
        }
        bytes[at++] = '"';
        size = at;
        return this;
    }

    private void unit(char unit) {
        switch (unit) {
            case '"' -> ascii("\\\"");
            case '\\' -> ascii("\\\\");
            case '\n' -> ascii("\\n");
            case '\r' -> ascii("\\r");
            case '\t' -> ascii("\\t");
            default -> {
                if (unit < 0x80 || Character.isSurrogate(unit)) {
                    ascii("\\u").ascii(HexFormat.of().toHexDigits(unit));
                } else {
                    point(unit);
                }
            }
        }
    }

    /** A character beyond ASCII. */
    private void point(int point) {
        int more = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
        bytes[size++] = (byte) ((0xF0 << (3 - more)) | (point >> (6 * more)));
        for (int shift = 6 * (more - 1); shift >= 0; shift -= 6) {
            bytes[size++] = (byte) (((point >> shift) & 0x3F) | 0x80);
        }
    }

    /** What there is so far. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    @Override
    public String toString() {
        return new String(bytes, 0, size, StandardCharsets.UTF_8);
    }
}
