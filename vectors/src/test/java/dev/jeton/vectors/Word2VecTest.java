package dev.jeton.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

final class Word2VecTest {
    private static final Word2VecOptions SMALL = Word2VecOptions.skipGram()
            .withDimension(24)
            .withSample(0)
            .withMinCount(1)
            .withThreads(1);

    @TempDir
    private Path folder;

    /** Countries and capitals: both keep company with words of their own pair, and each with words of its own kind. */
    private static List<String> planted(int sentences) {
        Randoms random = new Randoms(5, 0, 0);
        return IntStream.range(0, sentences)
                .mapToObj(_ -> {
                    int pair = random.below(8);
                    int kind = random.below(2);
                    String word = kind == 0 ? "country" + pair : "capital" + pair;
                    String own = "pair" + pair + "x" + random.below(3);
                    String kinds = "kind" + kind + "x" + random.below(3);
                    return String.join(" ", own, kinds, word, own, kinds);
                })
                .toList();
    }

    private static Word2VecOptions options(String how) {
        Word2VecOptions options = SMALL.withEpochs(10).withLearningRate(0.1).withWindow(2);
        if (how.contains("cbow")) {
            options = options.withArchitecture(Architecture.CBOW);
        }
        return how.contains("hierarchical") ? options.withObjective(new Objective.HierarchicalSoftmax()) : options;
    }

    @ParameterizedTest
    @ValueSource(strings = {"skip-gram negative", "cbow negative", "skip-gram hierarchical", "cbow hierarchical"})
    void plantedRelationsAreFound(String how) {
        List<TrainingProgress> seen = new ArrayList<>();
        WordVectors vectors = Word2Vec.train(Corpus.ofLines(planted(8000)), options(how), seen::add);
        int right = 0;
        for (int i = 0; i < 8; i++) {
            int other = (i + 3) % 8;
            String answer = vectors.analogy("country" + i, "capital" + i, "country" + other)
                    .getFirst()
                    .word();
            right += answer.equals("capital" + other) ? 1 : 0;
        }
        assertThat(right).isGreaterThanOrEqualTo(7);
        List<Double> losses = seen.getLast().epochLosses();
        assertThat(losses).hasSize(10);
        assertThat(losses.getLast()).isLessThan(losses.getFirst());
        assertThat(seen.getLast().wordsDone()).isEqualTo(8000L * 5 * 10);
    }

    @Test
    void bothKernelsLearnTheSame() {
        Corpus corpus = Corpus.ofLines(planted(500));
        WordVectors fast = Word2Vec.train(corpus, SMALL, new VectorKernel(), null, _ -> {});
        WordVectors plain = Word2Vec.train(corpus, SMALL, new ScalarKernel(), null, _ -> {});
        assertThat(fast.vector("country1")).containsExactly(plain.vector("country1"), within(1e-4f));
    }

    @Test
    void equalSeedsGiveEqualBitsWithOneThread() {
        Corpus corpus = Corpus.ofLines(planted(300));
        float[] once = Word2Vec.train(corpus, SMALL.withSeed(9)).vector("capital2");
        assertThat(Word2Vec.train(corpus, SMALL.withSeed(9)).vector("capital2")).isEqualTo(once);
        assertThat(Word2Vec.train(corpus, SMALL.withSeed(10)).vector("capital2"))
                .isNotEqualTo(once);
    }

    /** The first training runs interpreted, then compiled, the second compiled: sums must not be added in another order. */
    @Test
    void equalSeedsGiveEqualBitsWhateverTheJitHasDone() {
        Corpus corpus = Corpus.ofLines(planted(20_000));
        Word2VecOptions options = SMALL.withDimension(40).withEpochs(3);
        WordVectors once = Word2Vec.train(corpus, options);
        WordVectors again = Word2Vec.train(corpus, options);
        for (int i = 0; i < once.size(); i++) {
            assertThat(again.vector(once.word(i))).as(once.word(i)).isEqualTo(once.vector(once.word(i)));
        }
    }

    @Test
    void theVocabularyDoesNotDependOnThreads() throws IOException {
        Path file = folder.resolve("long.txt");
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 700_000; i++) {
            text.append("word").append(i * 7919L % 5003).append(i % 50 == 0 ? '\n' : ' ');
        }
        Files.writeString(file, text);
        assertThat(Files.size(file)).isGreaterThan(3L * Chunks.SIZE);
        try (EncodedCorpus one = EncodedCorpus.read(Corpus.of(file), 2, 100_000, 1, List.of());
                EncodedCorpus four = EncodedCorpus.read(Corpus.of(file), 2, 100_000, 4, List.of())) {
            assertThat(ids(four)).isEqualTo(ids(one));
            assertThat(one.vocabulary().size()).isEqualTo(5003);
            assertThat(one.vocabulary().total()).isEqualTo(700_000);
        }
    }

    private static List<Integer> ids(EncodedCorpus corpus) throws IOException {
        List<Integer> all = new ArrayList<>();
        int[] ids = new int[Chunks.SIZE + 1];
        for (int piece = 0; piece < corpus.spool().pieces(); piece++) {
            int count = corpus.spool().read(piece, ids, Spool.buffer());
            IntStream.range(0, count).forEach(i -> all.add(ids[i]));
        }
        return all;
    }

    @Test
    void beyondTheLimitTheRarestWordsAreForgotten() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 40_000; i++) {
            lines.add("often rare" + i + " often");
        }
        for (int threads : new int[] {1, 3}) {
            try (EncodedCorpus corpus = EncodedCorpus.read(Corpus.ofLines(lines), 1, 1000, threads, List.of())) {
                assertThat(corpus.vocabulary().size()).isBetween(1, 1000);
                assertThat(corpus.vocabulary().word(0)).isEqualTo("often");
                assertThat(corpus.vocabulary().count(0)).isEqualTo(80_000);
            }
        }
    }

    @Test
    void oneLineWithoutEndIsACorpus() throws IOException {
        Path file = folder.resolve("line.txt");
        Files.writeString(file, "a rose is ".repeat(400_000));
        WordVectors vectors =
                Word2Vec.train(Corpus.of(file), SMALL.withThreads(2).withEpochs(1));
        assertThat(vectors.size()).isEqualTo(3);
    }

    @Test
    void emptyCorporaAndSingleWordsAreRefused() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.txt"));
        assertThatThrownBy(() -> Word2Vec.train(Corpus.of(empty), SMALL)).hasMessageContaining("has 0 words");
        assertThatThrownBy(() -> Word2Vec.train(Corpus.ofLines(List.of("one one one")), SMALL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has 1 words");
        assertThatThrownBy(() -> Word2Vec.train(Corpus.of(folder.resolve("absent")), SMALL))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("absent");
    }

    @Test
    void aTextOfWhichThinningLeavesNothingIsRefused() {
        Corpus few = Corpus.ofLines(List.of("a b", "b a"));
        assertThatThrownBy(() -> Word2Vec.train(few, SMALL.withSample(1e-4)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sample 1.0E-4")
                .hasMessageContaining("0 keeps every word");
        assertThat(Word2Vec.train(few, SMALL).size()).isEqualTo(2);
        assertThatThrownBy(() -> Word2Vec.train(Corpus.ofLines(List.of("a", "b", "a")), SMALL))
                .hasMessageContaining("no line of this text has two words");
    }

    @Test
    void brokenUtf8BecomesTheReplacementCharacter() throws IOException {
        Path file = folder.resolve("broken.txt");
        byte[] line = "good b\u00FFd word\n".repeat(3).getBytes(StandardCharsets.ISO_8859_1);
        Files.write(file, line);
        WordVectors vectors = Word2Vec.train(Corpus.of(file), SMALL);
        assertThat(vectors.contains("b\uFFFDd")).isTrue();
        assertThat(vectors.size()).isEqualTo(3);
    }

    @Test
    void packedFilesAndFoldersAreRead() throws IOException {
        byte[] text = "Ein Ding, Zwei Dinge!\n".getBytes(StandardCharsets.UTF_8);
        Files.createDirectories(folder.resolve("in/deep"));
        Files.write(folder.resolve("in/deep/a.txt.gz"), packed(text, GZIPOutputStream::new));
        Files.write(folder.resolve("in/b.xz"), packed(text, out -> new XZOutputStream(out, new LZMA2Options())));
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(zip)) {
            out.putNextEntry(new ZipEntry("c.txt"));
            out.write(text);
        }
        Files.write(folder.resolve("in/c.zip"), zip.toByteArray());
        try (EncodedCorpus read =
                EncodedCorpus.read(Corpus.of(folder.resolve("in")).letters(), 1, 1000, 2, List.of())) {
            assertThat(read.vocabulary().total()).isEqualTo(12);
            assertThat(read.vocabulary().word(0)).isEqualTo("ding");
            assertThat(read.vocabulary().count(0)).isEqualTo(3);
        }
        Files.write(folder.resolve("in/broken.gz"), text);
        assertThatThrownBy(() -> Word2Vec.train(Corpus.of(folder.resolve("in")), SMALL))
                .hasMessageContaining("broken.gz");
    }

    private interface Packing {
        java.io.OutputStream of(java.io.OutputStream out) throws IOException;
    }

    private static byte[] packed(byte[] text, Packing packing) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (var out = packing.of(bytes)) {
            out.write(text);
        }
        return bytes.toByteArray();
    }

    @Test
    void sentencesMayHaveWordsWithSpaces() {
        WordVectors vectors = Word2Vec.train(
                Corpus.ofSentences(List.of(List.of("new york", "is", "big"), List.of("new york", "is", "far"))), SMALL);
        assertThat(vectors.word(1)).isEqualTo("new york");
        assertThatThrownBy(() -> Word2Vec.train(Corpus.ofSentences(List.of(List.of("a", ""))), SMALL))
                .hasMessageContaining("may not be empty");
    }

    @Test
    void unseenWordsGetVectorsFromSubwords() {
        WordVectors vectors = Word2Vec.train(
                Corpus.ofLines(planted(2000)), SMALL.withEpochs(5).withSubwords(new Subwords(3, 6, 5000)));
        assertThat(vectors.contains("countryy1")).isFalse();
        assertThat(vectors.similarity("countryy1", "country1"))
                .isGreaterThan(vectors.similarity("countryy1", "pair3x2"));
        assertThat(Word2Vec.train(Corpus.ofLines(planted(50)), SMALL).find("unseen"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void trainingGoesOnWithAGrownVocabulary(boolean withSubwords) {
        Word2VecOptions options = withSubwords ? SMALL.withSubwords(new Subwords(3, 4, 1000)) : SMALL;
        WordVectors first = Word2Vec.train(Corpus.ofLines(planted(1000)), options);
        WordVectors more = Word2Vec.resume(
                first, Corpus.ofLines(List.of("novel words here", "novel words there")), options, _ -> {});
        assertThat(more.size()).isEqualTo(first.size() + 4);
        assertThat(more.word(0)).isEqualTo(first.word(0));
        assertThat(WordVectors.cosine(more.vector("country1"), first.vector("country1")))
                .isGreaterThan(0.99);
        assertThatThrownBy(() -> Word2Vec.resume(first, Corpus.ofLines(planted(9)), options.withDimension(7), _ -> {}))
                .hasMessageContaining("dimension 24");
    }
}
