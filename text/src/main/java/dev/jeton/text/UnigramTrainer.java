package dev.jeton.text;

import java.nio.file.Path;
import java.text.Normalizer.Form;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Learns the pieces of a unigram model (Kudo, Subword Regularization, §3.2, arXiv 1804.10959) as SentencePiece does: frequent
 * substrings are the seed, expectation maximisation finds their probabilities, and those that are missed least go, a
 * quarter at a time, until the vocabulary is small enough.
 *
 * <p>The same files give the same tokenizer, whatever the number of cores. Unlike SentencePiece, a substring counts as often as it
 * occurs in the text, not once for each different word.
 *
 * {@snippet :
 * Tokenizer pieces = UnigramTrainer.of(8_000).train(List.of(Path.of("corpus.txt")));
 * }
 *
 * @param vocabularySize how many tokens there are at most
 * @param minFrequency how often a substring must occur to be a piece
 * @param specialTokens tokens that come first and are never cut; {@code <unk>} must be one of them
 * @param characterCoverage the share of the text's characters, the most frequent first, that are pieces; the rest is unknown
 * @param byteFallback whether what is unknown becomes bytes, 256 tokens more
 * @param lines whether each line is a text of its own, without its break; else each file is one
 */
public record UnigramTrainer(
        int vocabularySize,
        int minFrequency,
        List<String> specialTokens,
        double characterCoverage,
        boolean byteFallback,
        boolean lines) {
    private static final String UNKNOWN = "<unk>";
    private static final String SPACE = "\u2581";

    /** Checks the numbers and the unknown token. */
    public UnigramTrainer {
        specialTokens = TrainerRules.check(vocabularySize, minFrequency, specialTokens, UNKNOWN);
        if (!(characterCoverage > 0 && characterCoverage <= 1)) {
            throw new IllegalArgumentException(
                    "training: the character coverage must lie in 0 to 1, got " + characterCoverage);
        }
    }

    /** Pieces in NFKC that cover 99.95 % of the characters, without byte fallback. */
    public static UnigramTrainer of(int vocabularySize) {
        return new UnigramTrainer(vocabularySize, 2, List.of(UNKNOWN, "<s>", "</s>"), 0.9995, false, false);
    }

    /** The same with another least frequency. */
    public UnigramTrainer withMinFrequency(int frequency) {
        return new UnigramTrainer(vocabularySize, frequency, specialTokens, characterCoverage, byteFallback, lines);
    }

    /** The same with other special tokens. */
    public UnigramTrainer withSpecialTokens(List<String> tokens) {
        return new UnigramTrainer(vocabularySize, minFrequency, tokens, characterCoverage, byteFallback, lines);
    }

    /** The same with another character coverage. */
    public UnigramTrainer withCharacterCoverage(double share) {
        return new UnigramTrainer(vocabularySize, minFrequency, specialTokens, share, byteFallback, lines);
    }

    /** The same, with or without byte fallback. */
    public UnigramTrainer withByteFallback(boolean fallBack) {
        return new UnigramTrainer(vocabularySize, minFrequency, specialTokens, characterCoverage, fallBack, lines);
    }

    /** The same, each line a text of its own or each file one. */
    public UnigramTrainer withLines(boolean eachLine) {
        return new UnigramTrainer(
                vocabularySize, minFrequency, specialTokens, characterCoverage, byteFallback, eachLine);
    }

    /** Trains on files, and on the files in folders. */
    public Tokenizer train(List<Path> files) {
        return train(files, _ -> {});
    }

    /** The same, and tells how far it is: one call at a time, from any thread. */
    public Tokenizer train(List<Path> files, Consumer<TrainingProgress> listener) {
        var normalizer = new Normalizer.Unicode(Form.NFKC);
        var preTokenizer = new PreTokenizer.Metaspace(SPACE, PreTokenizer.PrependScheme.ALWAYS, true);
        WordList words = new Corpus(files, lines, listener).words(Cuts.SPACES, normalizer, preTokenizer);
        Set<String> reserved = reserved();
        int size = vocabularySize - reserved.size();
        var text = UnigramText.of(words, characterCoverage);
        if (text.alphabetSize() > size) {
            throw new IllegalArgumentException(
                    "training: the vocabulary must have room for the %d characters and %d tokens that it must hold, got %d"
                            .formatted(text.alphabetSize(), reserved.size(), vocabularySize));
        }
        List<UnigramLearner.Piece> pieces =
                UnigramLearner.learn(text, size, Math.max(1, minFrequency), listener).stream()
                        .filter(piece -> !reserved.contains(piece.text()))
                        .toList();
        Decoder metaspace = new Decoder.Metaspace(SPACE, PreTokenizer.PrependScheme.ALWAYS, true);
        UnigramModel model = model(reserved, pieces, byteFallback);
        Map<Integer, AddedToken> added = specialTokens.stream()
                .distinct()
                .collect(Collectors.toMap(model.vocabulary()::id, AddedToken::special, (a, b) -> a, HashMap::new));
        var pipeline = new Pipeline(
                new AddedTokens(added, normalizer),
                normalizer,
                preTokenizer,
                model,
                null,
                byteFallback ? new Decoder.Sequence(List.of(new Decoder.ByteFallback(), metaspace)) : metaspace);
        return new Tokenizer(pipeline, EncodeOptions.defaults());
    }

    /** The tokens that are there whatever the text says, in order. */
    private Set<String> reserved() {
        var result = new LinkedHashSet<>(specialTokens);
        for (int value = 0; value < 256 && byteFallback; value++) {
            result.add("<0x%02X>".formatted(value));
        }
        return result;
    }

    private static UnigramModel model(Set<String> reserved, List<UnigramLearner.Piece> pieces, boolean byteFallback) {
        var vocabulary = new StringVocabulary(reserved.size() + pieces.size());
        double[] scores = new double[reserved.size() + pieces.size()];
        for (String token : reserved) {
            vocabulary.add(token, vocabulary.size());
        }
        for (UnigramLearner.Piece piece : pieces) {
            scores[vocabulary.size()] = piece.score();
            vocabulary.add(piece.text(), vocabulary.size());
        }
        return new UnigramModel(vocabulary, UnigramModel.Scores.of(scores, byteFallback), vocabulary.id(UNKNOWN));
    }
}
