package dev.jeton.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The text that a unigram model learns from: different words with their counts, as numbers of characters, each word ended by a 0.
 *
 * <p>Words are cut at characters that are not covered, and into parts of 32 characters, so that the probability of a part is
 * a number that a double can hold.
 */
final class UnigramText {
    static final int LONGEST = 32;

    private final int[] alphabet;
    private final int[] symbols;
    private final int[] words;
    private final int[] starts;
    private final long[] counts;

    /**
     * @param alphabet code points; a symbol is an index into it plus 1
     * @param symbols of all words, one after another
     * @param words which word a symbol is of
     * @param starts where each word begins, and at last where the last one ends
     */
    private UnigramText(int[] alphabet, int[] symbols, int[] words, int[] starts, long[] counts) {
        this.alphabet = alphabet;
        this.symbols = symbols;
        this.words = words;
        this.starts = starts;
        this.counts = counts;
    }

    static UnigramText of(WordList words, double coverage) {
        int[][] texts = new int[words.size()][];
        Integer[] order = new Integer[words.size()];
        byte[] arena = words.bytes();
        for (int word = 0; word < texts.length; word++) {
            texts[word] = words.string(word).codePoints().toArray();
            order[word] = word;
        }
        // the order in which threads met the words must not matter
        Arrays.sort(
                order,
                (a, b) -> Arrays.compareUnsigned(
                        arena, words.start(a), words.end(a), arena, words.start(b), words.end(b)));
        int[] alphabet = alphabet(words, texts, coverage);
        Map<Integer, Integer> symbolOf = new HashMap<>();
        for (int i = 0; i < alphabet.length; i++) {
            symbolOf.put(alphabet[i], i + 1);
        }
        var builder = new Builder();
        for (int word : order) {
            for (int point : texts[word]) {
                builder.add(symbolOf.getOrDefault(point, 0), words.count(word));
            }
            builder.endWord(words.count(word));
        }
        return builder.build(alphabet);
    }

    /** The most frequent characters, until so much of the text is covered; in the order of their code points. */
    private static int[] alphabet(WordList words, int[][] texts, double coverage) {
        Map<Integer, Long> frequencies = new HashMap<>();
        long total = 0;
        for (int word = 0; word < texts.length; word++) {
            for (int point : texts[word]) {
                frequencies.merge(point, words.count(word), Long::sum);
                total += words.count(word);
            }
        }
        frequencies.remove(0); // SentencePiece's trainers take no NUL either
        double wanted = total * coverage;
        long covered = 0;
        var result = new ArrayList<Integer>();
        List<Map.Entry<Integer, Long>> byFrequency = frequencies.entrySet().stream()
                .sorted(Map.Entry.<Integer, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .toList();
        for (Map.Entry<Integer, Long> entry : byFrequency) {
            if (covered >= wanted) {
                break;
            }
            covered += entry.getValue();
            result.add(entry.getKey());
        }
        return result.stream().mapToInt(Integer::intValue).sorted().toArray();
    }

    /** Grows the arrays. */
    private static final class Builder {
        private int[] symbols = new int[1 << 12];
        private int[] words = new int[1 << 12];
        private int[] starts = new int[1 << 10];
        private long[] counts = new long[1 << 10];
        private int size;
        private int wordCount;

        void add(int symbol, long count) {
            if (symbol == 0 || size - starts[wordCount] == LONGEST) {
                endWord(count);
            }
            if (symbol != 0) {
                put(symbol);
            }
        }

        void endWord(long count) {
            if (size == starts[wordCount]) {
                return;
            }
            put(0);
            if (wordCount + 2 > counts.length) {
                counts = Arrays.copyOf(counts, counts.length * 2);
                starts = Arrays.copyOf(starts, counts.length);
            }
            counts[wordCount++] = count;
            starts[wordCount] = size;
        }

        private void put(int symbol) {
            if (size == symbols.length) {
                if (size > 1 << 29) {
                    throw new TokenizerException("training: the different words have more than 500 million characters");
                }
                symbols = Arrays.copyOf(symbols, size * 2);
                words = Arrays.copyOf(words, size * 2);
            }
            symbols[size] = symbol;
            words[size++] = wordCount;
        }

        UnigramText build(int[] alphabet) {
            return new UnigramText(
                    alphabet,
                    Arrays.copyOf(symbols, size),
                    Arrays.copyOf(words, size),
                    Arrays.copyOf(starts, wordCount + 1),
                    Arrays.copyOf(counts, wordCount));
        }
    }

    int alphabetSize() {
        return alphabet.length;
    }

    /** How many symbols, the ends of words among them. */
    int size() {
        return symbols.length;
    }

    int symbol(int at) {
        return symbols[at];
    }

    int words() {
        return counts.length;
    }

    int start(int word) {
        return starts[word];
    }

    /** Where a word's closing 0 stands. */
    int end(int word) {
        return starts[word + 1] - 1;
    }

    long count(int word) {
        return counts[word];
    }

    /** How often the word occurs that a place lies in. */
    long countAt(int place) {
        return counts[words[place]];
    }

    String string(int from, int to) {
        int[] points = new int[to - from];
        for (int i = from; i < to; i++) {
            points[i - from] = alphabet[symbols[i] - 1];
        }
        return new String(points, 0, points.length);
    }
}
