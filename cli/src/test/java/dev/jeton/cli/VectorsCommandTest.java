package dev.jeton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code jeton vectors} as a user calls it: what it prints, writes and answers to mistakes. */
final class VectorsCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path royal = Path.of("");

    @BeforeEach
    void writeVectors() throws IOException {
        royal = Files.writeString(
                folder.resolve("royal.vec"),
                "5 3\nman 1 0 0\nwoman 1 1 0\nking 1 0 1\nqueen 1 1 1\n\"apple\" .2 -1 0\n");
    }

    private int jeton(Object... arguments) {
        List<String> words = new ArrayList<>(List.of("vectors"));
        for (Object argument : arguments) {
            words.add(argument.toString());
        }
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Jeton.run(new PrintWriter(out, true), new PrintWriter(err, true), words.toArray(String[]::new));
    }

    private int jetonReading(String input, Object... arguments) {
        InputStream before = System.in;
        try {
            System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
            return jeton(arguments);
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void nearestWordsAsTextAndAsJson() {
        assertThat(jeton("nearest", royal, "man", "--count", 2)).isZero();
        assertThat(out).hasToString("woman 0.7071\nking 0.7071\n");
        assertThat(jetonReading("man\n\nqueen\n", "nearest", royal, "-", "--count", 1, "--json"))
                .isZero();
        assertThat(out).hasToString("""
                {"asked":["man"],"found":[{"word":"woman","similarity":0.707107}]}
                {"asked":["queen"],"found":[{"word":"woman","similarity":0.816497}]}
                """);
        assertThat(jeton("nearest", royal, "woman", "--json")).isZero();
        assertThat(out.toString()).contains("{\"word\":\"\\\"apple\\\"\",");
    }

    @Test
    void analogies() {
        assertThat(jeton("analogy", royal, "man", "king", "woman", "--count", 1))
                .isZero();
        assertThat(out.toString()).startsWith("queen ");
        assertThat(jetonReading("man king woman\n", "analogy", royal, "-", "--rule", "cos_mul", "--json"))
                .isZero();
        assertThat(out.toString()).startsWith("{\"asked\":[\"man\",\"king\",\"woman\"],\"found\":[{\"word\":\"queen\"");
    }

    @Test
    void evaluation() throws IOException {
        Path questions = Files.writeString(folder.resolve("q.txt"), ": royal\nman king woman queen\nman king boy x\n");
        Path pairs = Files.writeString(folder.resolve("s.txt"), "man woman 9\nman \"apple\" 1\nking queen 9.5\n");
        assertThat(jeton("eval", royal, questions, pairs)).isZero();
        assertThat(out.toString()).contains("royal", "100.00 %   1 of 2, 1 asked", "Spearman 1.000   3 of 3 pairs");
        assertThat(jeton("eval", royal, questions, pairs, "--json")).isZero();
        assertThat(out.toString().lines().toList())
                .containsExactly(
                        "{\"set\":\"q.txt\",\"category\":\"royal\",\"accuracy\":1.000000,\"correct\":1,\"asked\":1,\"total\":2}",
                        "{\"set\":\"q.txt\",\"category\":\"total\",\"accuracy\":1.000000,\"correct\":1,\"asked\":1,\"total\":2}",
                        "{\"set\":\"s.txt\",\"spearman\":1.000000,\"used\":3,\"total\":3}");
    }

    @Test
    void mapsAndConversions() throws IOException {
        assertThat(jeton("map", royal, "--out", folder.resolve("m.html"), "--method", "pca"))
                .isZero();
        assertThat(folder.resolve("m.html")).content().contains("queen");
        assertThat(jeton("map", royal, "--out", folder.resolve("m.png"), "--pixels", 200, "--neighbours", 3))
                .isZero();
        assertThat(folder.resolve("m.png")).isNotEmptyFile();
        assertThat(jeton("convert", royal, folder.resolve("r.bin"))).isZero();
        assertThat(jeton("convert", royal, folder.resolve("r.bin"), "--json")).isZero();
        assertThat(out).hasToString("{\"out\":\"" + folder.resolve("r.bin") + "\",\"words\":5,\"dimension\":3}\n");
        assertThat(jeton("map", royal, "--out", folder.resolve("m.html"), "--method", "pca", "--json"))
                .isZero();
        assertThat(out).hasToString("{\"out\":\"" + folder.resolve("m.html") + "\",\"words\":5}\n");
        assertThat(jeton("convert", folder.resolve("r.bin"), "-")).isZero();
        assertThat(out.toString()).startsWith("5 3\nman 1.0 0.0 0.0\n");
    }

    @Test
    void trainingFromStandardInputTellsItsLoss() {
        String text = "a rose is a rose\n".repeat(50);
        Path file = folder.resolve("t.safetensors");
        assertThat(jetonReading(
                        text, "train", "-", "--out", file, "--dimension", 8, "--epochs", 2, "--sample", 0, "--json"))
                .isZero();
        assertThat(out.toString())
                .contains("\"words\":3,\"dimension\":8,")
                .containsPattern("\"words_per_second\":\\d+,\"losses\":\\[[0-9.]+, [0-9.]+\\]\\}");
        assertThat(err.toString()).contains("100.0 %", "words/s", "loss", "left");
        assertThat(jeton("nearest", file, "rose")).isZero();
    }

    @Test
    void phrasesAreWritten() throws IOException {
        String text = "x new york y\nx z y\nz x y\n".repeat(30);
        Path file = folder.resolve("p.txt");
        assertThat(jetonReading(text, "phrases", "-", "--out", file, "--threshold", 5))
                .isZero();
        assertThat(file).content().startsWith("x new_york y\n");
        assertThat(out).hasToString(file + ": 1 different phrases\n");
        assertThat(jetonReading(text, "phrases", "-", "--out", file, "--threshold", 5, "--json"))
                .isZero();
        assertThat(out).hasToString("{\"out\":\"" + file + "\",\"phrases\":1}\n");
    }

    @Test
    void mistakesAreOneLineAndCodeTwo() throws IOException {
        assertMistake("no such file", jeton("nearest", folder.resolve("absent.vec"), "x"));
        assertMistake("'nobody'", jeton("nearest", royal, "nobody"));
        assertMistake("three words", jeton("analogy", royal, "man", "king"));
        assertMistake(".html or .png", jeton("map", royal, "--out", "m.gif"));
        assertMistake("does not say its format", jeton("convert", royal, folder.resolve("r.model")));
        Path empty = Files.createFile(folder.resolve("empty.txt"));
        assertMistake("has 0 words", jeton("train", empty, "--out", folder.resolve("v.vec")));
        assertMistake("does not say its format", jeton("train", empty, "--out", folder.resolve("v.model")));
        Path few = Files.writeString(folder.resolve("few.txt"), "a b c\n".repeat(9));
        assertMistake("--sample", jeton("train", few, "--out", folder.resolve("v.vec"), "--threads", 1));
        assertMistake("--json", jeton("convert", royal, "-", "--json"));
        Path broken = Files.writeString(folder.resolve("broken.vec"), "2 2\na 1 2\nb 1 x\n");
        assertMistake("line 3", jeton("nearest", broken, "a"));
        assertThat(jeton("train", empty, "--out", "v.vec", "--architecture", "glove"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--architecture is skip-gram or cbow, not glove");
    }

    private void assertMistake(String said, int code) {
        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).contains(said).hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"train", "nearest", "analogy", "eval", "map", "convert", "phrases"})
    void helpHasExamples(String command) {
        assertThat(jeton(command, "--help")).isZero();
        assertThat(out.toString().toLowerCase(Locale.ROOT)).contains("examples:", "  jeton vectors " + command + " ");
    }
}
