package dev.jeton.cli.vectors;

import dev.jeton.cli.UsageException;
import dev.jeton.vectors.AnalogyRule;
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

/** {@code jeton vectors analogy}. */
@Command(
        name = "analogy",
        description = "What is to C as B is to A?",
        footer = {
            "",
            "Examples:",
            "  jeton vectors analogy news.vec man king woman",
            "  jeton vectors analogy news.vec - --count 1 --json < threes.txt"
        })
final class AnalogyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", index = "0", description = VectorsCommand.FILE)
    private Path file = Path.of("");

    @Parameters(
            paramLabel = "A B C",
            index = "1..*",
            arity = "1..3",
            description = "A word, what it leads to, another word; - reads three a line from standard input.")
    private List<String> words = List.of();

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "10",
            description = "How many answers (default: ${DEFAULT-VALUE}).")
    private int count;

    @Option(
            names = "--rule",
            paramLabel = "RULE",
            defaultValue = "COS_ADD",
            description = "How answers are scored: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private AnalogyRule rule = AnalogyRule.COS_ADD;

    @Option(names = "--json", description = "Print a line of JSON for each question.")
    private boolean json;

    @Override
    public Integer call() {
        WordVectors vectors = WordVectors.open(file);
        if (words.equals(List.of(Answers.STANDARD))) {
            for (Iterator<String> lines = Answers.lines(); lines.hasNext(); ) {
                answer(vectors, List.of(lines.next().strip().split("\\s+", -1)));
            }
        } else {
            answer(vectors, words);
        }
        return 0;
    }

    private void answer(WordVectors vectors, List<String> asked) {
        if (asked.size() != 3) {
            throw new UsageException("analogy: three words are needed, not '" + String.join(" ", asked) + "'");
        }
        Answers.print(
                spec.commandLine().getOut(),
                asked,
                vectors.analogy(asked.get(0), asked.get(1), asked.get(2), count, rule),
                json);
    }
}
