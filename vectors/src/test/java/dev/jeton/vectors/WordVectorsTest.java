package dev.jeton.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WordVectorsTest {
    private static final WordVectors ROYAL = WordVectors.of(map(
            "man", new float[] {1, 0, 0},
            "woman", new float[] {1, 1, 0},
            "king", new float[] {1, 0, 1},
            "queen", new float[] {1, 1, 1},
            "apple", new float[] {0.2f, -1, 0}));

    @TempDir
    private Path folder;

    private static Map<String, float[]> map(Object... wordsAndVectors) {
        Map<String, float[]> map = new LinkedHashMap<>();
        for (int i = 0; i < wordsAndVectors.length; i += 2) {
            map.put((String) wordsAndVectors[i], (float[]) wordsAndVectors[i + 1]);
        }
        return map;
    }

    private static WordVectors random(int size, int dimension) {
        Randoms random = new Randoms(11, 0, 0);
        Map<String, float[]> map = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            float[] vector = new float[dimension];
            for (int d = 0; d < dimension; d++) {
                vector[d] = random.centred();
            }
            map.put("wörd" + i, vector);
        }
        return WordVectors.of(map);
    }

    @Test
    void analogiesOddOnesAndSimilarities() {
        assertThat(ROYAL.analogy("man", "king", "woman").getFirst().word()).isEqualTo("queen");
        assertThat(ROYAL.analogy("man", "king", "woman", 1, AnalogyRule.COS_MUL)
                        .getFirst()
                        .word())
                .isEqualTo("queen");
        assertThat(ROYAL.oddOneOut(List.of("man", "woman", "apple", "king"))).isEqualTo("apple");
        assertThat(ROYAL.similarity("man", "king")).isCloseTo(Math.sqrt(0.5), within(1e-6));
        assertThat(ROYAL.nearest("man", 1)).hasToString("[woman 0.7071]");
        assertThat(ROYAL.mean(List.of("man", "nobody"))).containsExactly(1, 0, 0);
        assertThatThrownBy(() -> ROYAL.vector("nobody"))
                .isInstanceOf(UnknownWordException.class)
                .hasMessageContaining("'nobody'");
        assertThatThrownBy(() -> ROYAL.nearest(new float[2], 1)).hasMessageContaining("3 numbers");
    }

    @Test
    void searchAgreesWithSortingAll() {
        WordVectors vectors = random(40_000, 20);
        float[] vector = vectors.vector("wörd31");
        List<String> sorted = IntStream.range(0, vectors.size())
                .mapToObj(vectors::word)
                .sorted(Comparator.comparingDouble(word -> -WordVectors.cosine(vectors.vector(word), vector)))
                .limit(10)
                .toList();
        assertThat(vectors.nearest(vector, 10)).extracting(Neighbour::word).isEqualTo(sorted);
    }

    @Test
    void theGraphFindsNearlyAll() {
        WordVectors vectors = random(3000, 20);
        ApproximateIndex index = vectors.approximate();
        int found = 0;
        for (int query = 0; query < 50; query++) {
            float[] vector = vectors.vector("wörd" + query * 31);
            List<Neighbour> exact = vectors.nearest(vector, 10);
            found += (int)
                    index.nearest(vector, 10).stream().filter(exact::contains).count();
        }
        assertThat(found).isGreaterThan(475);
        assertThat(index.nearest("wörd7", 5))
                .hasSize(5)
                .noneMatch(hit -> hit.word().equals("wörd7"));
    }

    @Test
    void wordsAreAddedDroppedAndRenamed() {
        WordVectors more = ROYAL.with(Map.of("prince", new float[] {1, 0, 0.5f}));
        assertThat(more.size()).isEqualTo(6);
        assertThat(more.without(Set.of("man")).contains("man")).isFalse();
        assertThat(more.renamed("prince", "dauphin").vector("dauphin")).containsExactly(1, 0, 0.5f);
        assertThat(ROYAL.size()).isEqualTo(5);
        assertThatThrownBy(() -> ROYAL.renamed("man", "king")).hasMessageContaining("'king'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v.vec", "v.txt", "v.bin", "v.safetensors"})
    void everyFormatRoundTrips(String name) {
        WordVectors vectors = random(300, 37);
        vectors.save(folder.resolve(name));
        WordVectors read = WordVectors.open(folder.resolve(name));
        assertThat(read.size()).isEqualTo(300);
        for (int i = 0; i < 300; i++) {
            assertThat(read.word(i)).isEqualTo(vectors.word(i));
            assertThat(read.vector(read.word(i))).isEqualTo(vectors.vector(vectors.word(i)));
        }
        assertThat(read.find("absent")).isEmpty();
        assertThat(read.nearest("wörd3", 3)).isEqualTo(vectors.nearest("wörd3", 3));
        assertThat(read.approximate().nearest("wörd3", 1)).isEqualTo(vectors.nearest("wörd3", 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"v.vec", "v.bin", "v.safetensors"})
    void everyTruncationIsRefusedWithTheFilesName(String name) throws IOException {
        Path file = folder.resolve(name);
        random(20, 5).save(file);
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length - 20; length += 7) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> WordVectors.open(file))
                    .as("%d bytes of %d", length, whole.length)
                    .isInstanceOf(VectorFileException.class)
                    .hasMessageContaining(name);
        }
    }

    @Test
    void safetensorsKeepSubwordsAndWhatTrainingNeeds() {
        Word2VecOptions options = Word2VecOptions.cbow()
                .withSample(0)
                .withMinCount(1)
                .withDimension(10)
                .withThreads(1);
        WordVectors trained = Word2Vec.train(
                Corpus.ofLines(List.of("a rose is a rose", "is a rose")), options.withSubwords(new Subwords(2, 3, 50)));
        trained.save(folder.resolve("v.safetensors"));
        WordVectors read = WordVectors.open(folder.resolve("v.safetensors"));
        assertThat(read.vector("roses")).isEqualTo(trained.vector("roses"));
        Corpus more = Corpus.ofLines(List.of("a tulip is a tulip"));
        Word2VecOptions same = options.withSubwords(new Subwords(2, 3, 50));
        assertThat(Word2Vec.resume(read, more, same, _ -> {}).vector("tulip"))
                .isEqualTo(Word2Vec.resume(trained, more, same, _ -> {}).vector("tulip"));
    }

    @Test
    void textWithoutHeaderWithSpacesOrBrokenUtf8IsRead() throws IOException {
        Path glove = Files.writeString(folder.resolve("glove.txt"), "the 0.1 -2e-3\nof 1 2\n");
        assertThat(WordVectors.open(glove).vector("the")).containsExactly(0.1f, -2e-3f);
        Path spaces = Files.writeString(folder.resolve("spaces.vec"), "2 2\nnew york 1 2\nhere 3 4 \r\n");
        assertThat(WordVectors.open(spaces).vector("new york")).containsExactly(1, 2);
        Path broken = folder.resolve("broken.vec");
        Files.write(broken, "1 2\nb\u00FFd 1 2\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(WordVectors.open(broken).word(0)).isEqualTo("b\uFFFDd");
        Path wrong = Files.writeString(folder.resolve("wrong.vec"), "2 2\na 1 2\nb 1 x\n");
        assertThatThrownBy(() -> WordVectors.open(wrong)).hasMessageContaining("wrong.vec: line 3: 'x' is no number");
        assertThatThrownBy(
                        () -> WordVectors.of(Map.of("new york", new float[1])).save(folder.resolve("x.vec")))
                .hasMessageContaining("new york");
        assertThatThrownBy(() -> ROYAL.save(folder.resolve("x.model"))).hasMessageContaining(".safetensors");
    }

    @Test
    void aWriteThatFailsLeavesTheOldFileWhole() throws IOException {
        Path file = folder.resolve("v.vec");
        Files.writeString(file, "old");
        assertThatThrownBy(() -> AtomicFile.write(file, channel -> {
                    channel.write(ByteBuffer.wrap(new byte[100]));
                    throw new IOException("disk full");
                }))
                .hasMessage("disk full");
        assertThat(file).hasContent("old");
        assertThat(folder).isDirectoryNotContaining(other -> other.toString().endsWith(".partial"));
    }

    @Test
    void phrasesAreJoined() throws IOException {
        List<String> lines = new java.util.ArrayList<>();
        Randoms random = new Randoms(1, 1, 1);
        for (int i = 0; i < 4000; i++) {
            lines.add("w" + random.below(200) + (i % 20 == 0 ? " new york city" : " x") + " w" + random.below(200));
        }
        Path file = folder.resolve("joined.txt");
        Phrases.join(Corpus.ofLines(lines), new PhraseOptions(5, 10, 2), file);
        List<String> joined = Files.readAllLines(file);
        assertThat(joined).hasSize(4000);
        assertThat(joined.getFirst()).contains(" new_york_city ");
        assertThat(joined.get(1)).isEqualTo(lines.get(1));
    }

    @Test
    void evaluationCountsWhatItAsked() throws IOException {
        Path questions = Files.writeString(
                folder.resolve("q.txt"), ": royal\nMan King Woman Queen\nman king woman apple\nman king boy prince\n");
        AnalogySet.Result result = AnalogySet.read(questions).evaluate(ROYAL, 30_000, AnalogyRule.COS_ADD);
        assertThat(result.total()).isEqualTo(new AnalogySet.Score("total", 1, 2, 3));
        Path pairs =
                Files.writeString(folder.resolve("s.txt"), "man\twoman\t9\nman\tapple\t1\nKing\tQueen\t9.5\nx\ty\t3\n");
        assertThat(SimilaritySet.read(pairs).evaluate(ROYAL)).isEqualTo(new SimilaritySet.Result(1, 3, 4));
        Path bad = Files.writeString(folder.resolve("bad.txt"), ": a\none two three\n");
        assertThatThrownBy(() -> AnalogySet.read(bad)).hasMessageContaining("line 2");
    }
}
