package dev.jeton.text;

import java.util.Arrays;

/** Words of symbols with their counts, one after another; grows at its end, and its words become shorter by merges. */
final class SymbolText {
    private int[] symbols = new int[1 << 12];
    private int[] starts;
    private int[] ends;
    private long[] counts;
    private int size;
    private int words;

    SymbolText(int expectedWords) {
        starts = new int[Math.max(16, expectedWords)];
        ends = new int[starts.length];
        counts = new long[starts.length];
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

    /** Ends a word that occurs so often; one of fewer than two symbols, which nothing can be merged in, is left out. */
    void endWord(long count) {
        int start = words == 0 ? 0 : ends[words - 1];
        if (size - start < 2) {
            size = start;
            return;
        }
        if (words == counts.length) {
            counts = Arrays.copyOf(counts, words * 2);
            starts = Arrays.copyOf(starts, words * 2);
            ends = Arrays.copyOf(ends, words * 2);
        }
        counts[words] = count;
        starts[words] = start;
        ends[words++] = size;
    }

    long count(int word) {
        return counts[word];
    }

    /** Is told of two symbols side by side. */
    interface PairVisitor {
        void pair(long pair, int word);
    }

    void eachPair(PairVisitor visitor) {
        for (int word = 0; word < words; word++) {
            for (int i = starts[word] + 1; i < ends[word]; i++) {
                visitor.pair(PairTable.pair(symbols[i - 1], symbols[i]), word);
            }
        }
    }

    /** Merges two symbols wherever they stand side by side in a word, and tells what they and the new one stand beside. */
    void merge(int word, int left, int right, int merged, Neighbours before, Neighbours behind) {
        int from = starts[word];
        int to = ends[word];
        int end = from;
        int at = from;
        while (at < to) {
            if (symbols[at] != left || at + 1 == to || symbols[at + 1] != right) {
                symbols[end++] = symbols[at++];
                continue;
            }
            if (end > from) {
                before.add(symbols[end - 1], word, counts[word]);
            }
            at += 2;
            if (at < to) {
                behind.add(symbols[at], word, counts[word]);
            }
            symbols[end++] = merged;
        }
        ends[word] = end;
    }
}
