package dev.jeton.text;

import java.lang.invoke.VarHandle;

/**
 * The classes that the well-known patterns cut by, as one byte a code point, in pages made when they are first needed.
 */
final class CharClasses {
    /** {@code \p{L}}. */
    static final int LETTER = 1;
    /** {@code [\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]}. */
    static final int UPPER = 2;
    /** {@code [\p{Ll}\p{Lm}\p{Lo}\p{M}]}. */
    static final int LOWER = 4;
    /** {@code \p{N}}. */
    static final int NUMBER = 8;
    /** {@code \s}. */
    static final int SPACE = 16;
    /** Carriage return and line feed, which are spaces too. */
    static final int NEWLINE = 32;
    /** {@code [^\s\p{L}\p{N}]}. */
    static final int OTHER = 64;
    /** What BERT takes for punctuation. */
    static final int PUNCTUATION = 128;

    /** By byte; 0 for the bytes of longer sequences. */
    static final byte[] ASCII = new byte[256];

    private static final byte[][] PAGES = new byte[(Character.MAX_CODE_POINT + 1) >> 8][];

    static {
        for (int i = 0; i < 128; i++) {
            ASCII[i] = classify(i);
        }
    }

    private CharClasses() {}

    private static byte classify(int point) {
        int punctuation = CodePoints.isBertPunctuation(point) ? PUNCTUATION : 0;
        return (byte) (punctuation | general(point));
    }

    private static int general(int point) {
        if (CodePoints.isWhiteSpace(point)) {
            return point == '\n' || point == '\r' ? SPACE | NEWLINE : SPACE;
        }
        return switch (Character.getType(point)) {
            case Character.UPPERCASE_LETTER, Character.TITLECASE_LETTER -> LETTER | UPPER;
            case Character.LOWERCASE_LETTER -> LETTER | LOWER;
            case Character.MODIFIER_LETTER, Character.OTHER_LETTER -> LETTER | UPPER | LOWER;
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK ->
                OTHER | UPPER | LOWER;
            case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER -> NUMBER;
            default -> OTHER;
        };
    }

    /** The classes of a code point; an invalid one (-1) is other. */
    static int of(int point) {
        if (point < 0) {
            return OTHER;
        }
        byte[] page = PAGES[point >> 8];
        if (page == null) {
            page = new byte[256];
            for (int i = 0; i < 256; i++) {
                page[i] = classify((point & ~0xFF) | i);
            }
            VarHandle.storeStoreFence(); // who sees the page sees what is in it
            PAGES[point >> 8] = page; // any thread makes the same page
        }
        return page[point & 0xFF] & 0xFF;
    }

    /** The classes of the code point at {@code at} in the low byte, its length in bytes above. */
    static int at(byte[] text, int at, int end) {
        int ascii = ASCII[text[at] & 0xFF] & 0xFF;
        return ascii != 0 ? ascii | 0x100 : beyondAscii(text, at, end);
    }

    static boolean isAsciiLetter(byte value) {
        return (ASCII[value & 0xFF] & LETTER) != 0;
    }

    private static int beyondAscii(byte[] text, int at, int end) {
        int point = Utf8.decode(text, at, end);
        return of(point) | (point < 0 ? 0x100 : Utf8.length(point) << 8);
    }
}
