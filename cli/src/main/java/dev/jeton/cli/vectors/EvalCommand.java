package dev.jeton.cli.vectors;

import dev.jeton.vectors.AnalogyRule;
import dev.jeton.vectors.AnalogySet;
import dev.jeton.vectors.SimilaritySet;
import dev.jeton.vectors.WordVectors;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code jeton vectors eval}. */
@Command(
        name = "eval",
        description = "Analogies and word similarities, with coverage.",
        footer = {
            "",
            "Examples:",
            "  jeton vectors eval news.vec questions-words.txt wordsim353.txt",
            "  jeton vectors eval news.vec questions-words.txt --json"
        })
final class EvalCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", index = "0", arity = "1", description = VectorsCommand.FILE)
    private Path file = Path.of("");

    @Parameters(
            paramLabel = "SET",
            index = "1..*",
            arity = "1..*",
            description = "Question-words files (': category' first) or files of rated pairs.")
    private List<Path> sets = List.of();

    @Option(
            names = "--among",
            paramLabel = "N",
            defaultValue = "30000",
            description = "Answers to analogies come from the first so many words (default: ${DEFAULT-VALUE}).")
    private int among;

    @Option(names = "--json", description = "Print a line of JSON for each category and each set.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        WordVectors vectors = WordVectors.open(file);
        for (Path set : sets) {
            String name = set.getFileName().toString();
            if (isAnalogySet(set)) {
                AnalogySet.Result result = AnalogySet.read(set).evaluate(vectors, among, AnalogyRule.COS_ADD);
                result.categories().forEach(score -> print(name, score));
                print(name, result.total());
            } else {
                print(name, SimilaritySet.read(set).evaluate(vectors));
            }
        }
        return 0;
    }

    private static boolean isAnalogySet(Path set) throws IOException {
        try (Stream<String> lines = Files.lines(set)) {
            return lines.findFirst().filter(line -> line.startsWith(":")).isPresent();
        }
    }

    private void print(String set, AnalogySet.Score score) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.printf(
                    Locale.ROOT,
                    "{\"set\":%s,\"category\":%s,\"accuracy\":%.6f,\"correct\":%d,\"asked\":%d,\"total\":%d}%n",
                    Answers.quoted(set),
                    Answers.quoted(score.category()),
                    score.accuracy(),
                    score.correct(),
                    score.asked(),
                    score.total());
        } else {
            out.printf(
                    Locale.ROOT,
                    "%-30s %6.2f %%   %d of %d, %d asked%n",
                    score.category(),
                    100 * score.accuracy(),
                    score.correct(),
                    score.total(),
                    score.asked());
        }
    }

    private void print(String set, SimilaritySet.Result result) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.printf(
                    Locale.ROOT,
                    "{\"set\":%s,\"spearman\":%.6f,\"used\":%d,\"total\":%d}%n",
                    Answers.quoted(set),
                    result.spearman(),
                    result.used(),
                    result.total());
        } else {
            out.printf(
                    Locale.ROOT,
                    "%-30s Spearman %.3f   %d of %d pairs%n",
                    set,
                    result.spearman(),
                    result.used(),
                    result.total());
        }
    }
}
