package dev.jeton.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Eight bytes at a time, in one long. */
final class Bytes {
    private static final long EACH = 0x0101010101010101L;
    static final long HIGH_BITS = EACH << 7;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Bytes() {}

    /** The eight bytes from {@code at} on, the first one lowest. */
    static long longAt(byte[] bytes, int at) {
        return (long) LONG.get(bytes, at);
    }

    /** Writes eight bytes. */
    static void putLong(byte[] bytes, int at, long value) {
        LONG.set(bytes, at, value);
    }

    /** The lowest {@code count} bytes of a long, 1 to 8. */
    static long low(long value, int count) {
        return value & -1L >>> (64 - 8 * count);
    }

    /** Marks, by the high bit of its byte, each of eight bytes that is not an ASCII letter. */
    static long notLetters(long bytes) {
        return notIn(bytes | ' ' * EACH, 'a', 'z');
    }

    /** Marks, by the high bit of its byte, each of eight bytes that does not lie in a range of ASCII. */
    static long notIn(long bytes, int first, int last) {
        long low = bytes & ~HIGH_BITS;
        long fromFirst = low + EACH * (0x80 - first);
        long beyondLast = low + EACH * (0x7F - last);
        return (~fromFirst | beyondLast | bytes) & HIGH_BITS;
    }

    /** Marks each of eight bytes that is not {@code value}, by any bits of it. */
    static long not(long bytes, int value) {
        return bytes ^ value * EACH;
    }

    /** Eight bytes of ASCII in lower case. */
    static long lower(long bytes) {
        return bytes | (~notIn(bytes, 'A', 'Z') & HIGH_BITS) >>> 2;
    }

    /** Marks, by its high bit, the first of eight bytes that is {@code value}, and perhaps bytes behind it. */
    static long equal(long bytes, int value) {
        long difference = not(bytes, value);
        return (difference - EACH) & ~difference & HIGH_BITS;
    }

    /** How many bytes come before the first one that is marked; 8 if there is none. */
    static int before(long marks) {
        return Long.numberOfTrailingZeros(marks) >> 3;
    }

    /** A hash whose every bit is worth something. */
    static long hash(byte[] bytes, int from, int to) {
        int length = to - from;
        long hash = length;
        if (length >= 8) {
            for (int i = from; i < to - 8; i += 8) {
                hash = mixed(hash ^ longAt(bytes, i));
            }
            return mixed(hash ^ longAt(bytes, to - 8));
        }
        long all = 0;
        if (length > 0 && from + 8 <= bytes.length) {
            all = low(longAt(bytes, from), length);
        } else {
            for (int i = 0; i < length; i++) {
                all |= (bytes[from + i] & 0xFFL) << (8 * i);
            }
        }
        return mixed((hash << 56) ^ all);
    }

    /** The hash of what two parts make, one behind the other; behind each there are seven bytes more. */
    static long hash(byte[] bytes, int left, int leftLength, int right, int rightLength) {
        int length = leftLength + rightLength;
        long hash = length;
        if (length < 8) {
            return mixed((hash << 56) ^ low(joined(bytes, left, leftLength, right, 0), length));
        }
        for (int i = 0; i < length - 8; i += 8) {
            hash = mixed(hash ^ joined(bytes, left, leftLength, right, i));
        }
        return mixed(hash ^ joined(bytes, left, leftLength, right, length - 8));
    }

    /** Eight bytes of what two parts make, from a place in it on. */
    private static long joined(byte[] bytes, int left, int leftLength, int right, int at) {
        int before = leftLength - at;
        if (before <= 0) {
            return longAt(bytes, right - before);
        }
        long first = longAt(bytes, left + at);
        return before >= 8 ? first : low(first, before) | longAt(bytes, right) << (8 * before);
    }

    private static long mixed(long value) {
        long product = value * 0x9E3779B97F4A7C15L;
        return (product ^ (product >>> 32)) * 0xC2B2AE3D27D4EB4FL;
    }
}
