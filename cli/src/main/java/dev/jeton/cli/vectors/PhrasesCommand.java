package dev.jeton.cli.vectors;

import dev.jeton.vectors.PhraseOptions;
import dev.jeton.vectors.Phrases;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code jeton vectors phrases}. */
@Command(
        name = "phrases",
        description = "Write a text with words that belong together joined: new_york.",
        footer = {
            "",
            "Examples:",
            "  jeton vectors phrases news/ --out joined.txt",
            "  zcat news.gz | jeton vectors phrases - --letters --passes 2 --out joined.txt"
        })
final class PhrasesCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "CORPUS",
            arity = "1..*",
            description = "Files and folders; also .gz, .xz, .zip. - reads standard input.")
    private List<Path> corpus = List.of();

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "The text file to write.")
    private Path out = Path.of("");

    @Option(names = "--letters", description = "Words are runs of letters, in lower case.")
    private boolean letters;

    @Option(
            names = "--min-count",
            paramLabel = "N",
            defaultValue = "5",
            description = "Least count of a pair (default: ${DEFAULT-VALUE}).")
    private int minCount;

    @Option(
            names = "--threshold",
            paramLabel = "SCORE",
            defaultValue = "100",
            description = "Pairs must score more than this (default: ${DEFAULT-VALUE}).")
    private double threshold;

    @Option(
            names = "--passes",
            paramLabel = "N",
            defaultValue = "1",
            description = "Passes; two find phrases of up to four words (default: ${DEFAULT-VALUE}).")
    private int passes;

    @Option(names = "--json", description = "Print one JSON object when done.")
    private boolean json;

    @Override
    public Integer call() {
        int phrases =
                Phrases.join(Answers.corpus(corpus, letters), new PhraseOptions(minCount, threshold, passes), out);
        PrintWriter answer = spec.commandLine().getOut();
        answer.println(
                json
                        ? "{\"out\":" + Answers.quoted(out.toString()) + ",\"phrases\":" + phrases + "}"
                        : out + ": " + phrases + " different phrases");
        return 0;
    }
}
