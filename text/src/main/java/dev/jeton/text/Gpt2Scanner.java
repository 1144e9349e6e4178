package dev.jeton.text;

/** {@link KnownPatterns#GPT2} by hand. */
final class Gpt2Scanner extends PatternScanner {
    @Override
    long starts(byte[] text, int from, int size) {
        long letters = ByteMasks.letters(text, from);
        long numbers = ByteMasks.range(text, from, '0', '9');
        long blanks = ByteMasks.equal(text, from, ' ');
        long space = blanks | ByteMasks.range(text, from, '\t', '\r');
        long others = ~(letters | numbers | space);

        long words = firsts(letters) | firsts(numbers) | firsts(others);
        long starts = 1 | (words & ~(blanks << 1)) | firsts(space) | (space & ~space >>> 1);
        long signs = firsts(others) & ~(blanks << 1) & letters >>> 1;
        return cutContractions(text, from, size, sure(starts, space, size), signs);
    }

    @Override
    int end(byte[] text, int from, int to) {
        int start = text[from] == ' ' && from + 1 < to ? from + 1 : from;
        if (CharClasses.isAsciiLetter(text[start])) {
            return letters(text, start + 1, to);
        }
        if (text[from] == '\'') {
            int length = contractionAt(text, from, to);
            if (length > 0) {
                return from + length;
            }
        }
        int at = CharClasses.at(text, start, to);
        int next = start + (at >> 8);
        if ((at & CharClasses.LETTER) != 0) {
            return letters(text, next, to);
        }
        if ((at & CharClasses.SPACE) != 0) {
            return space(text, from, to);
        }
        return run(text, next, to, (at & CharClasses.NUMBER) != 0 ? CharClasses.NUMBER : CharClasses.OTHER);
    }

    /** Only those in lower case. */
    @Override
    int contractionAt(byte[] text, int at, int to) {
        if (at + 1 >= to) {
            return 0;
        }
        int second = at + 2 < to ? text[at + 2] : 0;
        return switch (text[at + 1]) {
            case 's', 't', 'm', 'd' -> 2;
            case 'r', 'v' -> second == 'e' ? 3 : 0;
            case 'l' -> second == 'l' ? 3 : 0;
            default -> 0;
        };
    }
}
