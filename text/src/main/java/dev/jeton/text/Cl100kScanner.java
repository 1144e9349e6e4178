package dev.jeton.text;

/** {@link KnownPatterns#CL100K} by hand, and its relatives that take fewer digits at a time. */
final class Cl100kScanner extends WordScanner {
    private final int maxDigits;

    Cl100kScanner(int maxDigits) {
        this.maxDigits = maxDigits;
    }

    @Override
    int scan(byte[] text, int from, int to, int[] spans) {
        int count = 0;
        int at = from;
        while (at < to && count < spans.length) {
            int end = end(text, at, to);
            spans[count] = at;
            spans[count + 1] = end;
            count += 2;
            at = end;
        }
        return count >> 1;
    }

    private int end(byte[] text, int from, int to) {
        int at = CharClasses.at(text, from, to);
        int next = from + (at >> 8);
        if ((at & CharClasses.LETTER) != 0) {
            return letters(text, next, to);
        }
        if ((at & CharClasses.NUMBER) != 0) {
            return digits(text, next, to, maxDigits - 1);
        }
        if (text[from] == '\'') {
            int length = contraction(text, from, to);
            if (length > 0) {
                return from + length;
            }
        }
        int after = next < to ? CharClasses.at(text, next, to) : 0;
        if ((after & CharClasses.LETTER) != 0 && (at & CharClasses.NEWLINE) == 0) {
            return letters(text, next + (after >> 8), to);
        }
        if ((at & CharClasses.OTHER) != 0) {
            return run(text, run(text, next, to, CharClasses.OTHER), to, CharClasses.NEWLINE);
        }
        if (text[from] == ' ' && (after & CharClasses.OTHER) != 0) {
            return run(text, run(text, next + (after >> 8), to, CharClasses.OTHER), to, CharClasses.NEWLINE);
        }
        return spaceWithNewlines(text, from, to);
    }

    /** End of at most {@code max} more digits. */
    static int digits(byte[] text, int from, int to, int max) {
        int i = from;
        for (int left = max; left > 0 && i < to; left--) {
            int at = CharClasses.at(text, i, to);
            if ((at & CharClasses.NUMBER) == 0) {
                break;
            }
            i += at >> 8;
        }
        return i;
    }
}
