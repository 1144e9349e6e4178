package dev.jeton.text;

import java.io.ByteArrayOutputStream;

/** Writes the wire format of protocol buffers, field by field: what {@link ProtobufReader} reads. */
final class ProtobufWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    ProtobufWriter number(int field, long value) {
        varint((long) field << 3);
        varint(value);
        return this;
    }

    ProtobufWriter flag(int field, boolean value) {
        return number(field, value ? 1 : 0);
    }

    ProtobufWriter floatingPoint(int field, float value) {
        varint(((long) field << 3) | 5);
        int bits = Float.floatToIntBits(value);
        for (int shift = 0; shift < 32; shift += 8) {
            out.write(bits >> shift);
        }
        return this;
    }

    ProtobufWriter bytes(int field, byte[] value) {
        varint(((long) field << 3) | 2);
        varint(value.length);
        out.writeBytes(value);
        return this;
    }

    ProtobufWriter string(int field, String value) {
        return bytes(field, Utf8.encode(value));
    }

    ProtobufWriter message(int field, ProtobufWriter value) {
        return bytes(field, value.toBytes());
    }

    private void varint(long value) {
        long left = value;
        while ((left & ~0x7FL) != 0) {
            out.write((int) ((left & 0x7F) | 0x80));
            left >>>= 7;
        }
        out.write((int) left);
    }

    byte[] toBytes() {
        return out.toByteArray();
    }
}
