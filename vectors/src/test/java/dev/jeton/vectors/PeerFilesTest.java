package dev.jeton.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that gensim and fastText wrote, made by {@code make_golden.py} beside them, and files that gensim is to open. */
final class PeerFilesTest {
    @TempDir
    private Path folder;

    private static Path golden(String name) throws URISyntaxException {
        return Path.of(Objects.requireNonNull(PeerFilesTest.class.getResource(name), name)
                .toURI());
    }

    @ParameterizedTest
    @ValueSource(strings = {"gensim.vec", "gensim.bin"})
    void gensimsFilesAreRead(String name) throws URISyntaxException {
        WordVectors vectors = WordVectors.open(golden(name));
        assertThat(vectors.size()).isEqualTo(5);
        assertThat(vectors.word(2)).isEqualTo("東京");
        assertThat(vectors.vector("the")).containsExactly(0.5f, -1.25f, 3e-5f);
        assertThat(vectors.vector("東京")).containsExactly(-0.1f, 0.2f, 1e10f);
        assertThat(vectors.vector("d'accord")).containsExactly(0.333333343f, 1e-8f, 42f);
    }

    @Test
    void fastTextsModelGivesItsOwnVectors() throws URISyntaxException, IOException {
        WordVectors vectors = WordVectors.open(golden("fasttext.bin"));
        assertThat(vectors.contains("rose")).isTrue();
        assertThat(vectors.contains("roseraie")).isFalse();
        for (String line : Files.readAllLines(golden("fasttext-answers.txt"))) {
            String[] fields = line.strip().split(" ", -1);
            float[] vector = vectors.vector(fields[0]);
            assertThat(vector).hasSize(4);
            for (int d = 0; d < vector.length; d++) { // fastText prints five digits
                assertThat(vector[d]).as(fields[0]).isCloseTo(Float.parseFloat(fields[d + 1]), within(1e-5f));
            }
        }
        WordVectors text = WordVectors.open(golden("fasttext.vec"));
        assertThat(text.vector("rose")).containsExactly(vectors.vector("rose"), within(1e-4f));
    }

    @Test
    void gensimOpensOurFiles() throws IOException, InterruptedException {
        String python = pythonWithGensim();
        WordVectors vectors =
                WordVectors.of(Map.of("café", new float[] {0.1f, -2, 1e-7f}, "東京", new float[] {3, 4, 5}));
        vectors.save(folder.resolve("v.vec"));
        vectors.save(folder.resolve("v.bin"));
        Path script = Files.writeString(folder.resolve("open.py"), """
                import sys
                from gensim.models import KeyedVectors
                for name, binary in (("v.vec", False), ("v.bin", True)):
                    v = KeyedVectors.load_word2vec_format(sys.argv[1] + "/" + name, binary=binary)
                    assert len(v) == 2, len(v)
                    assert abs(v["café"] - [0.1, -2, 1e-7]).max() < 1e-7, v["café"]
                    assert list(v["東京"]) == [3, 4, 5], v["東京"]
                print("opened")
                """);
        Process process = new ProcessBuilder(python, script.toString(), folder.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).contains("opened");
    }

    private static String pythonWithGensim() throws InterruptedException {
        for (String python : List.of("python3", "/usr/bin/python3")) {
            try {
                Process process = new ProcessBuilder(python, "-c", "import gensim")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
                if (process.waitFor() == 0) {
                    return python;
                }
            } catch (IOException _) {
                continue;
            }
        }
        assumeTrue(false, "no python3 with gensim is installed");
        throw new AssertionError();
    }

    @Test
    void aMappedFileOpensInMilliseconds() {
        Path file = folder.resolve("v.safetensors");
        int rows = 100_000;
        WordTable table = new WordTable();
        for (int i = 0; i < rows; i++) {
            table.add("word" + i, 1);
        }
        new WordVectors(table, Matrix.zeros(rows, 100)).save(file);
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 10; i++) {
            long started = System.nanoTime();
            assertThat(WordVectors.open(file).vector("word99999")).hasSize(100);
            best = Math.min(best, System.nanoTime() - started);
        }
        assertThat(best).as("nanoseconds to open 40 MB and look a word up").isLessThan(20_000_000);
    }

    /** Writes vectors over and over until it is killed. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] arguments) {
            WordVectors vectors = WordVectors.open(Path.of(arguments[0]));
            System.out.println("writing");
            while (true) {
                vectors.save(Path.of(arguments[1]));
            }
        }
    }

    @ParameterizedTest
    @Tag("slow")
    @ValueSource(strings = {"v.vec", "v.bin", "v.safetensors"})
    void whoeverIsKilledWhileWritingLeavesAWholeFile(String name) throws IOException, InterruptedException {
        Randoms random = new Randoms(4, 2, name.length());
        Path source = folder.resolve("source.safetensors");
        WordTable table = new WordTable();
        for (int i = 0; i < 20_000; i++) {
            table.add("word" + i, 1);
        }
        new WordVectors(table, Matrix.zeros(20_000, 100)).save(source);
        Path target = folder.resolve(name);
        WordVectors.of(Map.of("old", new float[100])).save(target);
        for (int kill = 0; kill < 5; kill++) {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Writer.class.getName(),
                            source.toString(),
                            target.toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            assertThat(process.inputReader().readLine()).isEqualTo("writing");
            Thread.sleep(random.below(400));
            process.destroyForcibly().waitFor(); // SIGKILL
            assertThat(WordVectors.open(target).size()).isIn(1, 20_000);
        }
    }

    @Test
    @Tag("slow")
    void oneLineOfAHundredMegabytesIsLearned() throws IOException {
        Path file = folder.resolve("line.txt");
        try (var out = Files.newBufferedWriter(file)) {
            Randoms random = new Randoms(1, 0, 0);
            for (long length = 0; length < 100_000_000; length += 9) {
                out.write("word" + (1000 + random.below(9000)) + " ");
            }
        }
        assertThat(Files.size(file)).isGreaterThanOrEqualTo(100_000_000);
        WordVectors vectors = Word2Vec.train(
                Corpus.of(file), Word2VecOptions.skipGram().withDimension(16).withEpochs(1));
        assertThat(vectors.size()).isEqualTo(9000);
        assertThat(vectors.vector("word1000")).doesNotContain(Float.NaN);
    }
}
