package dev.jeton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code jeton tokenizer …}: what the commands print, and what a mistake looks like. */
class TokenizerCommandsTest {
    private static final String TEXT = "the cat and the dog and the mat\nthe cat sat on the mat\n".repeat(30);

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private InputStream standardInput = System.in;

    @BeforeEach
    void keepStandardInput() {
        standardInput = System.in;
    }

    @AfterEach
    void giveStandardInputBack() {
        System.setIn(standardInput);
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Jeton.run(new PrintWriter(out), new PrintWriter(err), arguments);
    }

    private String ok(String... arguments) {
        assertThat(run(arguments)).as(err.toString()).isZero();
        return out.toString();
    }

    private void input(String text) {
        System.setIn(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** A byte-level tokenizer, so that ids and bytes can be told apart. */
    private String trained(String scheme, String... more) throws IOException {
        Path corpus = Files.writeString(folder.resolve("corpus.txt"), TEXT);
        Path to = folder.resolve(scheme);
        var arguments = new ArrayList<>(List.of(
                "tokenizer", "train", corpus.toString(), "--scheme", scheme, "--size", "300", "--out", to.toString()));
        arguments.addAll(List.of(more));
        ok(arguments.toArray(String[]::new));
        return to.toString();
    }

    private void isOneLineAndTwo(int code, String... parts) {
        assertThat(code).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).startsWith("jeton: ").contains(parts);
    }

    @ParameterizedTest
    @ValueSource(strings = {"byte-bpe", "bpe", "wordpiece", "unigram", "word"})
    void everySchemeIsTrainedAndUsed(String scheme) throws IOException {
        String tokenizer = trained(scheme, "--lines");
        assertThat(out.toString()).contains(tokenizer).contains("tokens");
        String ids = ok("tokenizer", "encode", tokenizer, "the cat sat", "--no-special")
                .strip();
        assertThat(ids).matches("\\d+( \\d+)*");
        assertThat(ok("tokenizer", "decode", tokenizer, ids.split(" ", -1)[0])).contains("the");
        input(ids + "\n");
        assertThat(ok("tokenizer", "decode", tokenizer)).isEqualTo("the cat sat\n");
    }

    @Test
    void specialTokensComeFirst() throws IOException {
        String tokenizer = trained("byte-bpe", "--special", "<a>", "--special", "<b>", "--json");
        assertThat(out.toString()).startsWith("{\"path\":").contains("\"scheme\":\"byte-bpe\"");
        assertThat(ok("tokenizer", "encode", tokenizer, "<b><a>")).isEqualTo("1 0\n");
    }

    @Test
    void linesAreTextsOfTheirOwnWhereAsked() throws IOException {
        String whole = Files.readString(Path.of(trained("bpe"), "tokenizer.json"));
        String lines = Files.readString(Path.of(trained("bpe", "--lines", "--force"), "tokenizer.json"));
        assertThat(whole).contains("\\n");
        assertThat(lines).doesNotContain("\\n");
    }

    @Test
    void aTextThatIsTooShortIsTold() throws IOException {
        Path corpus = Files.writeString(folder.resolve("corpus.txt"), TEXT);
        String to = folder.resolve("few").toString();
        assertThat(ok("tokenizer", "train", corpus.toString(), "--size", "5000", "--out", to))
                .contains("fewer than 5,000", "occurs 2 times");
    }

    @Test
    void whatIsThereIsNotWrittenOver() throws IOException {
        String tokenizer = trained("byte-bpe");
        String corpus = folder.resolve("corpus.txt").toString();
        isOneLineAndTwo(run("tokenizer", "train", corpus, "--out", tokenizer), "is there already", "--force");
        isOneLineAndTwo(run("tokenizer", "train", corpus, "--out", corpus), "is a file: name a folder");
        String ranks = folder.resolve("a.tiktoken").toString();
        ok("tokenizer", "convert", tokenizer, ranks);
        isOneLineAndTwo(run("tokenizer", "convert", tokenizer, ranks), "is there already", "--force");
        ok("tokenizer", "convert", tokenizer, ranks, "--force");
        isOneLineAndTwo(
                run("tokenizer", "convert", tokenizer, folder.toString(), "--to", "tiktoken"), "is a folder: name a");
    }

    @Test
    void trainingReadsStandardInput() throws IOException {
        input(TEXT);
        Path to = folder.resolve("in");
        ok("tokenizer", "train", "-", "--size", "300", "--out", to.toString());
        String fromFile = trained("byte-bpe");
        assertThat(Files.readString(to.resolve("tokenizer.json")))
                .isEqualTo(Files.readString(Path.of(fromFile, "tokenizer.json")));
    }

    @Test
    void jsonLinesAreAnsweredInOrder() throws IOException {
        String tokenizer = trained("wordpiece", "--lines");
        var lines = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            lines.append(
                    i % 2 == 0
                            ? "{\"text\":\"the cat\"}\n"
                            : "{\"id\": [1, {}], \"text\":\"mat\",\"pair\":\"🙂 dog\"}\n");
        }
        input(lines.toString());
        List<String> answers =
                ok("tokenizer", "encode", tokenizer, "--jsonl").lines().toList();
        assertThat(answers).hasSize(20_000);
        String single = answers.get(0);
        String pair = answers.get(1);
        assertThat(single)
                .endsWith("\"tokens\":[\"[CLS]\",\"the\",\"cat\",\"[SEP]\"],\"offsets\":[[0,0],[0,3],[4,7],[0,0]]}");
        assertThat(pair).contains("\"offsets\":[[0,0],[0,3],[0,0],[0,1],[2,5],[0,0]],\"type_ids\":[0,0,0,1,1,1]");
        for (int i = 0; i < answers.size(); i++) {
            assertThat(answers.get(i)).isEqualTo(i % 2 == 0 ? single : pair);
        }
        input(single + "\n");
        assertThat(ok("tokenizer", "decode", tokenizer, "--jsonl")).isEqualTo("{\"text\":\"the cat\"}\n");
        input(single + "\n");
        assertThat(ok("tokenizer", "decode", tokenizer, "--jsonl", "--keep-special"))
                .isEqualTo("{\"text\":\"[CLS] the cat [SEP]\"}\n");
    }

    @Test
    void everythingSurvivesJsonLines() throws IOException {
        String tokenizer = trained("byte-bpe");
        String line = "{\"text\":\"a\\u0000\\n\\\"\\\\ \\ud800 \u4e2d🙂\\u001f\\t\"}\n";
        input(line);
        input(ok("tokenizer", "encode", tokenizer, "--jsonl"));
        assertThat(ok("tokenizer", "decode", tokenizer, "--jsonl")).isEqualTo(line);
    }

    @Test
    void anAnswerComesBeforeTheNextQuestion() throws Exception {
        String tokenizer = trained("byte-bpe");
        out.getBuffer().setLength(0);
        var questions = new PipedOutputStream();
        System.setIn(new PipedInputStream(questions));
        var command = CompletableFuture.supplyAsync(() -> run("tokenizer", "encode", tokenizer, "--jsonl"));
        for (int i = 1; i <= 3; i++) {
            questions.write("{\"text\":\"the\"}\n".getBytes(StandardCharsets.UTF_8));
            questions.flush();
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (out.toString().lines().count() < i && System.nanoTime() < deadline) {
                Thread.sleep(20);
            }
            assertThat(out.toString().lines().count()).isEqualTo(i);
        }
        questions.close();
        assertThat(command.get(30, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void aWrongLineIsNamedAndWhatIsBeforeItIsAnswered() throws IOException {
        String tokenizer = trained("byte-bpe");
        input("{\"text\":\"the\"}\n\n{\"txt\":1}\n");
        isOneLineAndTwo(run("tokenizer", "encode", tokenizer, "--jsonl"), "line 3", "\"text\"");
        assertThat(out.toString().lines()).hasSize(1);
        input("{\"text\":\"the\"\n");
        isOneLineAndTwo(run("tokenizer", "encode", tokenizer, "--jsonl"), "line 1");
        input("[1]\n");
        isOneLineAndTwo(run("tokenizer", "decode", tokenizer, "--jsonl"), "line 1", "object");
        input("{\"ids\":[1.5]}\n");
        isOneLineAndTwo(run("tokenizer", "decode", tokenizer, "--jsonl"), "line 1", "integers");
    }

    @Test
    void tokensOfFilesAreCounted() throws IOException {
        String tokenizer = trained("byte-bpe");
        Path file = Files.writeString(folder.resolve("one.txt"), "the");
        assertThat(ok("tokenizer", "count", tokenizer, file.toString())).isEqualTo("1\n");
        assertThat(ok("tokenizer", "count", tokenizer, file.toString(), "--limit", "0"))
                .isEqualTo("more than 0\n");
        Files.writeString(Files.createDirectories(folder.resolve("sub")).resolve("two.txt"), "the the");
        assertThat(ok(
                        "tokenizer",
                        "count",
                        tokenizer,
                        file.toString(),
                        folder.resolve("sub").toString()))
                .contains("3  total");
        input("the the the");
        assertThat(ok("tokenizer", "count", tokenizer, "-", "--json"))
                .isEqualTo("{\"file\":\"-\",\"tokens\":3,\"bytes\":11}\n");
    }

    @Test
    void piecesAreShown() throws IOException {
        String tokenizer = trained("byte-bpe");
        assertThat(ok("tokenizer", "show", tokenizer, "the cat 中"))
                .contains("\"the\"", "\" cat\"", "\"\\xE4\"")
                .endsWith("tokens\n");
        assertThat(ok("tokenizer", "show", tokenizer, "the cat\nx", "--color", "always"))
                .startsWith("\033[30;48;5;153mthe\033[0m\033[30;48;5;157m cat\033[0m")
                .contains("↵\033[0m\n");
        assertThat(ok("tokenizer", "show", tokenizer, "the", "--json"))
                .contains("\"text\":\"the\",\"bytes\":[116,104,101],\"special\":false}");
    }

    @Test
    void aPageIsWrittenThatNeedsNothingElse() throws IOException {
        String tokenizer = trained("byte-bpe");
        Path page = folder.resolve("out/page.html");
        ok("tokenizer", "show", tokenizer, "the <b> & 中\n", "--html", page.toString());
        String html = Files.readString(page);
        assertThat(html)
                .startsWith("<!DOCTYPE html>")
                .endsWith("</html>\n")
                .contains("&lt;", "&amp;", "E4")
                .doesNotContain("<b>", "http:", "https:", "src=");
    }

    @Test
    void formatsAreConverted() throws IOException {
        String tokenizer = trained("bpe", "--byte-fallback", "--lines");
        Path model = folder.resolve("my.model");
        assertThat(ok("tokenizer", "convert", tokenizer, model.toString())).contains("(sentencepiece)");
        assertThat(ok("tokenizer", "encode", model.toString(), "the cat"))
                .isEqualTo(ok("tokenizer", "encode", tokenizer, "the cat"));
        isOneLineAndTwo(
                run(
                        "tokenizer",
                        "convert",
                        tokenizer,
                        folder.resolve("a.tiktoken").toString()),
                "byte-level");
        assertThat(ok("tokenizer", "convert", tokenizer, folder.resolve("b").toString(), "--json"))
                .contains("\"format\":\"hugging-face\"");
    }

    @Test
    void tokenizersAreCompared() throws IOException {
        String bytes = trained("byte-bpe");
        String words = trained("word");
        String table = ok("tokenizer", "compare", bytes, words, "--text", "the cat, кот");
        assertThat(table).contains("tokens/word", "latin", "cyrillic");
        assertThat(table.lines().count()).isEqualTo(7);
        assertThat(ok("tokenizer", "compare", words, "--text", "the cat sat", "--json"))
                .startsWith(
                        "{\"tokenizer\":\"" + words
                                + "\",\"script\":\"all\",\"tokens\":3,\"characters\":11,\"bytes\":11,\"words\":3,\"tokens_per_word\":1.0,");
        isOneLineAndTwo(run("tokenizer", "compare", words, "--text", "a", "--file", "b"), "exclude");
    }

    @Test
    void mistakesAreOneLine() throws IOException {
        String absent = folder.resolve("absent").toString();
        isOneLineAndTwo(run("tokenizer", "encode", absent, "x"), "absent", "no such file");
        isOneLineAndTwo(run("tokenizer", "train", absent, "--out", folder.toString()), "absent");
        Path corpus = Files.writeString(folder.resolve("corpus.txt"), TEXT);
        String to = folder.resolve("x").toString();
        isOneLineAndTwo(
                run("tokenizer", "train", corpus.toString(), "--scheme", "word", "--byte-fallback", "--out", to),
                "--byte-fallback");
        isOneLineAndTwo(
                run("tokenizer", "train", corpus.toString(), "--scheme", "unigram", "--size", "5", "--out", to),
                "room for");
        isOneLineAndTwo(
                run("tokenizer", "train", corpus.toString(), "--scheme", "bpe", "--size", "5", "--out", to),
                "room for the 16 characters");
        isOneLineAndTwo(run("tokenizer", "train", corpus.toString(), "--size", "0", "--out", to), "size", "got 0");
        isOneLineAndTwo(run("tokenizer", "train", corpus.toString(), "--size", "99", "--out", to), "256 bytes");
        isOneLineAndTwo(run("tokenizer", "decode", trained("byte-bpe"), "x"), "integer");
        assertThat(run("tokenizer", "train", corpus.toString(), "--scheme", "none", "--out", to))
                .isEqualTo(2);
        assertThat(err.toString()).contains("byte-bpe");
    }

    @ParameterizedTest
    @ValueSource(strings = {"train", "encode", "decode", "count", "show", "convert", "compare"})
    void helpHasAnExample(String command) {
        assertThat(ok("tokenizer", command, "--help")).contains("  jeton tokenizer " + command);
    }
}
