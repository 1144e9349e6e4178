package dev.jeton.text;

/** The classes of code points that tokenizers cut by. */
final class CodePoints {
    private static final int LETTERS = 1 << Character.UPPERCASE_LETTER
            | 1 << Character.LOWERCASE_LETTER
            | 1 << Character.TITLECASE_LETTER
            | 1 << Character.MODIFIER_LETTER
            | 1 << Character.OTHER_LETTER;
    private static final int NUMBERS =
            1 << Character.DECIMAL_DIGIT_NUMBER | 1 << Character.LETTER_NUMBER | 1 << Character.OTHER_NUMBER;
    private static final int MARKS =
            1 << Character.NON_SPACING_MARK | 1 << Character.ENCLOSING_MARK | 1 << Character.COMBINING_SPACING_MARK;
    private static final int PUNCTUATION = 1 << Character.CONNECTOR_PUNCTUATION
            | 1 << Character.DASH_PUNCTUATION
            | 1 << Character.START_PUNCTUATION
            | 1 << Character.END_PUNCTUATION
            | 1 << Character.INITIAL_QUOTE_PUNCTUATION
            | 1 << Character.FINAL_QUOTE_PUNCTUATION
            | 1 << Character.OTHER_PUNCTUATION;

    private CodePoints() {}

    private static boolean in(int types, int point) {
        return (types >> Character.getType(point) & 1) != 0;
    }

    /** {@code \p{L}}. */
    static boolean isLetter(int point) {
        return in(LETTERS, point);
    }

    /** {@code \p{N}}. */
    static boolean isNumber(int point) {
        return in(NUMBERS, point);
    }

    /** {@code \p{M}}. */
    static boolean isMark(int point) {
        return in(MARKS, point);
    }

    /** The Unicode property White_Space, which is {@code \s} in the regular expressions of the field. */
    static boolean isWhiteSpace(int point) {
        return switch (point) {
            case '\t', '\n', 0x0B, '\f', '\r', ' ', 0x85, 0xA0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000 -> true;
            default -> point >= 0x2000 && point <= 0x200A;
        };
    }

    /** {@code \w}: alphabetic, mark, decimal number, connector punctuation or join control. */
    static boolean isWord(int point) {
        int type = Character.getType(point);
        return Character.isAlphabetic(point)
                || (MARKS >> type & 1) != 0
                || type == Character.DECIMAL_DIGIT_NUMBER
                || type == Character.CONNECTOR_PUNCTUATION
                || point == 0x200C
                || point == 0x200D;
    }

    /** What BERT takes for punctuation: Unicode's, and every ASCII sign that is neither a letter, a digit nor a control. */
    static boolean isBertPunctuation(int point) {
        if (point < 0x80) {
            return point > ' ' && point < 0x7F && !Character.isLetterOrDigit(point);
        }
        return (in(PUNCTUATION, point) && !LaterUnicode.isLaterPunctuation(point))
                || LaterUnicode.wasPunctuation(point);
    }

    /** What BERT takes for a control character, to be dropped. */
    static boolean isBertControl(int point) {
        if (point == '\t' || point == '\n' || point == '\r') {
            return false;
        }
        int type = Character.getType(point);
        return type == Character.CONTROL
                || type == Character.PRIVATE_USE
                || (type == Character.FORMAT && !LaterUnicode.isLaterFormat(point));
    }

    /** The blocks around whose characters BERT puts spaces. */
    static boolean isChinese(int point) {
        return (point >= 0x4E00 && point <= 0x9FFF)
                || (point >= 0x3400 && point <= 0x4DBF)
                || (point >= 0x20000 && point <= 0x2A6DF)
                || (point >= 0x2A700 && point <= 0x2B73F)
                || (point >= 0x2B740 && point <= 0x2B81F)
                || (point >= 0x2B920 && point <= 0x2CEAF)
                || (point >= 0xF900 && point <= 0xFAFF)
                || (point >= 0x2F800 && point <= 0x2FA1F);
    }

    /** Lower case, code point by code point, as the reference does it: only U+0130 becomes two. */
    static String lower(int point) {
        return point == 0x130 ? "i\u0307" : Character.toString(Character.toLowerCase(point));
    }
}
