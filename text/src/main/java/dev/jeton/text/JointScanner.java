package dev.jeton.text;

/**
 * Cuts a text where no token has what comes before and what comes behind side by side, so that no merge can cross.
 *
 * <p>That is how a text without any words for its model becomes words that are met again and again.
 */
final class JointScanner extends WordScanner {
    /** By two bytes in a row, whether they belong together. */
    private final boolean[] joined = new boolean[1 << 16];

    private final boolean cutsBeforeSpace;

    /**
     * @param cutsBeforeSpace whether each space begins a word, whatever the tokens are
     */
    JointScanner(TokenTable tokens, boolean cutsBeforeSpace) {
        this.cutsBeforeSpace = cutsBeforeSpace;
        byte[] arena = tokens.arena();
        for (int id = 0; id < tokens.size(); id++) {
            for (int i = tokens.start(id) + 1; i < tokens.end(id); i++) {
                joined[pair(arena[i - 1], arena[i])] = true;
            }
        }
        for (int first = 0; first < 256; first++) {
            for (int next = 0x80; next < 0xC0; next++) {
                joined[pair((byte) first, (byte) next)] = true; // never within a character
            }
            joined[pair((byte) first, (byte) ' ')] &= !cutsBeforeSpace;
        }
    }

    private static int pair(byte first, byte second) {
        return (first & 0xFF) << 8 | (second & 0xFF);
    }

    @Override
    boolean beginsWord(byte[] text, int from, int at) {
        return at == from || (cutsBeforeSpace && text[at] == ' ');
    }

    @Override
    int scan(byte[] text, int from, int to, int[] spans) {
        int count = 0;
        int at = from;
        while (at < to && count < spans.length) {
            int end = at + 1;
            while (end < to && joined[pair(text[end - 1], text[end])]) {
                end++;
            }
            spans[count] = at;
            spans[count + 1] = end;
            count += 2;
            at = end;
        }
        return count >> 1;
    }
}
