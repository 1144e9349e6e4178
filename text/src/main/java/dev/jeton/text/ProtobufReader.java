package dev.jeton.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the wire format of protocol buffers, field by field.
 *
 * <p>A SentencePiece model is four flat messages; reading their fields takes less code than declaring them to a generator, and
 * no library.
 */
final class ProtobufReader {
    private final String file;
    private final byte[] bytes;
    private final int end;
    private int at;
    private int tag;

    ProtobufReader(String file, byte[] bytes) {
        this(file, bytes, 0, bytes.length);
    }

    private ProtobufReader(String file, byte[] bytes, int from, int to) {
        this.file = file;
        this.bytes = bytes;
        this.at = from;
        this.end = to;
    }

    /** Goes on to the next field; false at the end of the message. */
    boolean next() {
        if (at == end) {
            return false;
        }
        tag = (int) varint();
        if (tag >>> 3 == 0) {
            throw wrong("a field must have a number from 1 on");
        }
        return true;
    }

    /** The number of the field. */
    int field() {
        return tag >>> 3;
    }

    long varint() {
        long result = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (at == end) {
                throw wrong("a number goes on behind the end of its message");
            }
            byte next = bytes[at++];
            result |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return result;
            }
        }
        throw wrong("a number has more than ten bytes");
    }

    /** The value of a number field of any width. */
    long number() {
        return switch (tag & 7) {
            case 0 -> varint();
            case 1 -> fixed(8);
            case 5 -> fixed(4);
            default -> throw wrong("field " + field() + " must be a number");
        };
    }

    float floatingPoint() {
        if ((tag & 7) != 5) {
            throw wrong("field " + field() + " must be a float");
        }
        return Float.intBitsToFloat((int) fixed(4));
    }

    private long fixed(int width) {
        int from = take(width);
        long result = 0;
        for (int i = width - 1; i >= 0; i--) {
            result = result << 8 | (bytes[from + i] & 0xFF);
        }
        return result;
    }

    private int take(long length) {
        if (length < 0 || length > end - at) {
            throw wrong("field " + field() + " of " + length + " bytes goes on behind the end of its message");
        }
        int from = at;
        at += (int) length;
        return from;
    }

    private int delimited() {
        if ((tag & 7) != 2) {
            throw wrong("field " + field() + " must be a string, bytes or a message");
        }
        return take(varint());
    }

    String string() {
        int from = delimited();
        return new String(bytes, from, at - from, StandardCharsets.UTF_8);
    }

    byte[] byteString() {
        int from = delimited();
        return Arrays.copyOfRange(bytes, from, at);
    }

    ProtobufReader message() {
        int from = delimited();
        return new ProtobufReader(file, bytes, from, at);
    }

    void skip() {
        if ((tag & 7) == 2) {
            delimited();
        } else {
            number();
        }
    }

    TokenizerException wrong(String rule) {
        return new TokenizerException(file + ", byte " + at + ": " + rule);
    }
}
