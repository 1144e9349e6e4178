package dev.jeton.cli.vectors;

import dev.jeton.vectors.Objective;
import dev.jeton.vectors.Subwords;
import dev.jeton.vectors.TrainingProgress;
import dev.jeton.vectors.Word2Vec;
import dev.jeton.vectors.Word2VecOptions;
import dev.jeton.vectors.WordVectors;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code jeton vectors train}. */
@Command(
        name = "train",
        description = "Learn a vector for each word of a text.",
        footer = {
            "",
            "Examples:",
            "  jeton vectors train news/ --letters --out news.vec",
            "  zcat news.gz | jeton vectors train - --architecture cbow --out cbow.vec --json"
        })
final class TrainCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "CORPUS",
            arity = "1..*",
            description = "Files and folders; also .gz, .xz, .zip. - reads standard input.")
    private List<Path> corpus = List.of();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            required = true,
            description = ".vec or .txt text, .bin binary, .safetensors.")
    private Path out = Path.of("");

    @Option(names = "--letters", description = "Words are runs of letters, in lower case.")
    private boolean letters;

    @Option(
            names = "--architecture",
            paramLabel = "NAME",
            defaultValue = "skip-gram",
            description = "skip-gram or cbow (default: ${DEFAULT-VALUE}).")
    private String architecture = "";

    @Option(
            names = "--loss",
            paramLabel = "NAME",
            defaultValue = "negative",
            description = "negative or hierarchical (default: ${DEFAULT-VALUE}).")
    private String loss = "";

    @Option(
            names = "--dimension",
            paramLabel = "N",
            defaultValue = "100",
            description = "Numbers in a vector (default: ${DEFAULT-VALUE}).")
    private int dimension;

    @Option(
            names = "--window",
            paramLabel = "N",
            defaultValue = "5",
            description = "Words to each side that count as near, at most (default: ${DEFAULT-VALUE}).")
    private int window;

    @Option(
            names = "--negatives",
            paramLabel = "N",
            defaultValue = "5",
            description = "Random words that each near one is told from (default: ${DEFAULT-VALUE}).")
    private int negatives;

    @Option(
            names = "--sample",
            paramLabel = "SHARE",
            defaultValue = "1e-4",
            description =
                    "Words with more than this share of the text are thinned out; 0 for none (default: ${DEFAULT-VALUE}).")
    private double sample;

    @Option(
            names = "--min-count",
            paramLabel = "N",
            defaultValue = "5",
            description = "Words met more rarely are left out (default: ${DEFAULT-VALUE}).")
    private int minCount;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            defaultValue = "5",
            description = "Passes over the text (default: ${DEFAULT-VALUE}).")
    private int epochs;

    @Option(
            names = "--alpha",
            paramLabel = "RATE",
            description = "Learning rate at the start (default: 0.025, for cbow 0.05).")
    private @Nullable Double alpha;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Workers (default: all cores). One gives equal bits for equal seeds.")
    private @Nullable Integer threads;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of all that is random (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--subwords",
            paramLabel = "MIN-MAX",
            description =
                    "Add vectors of character n-grams of these lengths, such as 3-6, so that unseen words have one too.")
    private @Nullable String subwords;

    @Option(names = "--json", description = "Print one JSON object when done.")
    private boolean json;

    @Override
    public Integer call() {
        WordVectors.requireFormat(out);
        ProgressLine line = new ProgressLine(spec.commandLine().getErr());
        WordVectors vectors = Word2Vec.train(Answers.corpus(corpus, letters), options(), line::show);
        line.end();
        vectors.save(out);
        PrintWriter answer = spec.commandLine().getOut();
        if (json) {
            TrainingProgress last = line.last();
            answer.printf(
                    Locale.ROOT,
                    "{\"out\":%s,\"words\":%d,\"dimension\":%d,\"seconds\":%.3f,\"words_per_second\":%.0f,\"losses\":%s}%n",
                    Answers.quoted(out.toString()),
                    vectors.size(),
                    vectors.dimension(),
                    last.elapsed().toMillis() / 1000.0,
                    last.wordsPerSecond(),
                    last.epochLosses());
        } else {
            answer.println(out + ": " + vectors.size() + " words of dimension " + vectors.dimension());
        }
        return 0;
    }

    private Word2VecOptions options() {
        Word2VecOptions options = switch (architecture) {
            case "skip-gram" -> Word2VecOptions.skipGram();
            case "cbow" -> Word2VecOptions.cbow();
            default -> throw mistake("--architecture is skip-gram or cbow, not " + architecture);
        };
        Objective objective = switch (loss) {
            case "negative" -> new Objective.NegativeSampling(negatives);
            case "hierarchical" -> new Objective.HierarchicalSoftmax();
            default -> throw mistake("--loss is negative or hierarchical, not " + loss);
        };
        return options.withObjective(objective)
                .withDimension(dimension)
                .withWindow(window)
                .withSample(sample)
                .withMinCount(minCount)
                .withEpochs(epochs)
                .withLearningRate(alpha == null ? options.learningRate() : alpha)
                .withThreads(threads == null ? options.threads() : threads)
                .withSeed(seed)
                .withSubwords(subwords == null ? null : lengths(subwords));
    }

    private Subwords lengths(String range) {
        if (!range.matches("\\d{1,3}-\\d{1,3}")) {
            throw mistake("--subwords is two lengths such as 3-6, not " + range);
        }
        int dash = range.indexOf('-');
        return Subwords.of(Integer.parseInt(range.substring(0, dash)), Integer.parseInt(range.substring(dash + 1)));
    }

    private ParameterException mistake(String rule) {
        return new ParameterException(spec.commandLine(), rule);
    }
}
