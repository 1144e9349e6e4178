package dev.jeton.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer.Form;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Text in blocks and on several cores has the words of the whole. */
class CorpusTest {
    /** What makes cutting hard: all sorts of white space, marks, contractions, letters of many lengths. */
    private static final List<String> SIGNS = List.of(
            " ",
            " ",
            " ",
            "\n",
            "\n",
            "\r\n",
            "\t",
            "\u00A0",
            "\u3000",
            "\u2009",
            "\u0085",
            "a",
            "b",
            "Zoë",
            "e",
            "s",
            "'s",
            "'",
            "ll",
            "1",
            "23",
            ".",
            "...",
            "!?",
            "-",
            "\u0301",
            "\u0308",
            "é",
            "Å",
            "İ",
            "Σ",
            "ς",
            "я",
            "ﬁ",
            "中",
            "文",
            "。",
            "한",
            "\uD83D\uDE00",
            "\u0000",
            "\u0001",
            "\u200D",
            "\uFEFF",
            "\uFFFD",
            "▁",
            "_",
            "½");

    private final Random random = new Random(2026);

    @TempDir
    private Path folder;

    /** What a trainer does with a text. */
    private enum Way {
        BYTES(Cuts.WHITE_SPACE, null, new PreTokenizer.ByteLevel(false, true, true)),
        METASPACE(
                Cuts.SPACES,
                new Normalizer.Unicode(Form.NFKC),
                new PreTokenizer.Metaspace("▁", PreTokenizer.PrependScheme.ALWAYS, true)),
        BERT(Cuts.WHITE_SPACE, new Normalizer.Bert(true, true, null, true), new PreTokenizer.Bert()),
        WORDS(Cuts.WHITE_SPACE, new Normalizer.Lowercase(), new PreTokenizer.Whitespace());

        private final Cuts cuts;
        private final @Nullable Normalizer normalizer;
        private final PreTokenizer preTokenizer;

        Way(Cuts cuts, @Nullable Normalizer normalizer, PreTokenizer preTokenizer) {
            this.cuts = cuts;
            this.normalizer = normalizer;
            this.preTokenizer = preTokenizer;
        }

        Map<String, Long> words(Corpus corpus) {
            if (this != BYTES) {
                return counts(corpus.words(cuts, normalizer, preTokenizer));
            }
            var result = new TreeMap<String, Long>();
            WordList words = corpus.words(Gpt2Scanner::new);
            for (int word = 0; word < words.size(); word++) {
                result.put(ByteAlphabet.string(words.bytes(), words.start(word), words.end(word)), words.count(word));
            }
            return result;
        }

        /** The words of a text that is not cut. */
        Map<String, Long> words(List<String> texts) {
            var result = new TreeMap<String, Long>();
            for (String text : texts) {
                AlignedText whole = AlignedText.of(text);
                AlignedText normal = normalizer == null ? whole : normalizer.normalize(whole);
                if (!normal.isEmpty()) {
                    preTokenizer.split(normal).forEach(word -> result.merge(word.toString(), 1L, Long::sum));
                }
            }
            return result;
        }
    }

    private static Map<String, Long> counts(WordList words) {
        var result = new TreeMap<String, Long>();
        for (int word = 0; word < words.size(); word++) {
            assertThat(result.put(words.string(word), words.count(word))).isNull();
        }
        return result;
    }

    private Corpus corpus(Path file, boolean lines, int threads, int blockSize) {
        return new Corpus(List.of(file), lines, threads, blockSize, _ -> {});
    }

    private String randomText(int signs) {
        var text = new StringBuilder();
        for (int i = 0; i < signs; i++) {
            text.append(SIGNS.get(random.nextInt(SIGNS.size())));
        }
        return text.toString();
    }

    private static List<String> lines(String text) {
        var result = new ArrayList<String>();
        for (String line : text.split("\n", -1)) {
            result.add(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
        }
        if (text.endsWith("\r")) { // what ends in no line feed is no break
            result.set(result.size() - 1, result.getLast() + "\r");
        }
        return result;
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void blocksHaveTheWordsOfTheWhole(Way way) throws IOException {
        for (int i = 0; i < 80; i++) {
            String text = randomText(1 + random.nextInt(200));
            Path file = Files.writeString(folder.resolve("text.txt"), text);
            int blockSize = 1 + random.nextInt(40);
            assertThat(way.words(corpus(file, false, 2, blockSize)))
                    .as("blocks of %d bytes of %s", blockSize, text)
                    .isEqualTo(way.words(List.of(text)));
            assertThat(way.words(corpus(file, true, 2, blockSize)))
                    .as("lines, blocks of %d bytes of %s", blockSize, text)
                    .isEqualTo(way.words(lines(text)));
        }
    }

    @ParameterizedTest
    @CsvSource({"1,64", "2,64", "3,100", "3,5000"})
    void theNumberOfThreadsIsNotSeen(int threads, int blockSize) throws IOException {
        Path file = Files.writeString(folder.resolve("text.txt"), randomText(8_000));
        for (Way way : Way.values()) {
            assertThat(way.words(corpus(file, false, threads, blockSize)))
                    .isEqualTo(way.words(corpus(file, false, 1, 1 << 20)));
        }
    }

    @Test
    void wordsOfAllLengthsAreCounted() {
        var counts = new WordCounts();
        var other = new WordCounts();
        Map<String, Long> expected = new HashMap<>();
        byte[] text = new byte[64];
        for (int i = 0; i < 200_000; i++) {
            int length = 1 + random.nextInt(random.nextInt(10) == 0 ? 40 : 18);
            int from = random.nextInt(65 - length); // up to the array's last byte
            random.nextBytes(text);
            for (int j = from; j < from + length; j++) {
                text[j] = (byte) ('a' + (text[j] & 1) + (length > 12 ? 0 : text[j] >> 1 & 1));
            }
            (i % 3 == 0 ? other : counts).add(text, from, from + length, i);
            expected.merge(new String(text, from, length, StandardCharsets.ISO_8859_1), (long) i, Long::sum);
        }
        counts.addAll(other);
        assertThat(counts(counts.words())).isEqualTo(new TreeMap<>(expected));
    }

    @Test
    void nulIsALetterOfItsOwn() {
        var counts = new WordCounts();
        byte[] zeros = new byte[20];
        for (int length = 1; length <= 20; length++) {
            counts.add(zeros, 0, length, length);
        }
        WordList words = counts.words();
        assertThat(words.size()).isEqualTo(20);
        for (int word = 0; word < 20; word++) {
            assertThat(words.count(word)).isEqualTo(words.end(word) - words.start(word));
        }
    }

    @Test
    void aLongLineWithoutAPlaceToCutIsOneWord() throws IOException {
        byte[] line = new byte[1 << 20];
        Arrays.fill(line, (byte) 'x');
        Path file = Files.write(folder.resolve("line.txt"), line);
        Map<String, Long> words = Way.BYTES.words(corpus(file, false, 2, 1 << 10));
        assertThat(words).hasSize(1).containsValue(1L);
        assertThat(words.keySet().iterator().next()).hasSize(1 << 20);
    }

    @Test
    void invalidBytesAreBytesOrReplaced() throws IOException {
        byte[] bytes = {'a', ' ', (byte) 0xFF, (byte) 0xC3, ' ', 'b', (byte) 0xE4, (byte) 0xB8};
        Path file = Files.write(folder.resolve("bytes.txt"), bytes);
        assertThat(Way.BYTES.words(corpus(file, false, 1, 4))).containsKeys("a", "ĠÿÃ", "Ġb", "ä¸");
        assertThat(Way.METASPACE.words(corpus(file, false, 1, 4))).containsOnlyKeys("▁a", "▁\uFFFD\uFFFD", "▁b\uFFFD");
    }

    @Test
    void emptyFilesHaveNoWordsAndLeaveTheOthersAlone() throws IOException {
        Path empty = Files.createFile(folder.resolve("a.txt"));
        Path text = Files.writeString(folder.resolve("b.txt"), "one two");
        assertThat(counts(new Corpus(List.of(empty), false, _ -> {}).words(Gpt2Scanner::new)))
                .isEmpty();
        assertThat(counts(new Corpus(List.of(empty, text, empty), false, _ -> {}).words(Gpt2Scanner::new)))
                .isEqualTo(Map.of("one", 1L, " two", 1L));
        assertThat(BpeTrainer.byteLevel(300).train(List.of(empty)).vocabularySize())
                .isEqualTo(257);
    }

    @Test
    void foldersAreReadInTheOrderOfNames() throws IOException {
        Files.createDirectories(folder.resolve("corpus/deep"));
        Files.writeString(folder.resolve("corpus/b.txt"), "two");
        Files.writeString(folder.resolve("corpus/deep/a.txt"), "three");
        Files.writeString(folder.resolve("corpus/a.txt"), "one");
        var read = new ArrayList<TrainingProgress>();
        var corpus = new Corpus(List.of(folder.resolve("corpus")), false, read::add);
        assertThat(counts(corpus.words(Gpt2Scanner::new))).containsOnlyKeys("one", "two", "three");
        assertThat(read).extracting(TrainingProgress::done).containsExactly(3L, 6L, 11L);
        assertThat(read).extracting(TrainingProgress::total).containsOnly(11L);
    }

    @Test
    void aFileThatCannotBeReadIsNamedAndStopsTheTraining() throws IOException {
        Path first = Files.writeString(folder.resolve("a.txt"), "one ".repeat(1000));
        Path last = Files.writeString(folder.resolve("c.txt"), "two ".repeat(1000));
        Path gone = Files.writeString(folder.resolve("b.txt"), "three");
        var corpus = new Corpus(List.of(first, gone, last), false, _ -> {});
        Files.delete(gone);
        assertThatThrownBy(() -> corpus.words(Gpt2Scanner::new))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining("b.txt: cannot be read");
        assertThatThrownBy(() -> BpeTrainer.byteLevel(300).train(List.of(folder.resolve("none.txt"))))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining("none.txt: no such file or folder");
        Path bare = Files.createDirectory(folder.resolve("bare"));
        assertThatThrownBy(() -> BpeTrainer.byteLevel(300).train(List.of(bare)))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining("must be a file");
    }
}
