package dev.jeton.text;

import java.nio.charset.StandardCharsets;

/** Different words and how often each occurs: their bytes lie one after another. */
final class WordList {
    private final byte[] bytes;
    private final int[] starts;
    private final long[] counts;

    /**
     * @param starts where each word begins, and at last where the last one ends
     */
    WordList(byte[] bytes, int[] starts, long[] counts) {
        this.bytes = bytes;
        this.starts = starts;
        this.counts = counts;
    }

    int size() {
        return counts.length;
    }

    byte[] bytes() {
        return bytes;
    }

    int start(int word) {
        return starts[word];
    }

    int end(int word) {
        return starts[word + 1];
    }

    long count(int word) {
        return counts[word];
    }

    String string(int word) {
        return new String(bytes, starts[word], starts[word + 1] - starts[word], StandardCharsets.UTF_8);
    }
}
