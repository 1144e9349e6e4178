package dev.jeton.text;

import java.util.regex.Pattern;

/** Where normalisation by characters, by graphemes and by compositions come to the same. */
final class Graphemes {
    private static final Pattern ONE = Pattern.compile("\\X");

    private Graphemes() {}

    /**
     * Whether a character stands for itself: between two such characters a grapheme always ends, and they never compose.
     */
    static boolean standsAlone(int point) {
        boolean surrogate = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
        // letters of Korean that compatibility forms make of them compose
        boolean jamo = (point >= 0x3130 && point <= 0x318F) || (point >= 0xFFA0 && point <= 0xFFDC);
        if (surrogate || jamo || point == '\r') {
            return false;
        }
        String text = Character.toString(point);
        return parts("a", text) && parts(text, "a") && parts(text, text) && parts("가", text) && parts("\u1100", text);
    }

    private static boolean parts(String left, String right) {
        var matcher = ONE.matcher(left + right);
        return matcher.find() && matcher.end() == left.length();
    }
}
