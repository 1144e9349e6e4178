package dev.jeton.text;

/** Finds the parts between two places where a text may be cut. */
final class CutScanner extends WordScanner {
    private final Cuts cuts;

    CutScanner(Cuts cuts) {
        this.cuts = cuts;
    }

    @Override
    int scan(byte[] text, int from, int to, int[] spans) {
        int count = 0;
        int at = from;
        while (at < to && count < spans.length) {
            int end = cuts.next(text, at, to);
            spans[count] = at;
            spans[count + 1] = end;
            count += 2;
            at = end;
        }
        return count >> 1;
    }
}
