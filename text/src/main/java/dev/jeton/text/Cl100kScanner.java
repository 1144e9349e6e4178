package dev.jeton.text;

/** {@link KnownPatterns#CL100K} by hand, and its relatives that take fewer digits at a time. */
final class Cl100kScanner extends PatternScanner {
    private final boolean threeDigits;

    /**
     * @param threeDigits whether numbers are cut into threes, not digits
     */
    Cl100kScanner(boolean threeDigits) {
        this.threeDigits = threeDigits;
    }

    @Override
    long starts(byte[] text, int from, int size) {
        long letters = ByteMasks.letters(text, from);
        long numbers = ByteMasks.range(text, from, '0', '9');
        long blanks = ByteMasks.equal(text, from, ' ');
        long newlines = ByteMasks.equal(text, from, '\n') | ByteMasks.equal(text, from, '\r');
        long space = blanks | ByteMasks.range(text, from, '\t', '\r');
        long others = ~(letters | numbers | space);

        long newlinesOfOthers = newlines & ~(newlines + (newlines & others << 1));
        long otherStarts = firsts(others) & ~(blanks << 1);
        long beforeLetters = (space & ~newlines) | otherStarts;
        long starts = 1
                | (firsts(letters) & ~(beforeLetters << 1))
                | (threeDigits ? threes(numbers) : numbers)
                | otherStarts
                | spaceStarts(space & ~newlinesOfOthers, newlines & ~newlinesOfOthers);
        return cutContractions(text, from, size, sure(starts, space, size), otherStarts & letters >>> 1);
    }

    @Override
    int end(byte[] text, int from, int to) {
        int at = CharClasses.at(text, from, to);
        int next = from + (at >> 8);
        if ((at & CharClasses.LETTER) != 0) {
            return letters(text, next, to);
        }
        if ((at & CharClasses.NUMBER) != 0) {
            return threeDigits ? twoDigits(text, next, to) : next;
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

    /** End of at most two more digits. */
    static int twoDigits(byte[] text, int from, int to) {
        int i = from;
        for (int left = 2; left > 0 && i < to; left--) {
            int at = CharClasses.at(text, i, to);
            if ((at & CharClasses.NUMBER) == 0) {
                break;
            }
            i += at >> 8;
        }
        return i;
    }
}
