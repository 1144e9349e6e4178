package dev.jeton.cli.vectors;

import dev.jeton.vectors.WordVectors;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code jeton vectors nearest}. */
@Command(
        name = "nearest",
        description = "The words nearest to a word.",
        footer = {
            "",
            "Examples:",
            "  jeton vectors nearest news.vec paris",
            "  jeton vectors nearest news.vec - --json < words.txt"
        })
final class NearestCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", index = "0", description = VectorsCommand.FILE)
    private Path file = Path.of("");

    @Parameters(paramLabel = "WORD", index = "1", description = "The word; - reads one a line from standard input.")
    private String word = "";

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "10",
            description = "How many (default: ${DEFAULT-VALUE}).")
    private int count;

    @Option(names = "--json", description = "Print a line of JSON for each word asked for.")
    private boolean json;

    @Override
    public Integer call() {
        WordVectors vectors = WordVectors.open(file);
        Iterator<String> words =
                word.equals(Answers.STANDARD) ? Answers.lines() : List.of(word).iterator();
        while (words.hasNext()) {
            String asked = words.next().strip();
            Answers.print(spec.commandLine().getOut(), List.of(asked), vectors.nearest(asked, count), json);
        }
        return 0;
    }
}
