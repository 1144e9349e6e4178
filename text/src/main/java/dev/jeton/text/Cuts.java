package dev.jeton.text;

/**
 * Where a text may be cut in two that are learnt from one after the other, so that they have the same words as the whole: before
 * a space or, for all that do not keep words together over a line break, before a line feed, if what follows is no white space.
 *
 * <p>Such a sign begins a word or stands alone in every pattern that trainers use, whatever is before it; no normaliser
 * that they use joins it with its neighbours.
 */
enum Cuts {
    /** Before spaces only. */
    SPACES,
    /** Before spaces and line feeds. */
    WHITE_SPACE;

    /** Whether the text may be cut before a place, which must not be its last. */
    boolean before(byte[] text, int at) {
        boolean space = text[at] == ' ' || (text[at] == '\n' && this == WHITE_SPACE);
        return space && beginsNoWhiteSpace(text[at + 1] & 0xFF);
    }

    /** By the first byte; that of some characters which are no white space either is not seen to be so. */
    private static boolean beginsNoWhiteSpace(int first) {
        return (first > ' ' && first < 0x7F) || (first >= 0xC3 && first < 0xE0) || (first > 0xE3 && first < 0xF5);
    }

    /** The first place behind {@code from} where the text may be cut, or {@code to}. */
    int next(byte[] text, int from, int to) {
        for (int at = from + 1; at < to - 1; at++) {
            if (text[at] <= ' ' && before(text, at)) {
                return at;
            }
        }
        return to;
    }

    /** The last place from {@code from} on where the text may be cut, or 0. */
    int last(byte[] text, int from, int to) {
        for (int at = to - 2; at >= from; at--) {
            if (text[at] <= ' ' && before(text, at)) {
                return at;
            }
        }
        return 0;
    }
}
