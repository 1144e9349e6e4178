package dev.jeton.text;

/** Sixty-four bytes at a time: a bit for each of them that is of a kind, the first one lowest. */
final class ByteMasks {
    /** How many bytes a mask is of. */
    static final int SIZE = 64;

    /** Gathers the lowest bits of eight bytes in the highest byte of the product. */
    private static final long GATHER = 0x0102040810204080L;

    private ByteMasks() {}

    /** The first {@code count} bits, 0 to 64. */
    static long low(int count) {
        return count == 0 ? 0 : -1L >>> (SIZE - count);
    }

    /** The bytes beyond ASCII. */
    static long beyondAscii(byte[] bytes, int at) {
        long mask = 0;
        for (int i = 0; i < SIZE; i += 8) {
            mask |= bits(Bytes.longAt(bytes, at + i) & Bytes.HIGH_BITS) << i;
        }
        return mask;
    }

    /** The bytes of a range of ASCII. */
    static long range(byte[] bytes, int at, int first, int last) {
        long mask = 0;
        for (int i = 0; i < SIZE; i += 8) {
            mask |= bits(Bytes.notIn(Bytes.longAt(bytes, at + i), first, last)) << i;
        }
        return ~mask;
    }

    /** The ASCII letters. */
    static long letters(byte[] bytes, int at) {
        long mask = 0;
        for (int i = 0; i < SIZE; i += 8) {
            mask |= bits(Bytes.notLetters(Bytes.longAt(bytes, at + i))) << i;
        }
        return ~mask;
    }

    /** The bytes that are {@code value}, which is one of ASCII. */
    static long equal(byte[] bytes, int at, int value) {
        return range(bytes, at, value, value);
    }

    private static long bits(long marks) {
        return ((marks >>> 7) * GATHER) >>> 56;
    }
}
