package dev.jeton.text;

/** Cuts before each space: the words of a Metaspace. */
final class SpaceScanner extends WordScanner {
    private final boolean eachIsWord;

    /**
     * @param eachIsWord whether the pre-tokeniser cuts there too, and not only the fast path
     */
    SpaceScanner(boolean eachIsWord) {
        this.eachIsWord = eachIsWord;
    }

    @Override
    boolean beginsWord(byte[] text, int from, int at) {
        return eachIsWord || at == from;
    }

    @Override
    int scan(byte[] text, int from, int to, int[] spans) {
        int count = 0;
        int at = from;
        while (at < to && count < spans.length) {
            int end = next(text, at + 1, to);
            spans[count] = at;
            spans[count + 1] = end;
            count += 2;
            at = end;
        }
        return count >> 1;
    }

    private static int next(byte[] text, int from, int to) {
        int at = from;
        while (at < to) {
            int before = Bytes.before(Bytes.equal(Bytes.longAt(text, at), ' '));
            at += before;
            if (before < 8) {
                return Math.min(at, to);
            }
        }
        return to;
    }
}
