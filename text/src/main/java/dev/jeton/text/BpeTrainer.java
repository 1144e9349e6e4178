package dev.jeton.text;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.Normalizer.Form;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
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

    /** One run: the vocabulary as it grows. */
    private final class Learning implements PairMerging.Learner {
        private final List<String> tokens = new ArrayList<>();
        private final Map<String, Integer> ids = new HashMap<>();
        private final MergeTable merges = new MergeTable(vocabularySize);
        private final String prefix = scheme == Scheme.WORD_PIECE ? "##" : "";

        Learning(WordCounts words) {
            specialTokens.forEach(this::id);
            for (int value = 0; value < 256 && byteFallback; value++) {
                id("<0x%02X>".formatted(value));
            }
            int[][] points = new int[words.size()][];
            for (int word = 0; word < points.length; word++) {
                points[word] = points(words, word);
            }
            Set<Integer> alphabet = alphabet(words, points);
            alphabet.forEach(point -> id(Character.toString(point)));
            if (!prefix.isEmpty()) {
                // in an order that does not hang on which word comes first
                var inner = new TreeSet<Integer>();
                for (int[] word : points) {
                    for (int i = 1; i < word.length; i++) {
                        inner.add(word[i]);
                    }
                }
                inner.retainAll(alphabet);
                inner.forEach(point -> id(prefix + Character.toString(point)));
            }
            var text = new SymbolText(points.length);
            for (int word = 0; word < points.length; word++) {
                for (int i = 0; i < points[word].length; i++) {
                    if (alphabet.contains(points[word][i])) {
                        text.add(id((i > 0 ? prefix : "") + Character.toString(points[word][i])));
                    } else {
                        text.endWord(words.count(word)); // no merge reaches across what is not learnt
                    }
                }
                text.endWord(words.count(word));
                points[word] = new int[0];
            }
            new PairMerging(text.symbols(), text.starts(), text.counts()).learn(minFrequency, this);
        }

        /** The characters that become tokens, in the order of their numbers. */
        private Set<Integer> alphabet(WordCounts words, int[][] points) {
            Map<Integer, Long> counts = new TreeMap<>();
            for (int value = 0; value < 256 && scheme == Scheme.BYTE_LEVEL; value++) {
                counts.put((int) ByteAlphabet.charOf(value), Long.MAX_VALUE >> 1);
            }
            for (int word = 0; word < points.length; word++) {
                for (int point : points[word]) {
                    counts.merge(point, words.count(word), Long::sum);
                }
            }
            if (counts.size() <= alphabetLimit) {
                return counts.keySet();
            }
            return counts.entrySet().stream()
                    .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                    .limit(alphabetLimit)
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toCollection(TreeSet::new));
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
