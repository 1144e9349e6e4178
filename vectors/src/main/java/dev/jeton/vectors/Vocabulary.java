package dev.jeton.vectors;

import java.util.List;

/**
 * The words that a corpus is learned with and how often each stands there, the most frequent first; equal counts by the words'
 * UTF-8 bytes, so that the order never depends on how the reading was shared among threads.
 */
public final class Vocabulary {
    private final WordTable table;
    private final long total;

    Vocabulary(WordTable table) {
        this.table = table;
        long sum = 0;
        for (int i = 0; i < table.size(); i++) {
            sum += table.count(i);
        }
        this.total = sum;
    }

    /** Makes a vocabulary of words in the order given. */
    static Vocabulary of(List<String> words, long[] counts) {
        WordTable table = new WordTable();
        for (int i = 0; i < words.size(); i++) {
            table.add(words.get(i), counts[i]);
        }
        return new Vocabulary(table);
    }

    /** Number of words. */
    public int size() {
        return table.size();
    }

    /** Occurrences of all words together. */
    public long total() {
        return total;
    }

    /** The word at an index. */
    public String word(int index) {
        return table.word(index);
    }

    /** How often a word stands in the corpus. */
    public long count(int index) {
        return table.count(index);
    }

    /** The word's index, or a negative number if it is not in the vocabulary. */
    int indexOf(String word) {
        return table.indexOf(word);
    }

    Words words() {
        return table;
    }
}
