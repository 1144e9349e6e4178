package dev.jeton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.text.BpeTrainer;
import dev.jeton.text.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command line that help, README and the guides show is run as it stands, but for the sizes of trainings. */
class ExamplesTest {
    @TempDir
    Path folder;

    /** What the examples speak of: photos, a picture of a cat, texts. */
    @BeforeEach
    void prepare() throws IOException {
        new PhotoFolder(folder.resolve("photos")).fill(8, 40);
        Files.copy(folder.resolve("photos/town/0.png"), folder.resolve("cat.png"));
        for (String name : List.of("news", "corpus")) {
            Path text = Files.createDirectories(folder.resolve(name)).resolve("text.txt");
            Files.writeString(
                    text, "the king and the queen of paris met a man and a woman in new york .\n".repeat(200));
        }
        Files.writeString(folder.resolve("words.txt"), "paris\nking\n");
        Files.writeString(folder.resolve("threes.txt"), "man king woman\n");
        prepareTokens();
        Files.writeString(folder.resolve("questions-words.txt"), ": family\nman king woman queen\n");
        Files.writeString(folder.resolve("wordsim353.txt"), "king\tqueen\t8.5\nman\twoman\t8.3\nparis\tyork\t5.0\n");
    }

    /** Texts to cut, and tokenizers under the names of known ones. */
    private void prepareTokens() throws IOException {
        String text = "How is this cut? The king and the queen of paris met in new york.\n".repeat(20);
        Files.createDirectory(folder.resolve("docs"));
        for (String name : List.of("news.txt", "story.txt", "prompt.txt", "README.md", "docs/guide.md")) {
            Files.writeString(folder.resolve(name), text);
        }
        for (String name : List.of("a.jsonl", "texts.jsonl")) {
            Files.writeString(folder.resolve(name), "{\"text\": \"the king\"}\n{\"text\": \"the queen\"}\n");
        }
        Tokenizer trained = BpeTrainer.byteLevel(300).train(List.of(folder.resolve("corpus")));
        for (String name : List.of("gpt2", "gpt2.tiktoken", "cl100k_base.tiktoken")) {
            trained.save(folder.resolve(name)); // folders, since a file of ranks is known by having 100,256 of them
        }
    }

    @Test
    void thoseOfHelpRun() {
        List<String> examples = Examples.ofHelp();
        assertThat(examples).hasSizeGreaterThan(40);
        runAll(examples);
    }

    @Test
    void theLauncherKnowsWhatItDoesItself() throws IOException {
        String launcher = Files.readString(Path.of("../jeton"));
        assertThat(Examples.LAUNCHERS_OWN)
                .allSatisfy(own -> assertThat(launcher).contains("\n" + own + ")\n"));
    }

    @ParameterizedTest
    @MethodSource("dev.jeton.cli.Examples#markdownWithLines")
    void thoseOfAPageRun(Path page) throws IOException {
        runAll(Examples.ofMarkdown(page));
    }

    /** Trainings come first: the other examples work with what they leave. */
    private void runAll(List<String> examples) {
        Shell shell = new Shell(folder);
        examples.stream()
                .sorted(Comparator.comparing(ExamplesTest::rank))
                .map(ExamplesTest::quickened)
                .forEach(example -> assertThat(shell.run(example))
                        .as(example)
                        .returns(0, Shell.Outcome::code)
                        .returns(List.of(), outcome -> mistakes(outcome)));
    }

    private static List<String> mistakes(Shell.Outcome outcome) {
        return outcome.complaints().stream()
                .filter(line -> line.startsWith("jeton:"))
                .toList();
    }

    private static int rank(String example) {
        return !example.contains(" train ") ? 2 : repeats(example) ? 1 : 0;
    }

    /** Whether a training takes its sizes from an earlier one. */
    private static boolean repeats(String example) {
        return example.contains("--config") || example.contains("--resume");
    }

    /** The same with few steps and small models, so that all of them take seconds. */
    private static String quickened(String example) {
        String line = example.replaceFirst("\\s+#.*", "");
        boolean trains = line.matches("(\\./)?jeton train (vae|vqvae) .*") && !repeats(line);
        boolean demo = line.matches("(\\./)?jeton demo.*");
        boolean learnsTokens = line.matches("(\\./)?jeton tokenizer train .*");
        line = line.replaceAll(" --(steps|width|batch-size" + (learnsTokens ? "|size" : "") + ") \\d+", "");
        return line
                + (learnsTokens ? " --size " + (line.contains(" unigram ") ? 40 : 300) : "")
                + (trains || demo ? " --steps 2" : "")
                + (demo && !line.contains(" --out ")
                        ? " --out runs/demo"
                        : "") // the default lies where Java was started
                + (trains ? " --batch-size 4" : "")
                + (trains && line.contains(" vqvae ") ? " --width 8" : "");
    }
}
