package dev.jeton.torch;

import java.util.Locale;

/**
 * The type of a tensor's elements.
 *
 * <p>The codes are libtorch's {@code ScalarType} numbers, which its ABI keeps.
 */
public enum DType {
    /** Unsigned 8-bit integer. */
    UINT8(0, 1, Kind.INTEGER),
    /** Signed 8-bit integer. */
    INT8(1, 1, Kind.INTEGER),
    /** Signed 16-bit integer. */
    INT16(2, 2, Kind.INTEGER),
    /** Signed 32-bit integer. */
    INT32(3, 4, Kind.INTEGER),
    /** Signed 64-bit integer: the type of indices. */
    INT64(4, 8, Kind.INTEGER),
    /** IEEE 754 half precision. */
    FLOAT16(5, 2, Kind.FLOATING),
    /** IEEE 754 single precision: the type of parameters. */
    FLOAT32(6, 4, Kind.FLOATING),
    /** IEEE 754 double precision. */
    FLOAT64(7, 8, Kind.FLOATING),
    /** Pairs of half-precision numbers. */
    COMPLEX32(8, 4, Kind.COMPLEX),
    /** Pairs of single-precision numbers. */
    COMPLEX64(9, 8, Kind.COMPLEX),
    /** Pairs of double-precision numbers. */
    COMPLEX128(10, 16, Kind.COMPLEX),
    /** One byte, 0 or 1. */
    BOOL(11, 1, Kind.BOOLEAN),
    /** Brain floating point: the upper half of a single. */
    BFLOAT16(15, 2, Kind.FLOATING),
    /** 8-bit float, 5 exponent and 2 mantissa bits. */
    FLOAT8_E5M2(23, 1, Kind.FLOATING),
    /** 8-bit float, 4 exponent and 3 mantissa bits, finite only. */
    FLOAT8_E4M3FN(24, 1, Kind.FLOATING),
    /** Unsigned 16-bit integer. */
    UINT16(27, 2, Kind.INTEGER),
    /** Unsigned 32-bit integer. */
    UINT32(28, 4, Kind.INTEGER),
    /** Unsigned 64-bit integer. */
    UINT64(29, 8, Kind.INTEGER);

    private enum Kind {
        BOOLEAN,
        INTEGER,
        FLOATING,
        COMPLEX
    }

    private static final DType[] BY_CODE = byCode();

    private final int code;
    private final int bytes;
    private final Kind kind;

    DType(int code, int bytes, Kind kind) {
        this.code = code;
        this.bytes = bytes;
        this.kind = kind;
    }

    /** Returns libtorch's number of this type. */
    int code() {
        return code;
    }

    /** Returns the size of one element in bytes. */
    public int bytes() {
        return bytes;
    }

    /** Whether gradients can flow through elements of this type. */
    public boolean isFloating() {
        return kind == Kind.FLOATING;
    }

    /** Whether elements are whole numbers (booleans are not). */
    public boolean isInteger() {
        return kind == Kind.INTEGER;
    }

    /** Whether elements are pairs of a real and an imaginary part. */
    public boolean isComplex() {
        return kind == Kind.COMPLEX;
    }

    /** Returns the name that NumPy and PyTorch print, such as {@code float32}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    static DType ofCode(int code) {
        DType found = code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
        if (found == null) {
            throw new DTypeException("dtype: Jeton knows no element type with libtorch's number " + code);
        }
        return found;
    }

    private static DType[] byCode() {
        DType[] table = new DType[32];
        for (DType type : values()) {
            table[type.code] = type;
        }
        return table;
    }
}
