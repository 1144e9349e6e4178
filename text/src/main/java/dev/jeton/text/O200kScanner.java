package dev.jeton.text;

/** {@link KnownPatterns#O200K} and {@link KnownPatterns#TEKKEN} by hand: words in camel case are cut where a capital begins. */
final class O200kScanner extends WordScanner {
    private final int maxDigits;
    private final boolean contractions;

    O200kScanner(int maxDigits, boolean contractions) {
        this.maxDigits = maxDigits;
        this.contractions = contractions;
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
        if ((at & CharClasses.NUMBER) != 0) {
            return Cl100kScanner.digits(text, next, to, maxDigits - 1);
        }
        int word = word(text, from, next, at, to);
        if (word >= 0) {
            int length = contractions && word < to && text[word] == '\'' ? contraction(text, word, to) : 0;
            return word + length;
        }
        if ((at & CharClasses.OTHER) != 0) {
            return signs(text, next, to);
        }
        int after = text[from] == ' ' && next < to ? CharClasses.at(text, next, to) : 0;
        if ((after & CharClasses.OTHER) != 0) {
            return signs(text, next + (after >> 8), to);
        }
        return spaceWithNewlines(text, from, to);
    }

    private static int signs(byte[] text, int from, int to) {
        int i = run(text, from, to, CharClasses.OTHER);
        while (i < to && (text[i] == '/' || text[i] == '\n' || text[i] == '\r')) {
            i++;
        }
        return i;
    }

    /** End of the word at {@code from}, or -1: first with one sign or space before it, then without; lower case before upper. */
    private static int word(byte[] text, int from, int next, int at, int to) {
        boolean letter = (at & CharClasses.LETTER) != 0;
        boolean sign = !letter && (at & CharClasses.NEWLINE) == 0;
        if (text[from] >= 0 && (letter || sign)) {
            int end = asciiWord(text, letter ? from : next, to);
            if (end >= 0) {
                return end;
            }
        }
        if (sign) {
            int end = lowerWord(text, next, to);
            if (end >= 0) {
                return end;
            }
        }
        if ((at & (CharClasses.UPPER | CharClasses.LOWER)) == 0) {
            return sign ? upperWord(text, next, to) : -1;
        }
        int end = lowerWord(text, from, to);
        if (end >= 0) {
            return end;
        }
        end = sign ? upperWord(text, next, to) : -1;
        return end >= 0 ? end : upperWord(text, from, to);
    }

    /** End of {@code [A-Z]*[a-z]*}, or -1 where that is empty or what follows is no ASCII. */
    private static int asciiWord(byte[] text, int from, int to) {
        int at = from;
        int found = 8;
        while (at < to && found == 8) {
            found = Bytes.before(Bytes.notIn(Bytes.longAt(text, at), 'A', 'Z'));
            at += found;
        }
        found = 8;
        while (at < to && found == 8) {
            found = Bytes.before(Bytes.notIn(Bytes.longAt(text, at), 'a', 'z'));
            at += found;
        }
        if (at >= to) {
            return from < to ? to : -1;
        }
        return at > from && text[at] >= 0 ? at : -1;
    }

    /** {@code [upper]*[lower]+}, or -1. */
    private static int lowerWord(byte[] text, int from, int to) {
        int uppers = run(text, from, to, CharClasses.UPPER);
        int end = run(text, uppers, to, CharClasses.LOWER);
        if (end > uppers) {
            return end;
        }
        // a character that is both upper and lower, such as a Chinese one, may be the last
        for (int i = uppers; i > from; ) {
            int start = i - 1;
            while ((text[start] & 0xC0) == 0x80) {
                start--;
            }
            if ((CharClasses.at(text, start, to) & CharClasses.LOWER) != 0) {
                return i;
            }
            i = start;
        }
        return -1;
    }

    /** {@code [upper]+[lower]*} where {@link #lowerWord} found none, or -1. */
    private static int upperWord(byte[] text, int from, int to) {
        int end = run(text, from, to, CharClasses.UPPER);
        return end > from ? end : -1;
    }
}
