package dev.jeton.text;

import java.util.Arrays;

/** Words of symbols with their counts, one after another; grows at its end. */
final class SymbolText {
    private int[] symbols = new int[1 << 12];
    private int[] starts;
    private long[] counts;
    private int size;
    private int words;

    SymbolText(int expectedWords) {
        starts = new int[Math.max(16, expectedWords) + 1];
        counts = new long[starts.length - 1];
    }

    void add(int symbol) {
        if (size == symbols.length) {
            if (size >= Integer.MAX_VALUE - 64) {
                throw new TokenizerException(
                        "training: the different words have more than two thousand million symbols");
            }
            symbols = Arrays.copyOf(symbols, (int) Math.min(size * 2L, Integer.MAX_VALUE - 64));
        }
        symbols[size++] = symbol;
    }

    /** Ends a word that occurs so often; one without symbols is none. */
    void endWord(long count) {
        if (size == starts[words]) {
            return;
        }
        if (words == counts.length) {
            counts = Arrays.copyOf(counts, words * 2);
            starts = Arrays.copyOf(starts, counts.length + 1);
        }
        counts[words++] = count;
        starts[words] = size;
    }

    int[] symbols() {
        return Arrays.copyOf(symbols, size);
    }

    int[] starts() {
        return Arrays.copyOf(starts, words + 1);
    }

    long[] counts() {
        return Arrays.copyOf(counts, words);
    }
}
