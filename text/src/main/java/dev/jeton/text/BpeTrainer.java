package dev.jeton.text;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.Normalizer.Form;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
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
 */
public record BpeTrainer(
        Scheme scheme, int vocabularySize, int minFrequency, List<String> specialTokens, boolean lines) {

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
    }

    /** Byte-level BPE as GPT-2's: nothing is ever unknown. */
    public static BpeTrainer byteLevel(int vocabularySize) {
        return new BpeTrainer(Scheme.BYTE_LEVEL, vocabularySize, 2, List.of("<|endoftext|>"), false);
    }

    /** BPE on characters, in NFKC. */
    public static BpeTrainer characters(int vocabularySize) {
        return new BpeTrainer(Scheme.CHARACTERS, vocabularySize, 2, List.of("<unk>", "<s>", "</s>"), false);
    }

    /** A vocabulary for BERT's word pieces, in lower case. */
    public static BpeTrainer wordPiece(int vocabularySize) {
        var specials = List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");
        return new BpeTrainer(Scheme.WORD_PIECE, vocabularySize, 2, specials, false);
    }

    /** The same with another least frequency. */
    public BpeTrainer withMinFrequency(int frequency) {
        return new BpeTrainer(scheme, vocabularySize, frequency, specialTokens, lines);
    }

    /** The same with other special tokens. */
    public BpeTrainer withSpecialTokens(List<String> tokens) {
        return new BpeTrainer(scheme, vocabularySize, minFrequency, tokens, lines);
    }

    /** The same, each line a text of its own or each file one. */
    public BpeTrainer withLines(boolean eachLine) {
        return new BpeTrainer(scheme, vocabularySize, minFrequency, specialTokens, eachLine);
    }

    /** Trains on files, and on the files in folders. */
    public Tokenizer train(List<Path> files) {
        var corpus = new Corpus(files, lines);
        WordCounts words = corpus.count(
                scheme == Scheme.BYTE_LEVEL
                        ? (block, counts) -> Counting.scan(block, lines, new Gpt2Scanner(), counts)
                        : (block, counts) -> Counting.pipeline(block, lines, normalizer(), preTokenizer(), counts));
        return learn(words);
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

    private Tokenizer learn(WordCounts words) {
        var learning = new Learning(words);
        return tokenizer(learning.vocabulary(), learning.merges);
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
                var options = new BpeModel.Options(unknown, null, null, false, false, false);
                var decoder = new Decoder.Metaspace("\u2581", PreTokenizer.PrependScheme.ALWAYS, true);
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

    /** One run: the vocabulary as it grows. */
    private final class Learning implements PairMerging.Learner {
        private final List<String> tokens = new ArrayList<>();
        private final Map<String, Integer> ids = new HashMap<>();
        private final MergeTable merges = new MergeTable(vocabularySize);
        private final String prefix = scheme == Scheme.WORD_PIECE ? "##" : "";

        Learning(WordCounts words) {
            specialTokens.forEach(this::id);
            Map<Integer, Long> alphabet = new TreeMap<>();
            if (scheme == Scheme.BYTE_LEVEL) {
                for (int value = 0; value < 256; value++) {
                    alphabet.put((int) ByteAlphabet.charOf(value), 1L);
                }
            }
            int[][] points = new int[words.size()][];
            int total = 0;
            for (int word = 0; word < points.length; word++) {
                points[word] = points(words, word);
                total += points[word].length;
                for (int point : points[word]) {
                    alphabet.merge(point, 1L, Long::sum);
                }
            }
            alphabet.keySet().forEach(point -> id(Character.toString(point)));
            if (!prefix.isEmpty()) {
                // in an order that does not hang on which word comes first
                var inner = new TreeSet<Integer>();
                for (int[] word : points) {
                    for (int i = 1; i < word.length; i++) {
                        inner.add(word[i]);
                    }
                }
                inner.forEach(point -> id(prefix + Character.toString(point)));
            }
            int[] symbols = new int[total];
            int[] starts = new int[points.length + 1];
            long[] counts = new long[points.length];
            for (int word = 0; word < points.length; word++) {
                int at = starts[word];
                for (int i = 0; i < points[word].length; i++) {
                    symbols[at++] = id((i > 0 ? prefix : "") + Character.toString(points[word][i]));
                }
                starts[word + 1] = at;
                counts[word] = words.count(word);
                points[word] = new int[0];
            }
            new PairMerging(symbols, starts, counts).learn(minFrequency, this);
        }

        private int[] points(WordCounts words, int word) {
            byte[] bytes = words.arena();
            if (scheme != Scheme.BYTE_LEVEL) {
                return new String(bytes, words.start(word), words.end(word) - words.start(word), StandardCharsets.UTF_8)
                        .codePoints()
                        .toArray();
            }
            int[] result = new int[words.end(word) - words.start(word)];
            for (int i = 0; i < result.length; i++) {
                result[i] = ByteAlphabet.charOf(bytes[words.start(word) + i]);
            }
            return result;
        }

        private int id(String token) {
            Integer known = ids.putIfAbsent(token, tokens.size());
            if (known == null) {
                tokens.add(token);
                return tokens.size() - 1;
            }
            return known;
        }

        @Override
        public boolean wantsMore() {
            return tokens.size() < vocabularySize;
        }

        @Override
        public int merge(int left, int right) {
            int result = id(tokens.get(left) + tokens.get(right).substring(prefix.length()));
            merges.add(left, right, result);
            return result;
        }

        Vocabulary vocabulary() {
            var vocabulary = new Vocabulary(tokens.size());
            for (int id = 0; id < tokens.size(); id++) {
                vocabulary.add(tokens.get(id), id);
            }
            return vocabulary;
        }
    }
}
