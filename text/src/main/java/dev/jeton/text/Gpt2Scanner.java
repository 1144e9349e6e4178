package dev.jeton.text;

/** {@link KnownPatterns#GPT2} by hand. */
final class Gpt2Scanner extends WordScanner {
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

    private static int end(byte[] text, int from, int to) {
        int start = text[from] == ' ' && from + 1 < to ? from + 1 : from;
        if (CharClasses.isAsciiLetter(text[start])) {
            return letters(text, start + 1, to);
        }
        if (text[from] == '\'') {
            int length = lowerContraction(text, from, to);
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

    private static int lowerContraction(byte[] text, int at, int to) {
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
