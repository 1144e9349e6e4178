package dev.jeton.text;

/** {@link PreTokenizer.Bert} by hand: white space is dropped, punctuation stands alone. */
final class BertScanner extends WordScanner {
    @Override
    int scan(byte[] text, int from, int to, int[] spans) {
        int count = 0;
        int at = from;
        while (at < to && count < spans.length) {
            int first = CharClasses.at(text, at, to);
            int next = at + (first >> 8);
            if ((first & CharClasses.SPACE) == 0) {
                int end = (first & CharClasses.PUNCTUATION) != 0 ? next : wordEnd(text, next, to);
                spans[count] = at;
                spans[count + 1] = end;
                count += 2;
                next = end;
            }
            at = next;
        }
        return count >> 1;
    }

    private static int wordEnd(byte[] text, int from, int to) {
        int at = from;
        while (at < to) {
            int ascii = Bytes.before(Bytes.notLetters(Bytes.longAt(text, at)));
            at += ascii;
            if (ascii == 8) {
                continue;
            }
            if (at >= to) {
                return to;
            }
            int next = CharClasses.at(text, at, to);
            if ((next & (CharClasses.SPACE | CharClasses.PUNCTUATION)) != 0) {
                return at;
            }
            at += next >> 8;
        }
        return to;
    }
}
