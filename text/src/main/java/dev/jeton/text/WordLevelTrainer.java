package dev.jeton.text;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Makes a vocabulary of the most frequent words, in lower case.
 *
 * <p>The same files give the same tokenizer, the one that the Hugging Face trainer gives.
 *
 * {@snippet :
 * Tokenizer words = WordLevelTrainer.of(10_000).train(List.of(Path.of("corpus.txt")));
 * }
 *
 * @param vocabularySize how many tokens there are at most
 * @param minFrequency how often a word must occur
 * @param specialTokens tokens that come first and are never cut; {@code [UNK]} must be one of them
 * @param lines whether each line is a text of its own, without its break; else each file is one
 */
public record WordLevelTrainer(int vocabularySize, int minFrequency, List<String> specialTokens, boolean lines) {
    private static final String UNKNOWN = "[UNK]";

    /** Checks the numbers and the unknown token. */
    public WordLevelTrainer {
        specialTokens = TrainerRules.check(vocabularySize, minFrequency, specialTokens, UNKNOWN);
    }

    /** Words that occur twice or more; {@code [UNK]} for the rest. */
    public static WordLevelTrainer of(int vocabularySize) {
        return new WordLevelTrainer(vocabularySize, 2, List.of(UNKNOWN), false);
    }

    /** The same with another least frequency. */
    public WordLevelTrainer withMinFrequency(int frequency) {
        return new WordLevelTrainer(vocabularySize, frequency, specialTokens, lines);
    }

    /** The same with other special tokens. */
    public WordLevelTrainer withSpecialTokens(List<String> tokens) {
        return new WordLevelTrainer(vocabularySize, minFrequency, tokens, lines);
    }

    /** The same, each line a text of its own or each file one. */
    public WordLevelTrainer withLines(boolean eachLine) {
        return new WordLevelTrainer(vocabularySize, minFrequency, specialTokens, eachLine);
    }

    /** Trains on files, and on the files in folders. */
    public Tokenizer train(List<Path> files) {
        return train(files, _ -> {});
    }

    /** The same, and tells how far it is: one call at a time, from any thread. */
    public Tokenizer train(List<Path> files, Consumer<TrainingProgress> listener) {
        var normalizer = new Normalizer.Lowercase();
        var preTokenizer = new PreTokenizer.Whitespace();
        WordList words = new Corpus(files, lines, listener).words(Cuts.WHITE_SPACE, normalizer, preTokenizer);
        Vocabulary vocabulary = vocabulary(words);
        Map<Integer, AddedToken> added = new HashMap<>();
        for (String token : specialTokens) {
            added.put(vocabulary.id(token), AddedToken.special(token));
        }
        var model = new WordLevelModel(vocabulary, UNKNOWN);
        var pipeline = new Pipeline(new AddedTokens(added, normalizer), normalizer, preTokenizer, model, null, null);
        return new Tokenizer(pipeline, EncodeOptions.defaults());
    }

    private Vocabulary vocabulary(WordList words) {
        var vocabulary = new StringVocabulary(vocabularySize);
        for (String token : new LinkedHashSet<>(specialTokens)) {
            vocabulary.add(token, vocabulary.size());
        }
        byte[] bytes = words.bytes();
        IntStream.range(0, words.size())
                .filter(word -> words.count(word) >= minFrequency)
                .boxed()
                .sorted((a, b) -> {
                    int byCount = Long.compare(words.count(b), words.count(a));
                    return byCount != 0
                            ? byCount
                            : Arrays.compareUnsigned(
                                    bytes, words.start(a), words.end(a), bytes, words.start(b), words.end(b));
                })
                .map(words::string)
                .filter(word -> vocabulary.id(word) < 0)
                .limit(Math.max(0, vocabularySize - vocabulary.size()))
                .forEachOrdered(word -> vocabulary.add(word, vocabulary.size()));
        return vocabulary;
    }
}
