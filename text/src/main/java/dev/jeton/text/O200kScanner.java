package dev.jeton.text;

/** {@link KnownPatterns#O200K} and {@link KnownPatterns#TEKKEN} by hand: words in camel case are cut where a capital begins. */
final class O200kScanner extends PatternScanner {
    private final boolean threeDigits;
    private final boolean contractions;

    /**
     * @param threeDigits whether numbers are cut into threes, not digits
     * @param contractions whether an English one belongs to the word before it
     */
    O200kScanner(boolean threeDigits, boolean contractions) {
        this.threeDigits = threeDigits;
        this.contractions = contractions;
    }

    @Override
    long starts(byte[] text, int from, int size) {
        long letters = ByteMasks.letters(text, from);
        long upper = ByteMasks.range(text, from, 'A', 'Z');
        long numbers = ByteMasks.range(text, from, '0', '9');
        long blanks = ByteMasks.equal(text, from, ' ');
        long newlines = ByteMasks.equal(text, from, '\n') | ByteMasks.equal(text, from, '\r');
        long space = blanks | ByteMasks.range(text, from, '\t', '\r');
        long others = ~(letters | numbers | space);

        long runs = newlines + (newlines & others << 1);
        long newlinesOfOthers = newlines & ~runs;
        long otherStarts = firsts(others) & ~(blanks << 1);
        long beforeLetters = (space & ~newlines) | otherStarts;
        long starts = 1
                | (firsts(letters) & ~(beforeLetters << 1))
                | (upper & (letters & ~upper) << 1)
                | (threeDigits ? threes(numbers) : numbers)
                | otherStarts
                | spaceStarts(space & ~newlinesOfOthers, newlines & ~newlinesOfOthers);
        starts = sure(starts, space, size);
        if (contractions) {
            starts = contractions(text, from, size, starts, otherStarts & letters << 1 & letters >>> 1);
        }
        return withoutSlashes(text, from, starts, runs & ~newlines & others);
    }

    /** Takes back what lies behind a slash that comes after the line breaks of other signs, and belongs to them. */
    private static long withoutSlashes(byte[] text, int from, long starts, long signs) {
        for (long left = signs; left != 0; left &= left - 1) {
            int at = Long.numberOfTrailingZeros(left);
            if (text[from + at] == '/') {
                return starts & ByteMasks.low(at);
            }
        }
        return starts;
    }

    /** Joins contractions to the words before them; {@code signs} are the signs between two letters. */
    private static long contractions(byte[] text, int from, int size, long starts, long signs) {
        long result = starts;
        int behind = 0;
        for (long left = signs; left != 0; left &= left - 1) {
            int at = Long.numberOfTrailingZeros(left);
            if (text[from + at] == '\'' && at != behind) {
                if (at + 3 >= size) {
                    return result & ByteMasks.low(at);
                }
                int length = contraction(text, from + at, from + size);
                if (length > 0) {
                    behind = at + length;
                    result = (result & ~(ByteMasks.low(length) << at)) | 1L << behind;
                }
            }
        }
        return result;
    }

    @Override
    int end(byte[] text, int from, int to) {
        int at = CharClasses.at(text, from, to);
        int next = from + (at >> 8);
        if ((at & CharClasses.NUMBER) != 0) {
            return threeDigits ? Cl100kScanner.twoDigits(text, next, to) : next;
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
