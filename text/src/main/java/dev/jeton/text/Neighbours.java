package dev.jeton.text;

import java.util.Arrays;
import java.util.function.IntToLongFunction;

/** The symbols beside the places of a merge: how often each stands there, and in which words. */
final class Neighbours {
    /** By symbol; 0 where it was not met. */
    private long[] counts = new long[1 << 10];
    /** By symbol: the word that it was last met in, how many words, later where its next word goes. */
    private int[] lastWords = new int[1 << 10];

    private int[] places = new int[1 << 10];

    private int[] met = new int[1 << 8];
    private int metCount;

    private int[] symbols = new int[1 << 10];
    private int[] words = new int[1 << 10];
    private int size;

    /** Makes room for symbols below a number. */
    void ensureSymbols(int limit) {
        if (limit > counts.length) {
            int capacity = Math.max(limit, counts.length * 2);
            counts = Arrays.copyOf(counts, capacity);
            lastWords = Arrays.copyOf(lastWords, capacity);
            places = Arrays.copyOf(places, capacity);
        }
    }

    void add(int symbol, int word, long count) {
        if (counts[symbol] == 0) {
            if (metCount == met.length) {
                met = Arrays.copyOf(met, metCount * 2);
            }
            met[metCount++] = symbol;
            places[symbol] = 0;
        } else if (lastWords[symbol] == word) {
            counts[symbol] += count;
            return;
        }
        counts[symbol] += count;
        lastWords[symbol] = word;
        places[symbol]++;
        if (size == words.length) {
            symbols = Arrays.copyOf(symbols, size * 2);
            words = Arrays.copyOf(words, size * 2);
        }
        symbols[size] = symbol;
        words[size++] = word;
    }

    /** How many different symbols were met. */
    int size() {
        return metCount;
    }

    int symbol(int index) {
        return met[index];
    }

    /** How often a symbol was met. */
    long count(int symbol) {
        return counts[symbol];
    }

    /** Gives the words in which each symbol was met to its pair. */
    void addWords(PairTable pairs, IntToLongFunction pairOf) {
        for (int i = 0; i < metCount; i++) {
            places[met[i]] = pairs.addWords(pairOf.applyAsLong(met[i]), places[met[i]]);
        }
        int[] target = pairs.words();
        for (int i = 0; i < size; i++) {
            target[places[symbols[i]]++] = words[i];
        }
    }

    void clear() {
        for (int i = 0; i < metCount; i++) {
            counts[met[i]] = 0;
        }
        metCount = 0;
        size = 0;
    }
}
