package dev.jeton.text;

import java.nio.file.Path;
import java.text.Normalizer.Form;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Learns byte-pair encodings from files.
 *
 * <p>The same files give the same tokenizer, whatever the number of cores. Where the Hugging Face trainer is deterministic too,
 * it gives the same one.
 *
 * {@snippet :
 * Tokenizer mine = BpeTrainer.byteLevel(32_000).train(List.of(Path.of("corpus.txt")));
 * mine.save(Path.of("my-tokenizer"));
 * }
 *
 * @param scheme what the symbols are
 * @param vocabularySize how many tokens to stop at
 * @param minFrequency how often a pair must occur to be merged
 * @param specialTokens tokens that come first and are never cut
 * @param lines whether each line is a text of its own, without its break; else each file is one
 * @param alphabetLimit how many different characters are learnt, the most frequent ones; the rest is unknown
 * @param byteFallback for characters: whether what is unknown becomes bytes, 256 tokens more
 */
public record BpeTrainer(
        Scheme scheme,
        int vocabularySize,
        int minFrequency,
        List<String> specialTokens,
        boolean lines,
        int alphabetLimit,
        boolean byteFallback) {

    /** What the symbols are. */
    public enum Scheme {
        /** Bytes, in words cut as GPT-2 does. */
        BYTE_LEVEL,
        /** Characters, spaces made visible, in words cut at spaces. */
        CHARACTERS,
        /** Characters of BERT's words, all but the first of a word marked as such. */
        WORD_PIECE
    }

    /** Checks the numbers. */
    public BpeTrainer {
        specialTokens = List.copyOf(specialTokens);
        if (vocabularySize < 1 || vocabularySize >= Vocabulary.MAX_SIZE || minFrequency < 0) {
            throw new IllegalArgumentException("training: the vocabulary size must lie in 1 to "
                    + (Vocabulary.MAX_SIZE - 1) + " and the least frequency not be negative, got " + vocabularySize
                    + " and " + minFrequency);
        }
        int least = scheme == Scheme.BYTE_LEVEL ? 256 : 1;
        if (vocabularySize < least + specialTokens.size()) {
            throw new IllegalArgumentException(
                    "training: the vocabulary must have room for %d special tokens and %s, got a size of %d"
                            .formatted(specialTokens.size(), least == 1 ? "a character" : "256 bytes", vocabularySize));
        }
        if (alphabetLimit < 1 || (scheme == Scheme.BYTE_LEVEL && alphabetLimit < 256)) {
            throw new IllegalArgumentException("training: the alphabet must have room for a character (in byte-level"
                    + " encodings for 256), got " + alphabetLimit);
        }
        if (byteFallback && scheme != Scheme.CHARACTERS) {
            throw new IllegalArgumentException("training: only characters fall back to bytes, not " + scheme);
        }
    }

    /** Byte-level BPE as GPT-2's: nothing is ever unknown. */
    public static BpeTrainer byteLevel(int vocabularySize) {
        return of(Scheme.BYTE_LEVEL, vocabularySize, List.of("<|endoftext|>"));
    }

    /** BPE on characters, in NFKC. */
    public static BpeTrainer characters(int vocabularySize) {
        return of(Scheme.CHARACTERS, vocabularySize, List.of("<unk>", "<s>", "</s>"));
    }

    /** A vocabulary for BERT's word pieces, in lower case. */
    public static BpeTrainer wordPiece(int vocabularySize) {
        return of(Scheme.WORD_PIECE, vocabularySize, List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"));
    }

    private static BpeTrainer of(Scheme scheme, int vocabularySize, List<String> specialTokens) {
        return new BpeTrainer(scheme, vocabularySize, 2, specialTokens, false, Integer.MAX_VALUE, false);
    }

    /** The same with another least frequency. */
    public BpeTrainer withMinFrequency(int frequency) {
        return new BpeTrainer(scheme, vocabularySize, frequency, specialTokens, lines, alphabetLimit, byteFallback);
    }

    /** The same with other special tokens. */
    public BpeTrainer withSpecialTokens(List<String> tokens) {
        return new BpeTrainer(scheme, vocabularySize, minFrequency, tokens, lines, alphabetLimit, byteFallback);
    }

    /** The same, each line a text of its own or each file one. */
    public BpeTrainer withLines(boolean eachLine) {
        return new BpeTrainer(
                scheme, vocabularySize, minFrequency, specialTokens, eachLine, alphabetLimit, byteFallback);
    }

    /** The same with another limit to the alphabet. */
    public BpeTrainer withAlphabetLimit(int characters) {
        return new BpeTrainer(scheme, vocabularySize, minFrequency, specialTokens, lines, characters, byteFallback);
    }

    /** The same, with or without byte fallback. */
    public BpeTrainer withByteFallback(boolean fallBack) {
        return new BpeTrainer(scheme, vocabularySize, minFrequency, specialTokens, lines, alphabetLimit, fallBack);
    }

    /** Trains on files, and on the files in folders. */
    public Tokenizer train(List<Path> files) {
        return train(files, _ -> {});
    }

    /** The same, and tells how far it is: one call at a time, from any thread. */
    public Tokenizer train(List<Path> files, Consumer<TrainingProgress> listener) {
        var corpus = new Corpus(files, lines, listener);
        WordList words = switch (scheme) {
            case BYTE_LEVEL -> corpus.words(Gpt2Scanner::new);
            case CHARACTERS -> corpus.words(Cuts.SPACES, normalizer(), preTokenizer());
            case WORD_PIECE -> corpus.words(Cuts.WHITE_SPACE, normalizer(), preTokenizer());
        };
        var learning = new BpeLearning(this, listener);
        learning.learn(words);
        return tokenizer(learning.vocabulary(), learning.merges());
    }

    private @Nullable Normalizer normalizer() {
        return switch (scheme) {
            case BYTE_LEVEL -> null;
            case CHARACTERS -> new Normalizer.Unicode(Form.NFKC);
            case WORD_PIECE -> new Normalizer.Bert(true, true, null, true);
        };
    }

    private PreTokenizer preTokenizer() {
        return switch (scheme) {
            case BYTE_LEVEL -> new PreTokenizer.ByteLevel(false, true, true);
            case CHARACTERS -> new PreTokenizer.Metaspace("\u2581", PreTokenizer.PrependScheme.ALWAYS, true);
            case WORD_PIECE -> new PreTokenizer.Bert();
        };
    }

    private Tokenizer tokenizer(Vocabulary vocabulary, MergeTable merges) {
        Map<Integer, AddedToken> added = new HashMap<>();
        for (String token : specialTokens) {
            added.put(vocabulary.id(token), AddedToken.special(token));
        }
        Normalizer normalizer = normalizer();
        var tokens = new AddedTokens(added, normalizer);
        Pipeline pipeline = switch (scheme) {
            case BYTE_LEVEL -> {
                var model = new BpeModel(vocabulary, merges, BpeModel.Options.plain());
                yield new Pipeline(
                        tokens, normalizer, preTokenizer(), model, null, new Decoder.ByteLevel(true, true, true));
            }
            case CHARACTERS -> {
                String unknown = specialTokens.contains("<unk>") ? "<unk>" : null;
                var options = new BpeModel.Options(unknown, null, null, byteFallback, byteFallback, false);
                var metaspace = new Decoder.Metaspace("\u2581", PreTokenizer.PrependScheme.ALWAYS, true);
                Decoder decoder =
                        byteFallback ? new Decoder.Sequence(List.of(new Decoder.ByteFallback(), metaspace)) : metaspace;
                yield new Pipeline(
                        tokens, normalizer, preTokenizer(), new BpeModel(vocabulary, merges, options), null, decoder);
            }
            case WORD_PIECE -> {
                var model = new WordPieceModel(vocabulary, "[UNK]", "##", 100);
                boolean framed = vocabulary.id("[CLS]") >= 0 && vocabulary.id("[SEP]") >= 0;
                yield new Pipeline(
                        tokens,
                        normalizer,
                        preTokenizer(),
                        model,
                        framed ? VocabularyFiles.bertTemplate(vocabulary) : null,
                        new Decoder.WordPiece("##", true));
            }
        };
        return new Tokenizer(pipeline, EncodeOptions.defaults());
    }
}
