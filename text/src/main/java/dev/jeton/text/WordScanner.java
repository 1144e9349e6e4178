package dev.jeton.text;

/** Cuts UTF-8 text into words; what lies between two words is dropped. */
abstract class WordScanner {

    /**
     * Finds words from {@code from} on.
     *
     * @param to end of the text; behind it the array has room for {@link Scratch#PADDING} bytes more
     * @param spans takes the start and end of each word
     * @return how many words were found: as many as {@code spans} has room for, unless the text ends before
     */
    abstract int scan(byte[] text, int from, int to, int[] spans);

    /**
     * Whether what is cut at {@code at} is a word of the pre-tokeniser's, and not only a part of one.
     *
     * @param from where the text began
     */
    boolean beginsWord(byte[] text, int from, int at) {
        return true;
    }

    /** End of the run of {@code \p{L}} that starts at {@code from}: eight ASCII letters at a time. */
    static int letters(byte[] text, int from, int to) {
        int at = from;
        int found = 8;
        while (at < to && found == 8) {
            found = Bytes.before(Bytes.notLetters(Bytes.longAt(text, at)));
            at += found;
        }
        if (at >= to) {
            return to;
        }
        return text[at] >= 0 ? at : run(text, at, to, CharClasses.LETTER);
    }

    /** End of the run of spaces that starts at {@code from}. */
    static int spaces(byte[] text, int from, int to) {
        int at = from;
        int found = 8;
        while (at < to && found == 8) {
            found = Bytes.before(Bytes.not(Bytes.longAt(text, at), ' '));
            at += found;
        }
        return Math.min(at, to);
    }

    /** End of the run of characters of any of {@code classes} that starts at {@code from}. */
    static int run(byte[] text, int from, int to, int classes) {
        int i = from;
        while (i < to) {
            int ascii = CharClasses.ASCII[text[i] & 0xFF];
            if ((ascii & classes) != 0) {
                i++;
                continue;
            }
            if (ascii != 0) {
                return i;
            }
            int at = CharClasses.at(text, i, to);
            if ((at & classes) == 0) {
                return i;
            }
            i += at >> 8;
        }
        return i;
    }

    /**
     * End of the match of {@code \s+(?!\S)|\s+} at {@code from}: all the white space, less its last character if something
     * follows and that is not all there is.
     */
    static int space(byte[] text, int from, int to) {
        int end = run(text, spaces(text, from, to), to, CharClasses.SPACE);
        if (end == to) {
            return end;
        }
        int last = end - 1;
        while ((text[last] & 0xC0) == 0x80) {
            last--;
        }
        return last > from ? last : end;
    }

    /** End of the match of {@code \s*[\r\n]+|\s+(?!\S)|\s+} at {@code from}. */
    static int spaceWithNewlines(byte[] text, int from, int to) {
        int end = run(text, spaces(text, from, to), to, CharClasses.SPACE);
        for (int i = end - 1; i >= from; i--) {
            if (text[i] == '\n' || text[i] == '\r') {
                return i + 1;
            }
        }
        if (end == to || end == from + 1) {
            return end;
        }
        int last = end - 1;
        while ((text[last] & 0xC0) == 0x80) {
            last--;
        }
        return last > from ? last : end;
    }

    /** Length of {@code (?i:'s|'t|'re|'ve|'m|'ll|'d)} at an apostrophe, 0 if it does not match. */
    static int contraction(byte[] text, int at, int to) {
        if (at + 1 >= to) {
            return 0;
        }
        int second = at + 2 < to ? text[at + 2] | 0x20 : 0;
        return switch (text[at + 1] | 0x20) {
            case 's', 't', 'm', 'd' -> 2;
            case 'r', 'v' -> second == 'e' ? 3 : 0;
            case 'l' -> second == 'l' ? 3 : 0;
            default ->
                // the long s is an s to whoever ignores case
                at + 2 < to && text[at + 1] == (byte) 0xC5 && text[at + 2] == (byte) 0xBF ? 3 : 0;
        };
    }
}
