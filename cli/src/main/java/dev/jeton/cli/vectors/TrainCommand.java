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
            "  zcat news.gz | jeton vectors train - --architecture cbow --out news.safetensors --json"
        })
final class TrainCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "CORPUS",
            arity = "1..*",
            description = "Files and folders; also .gz, .xz, .zip. - reads standard input.")
    private List<Path> corpus = List.of();

    @Option(names = "--out", required = true, description = ".vec or .txt text, .bin binary, .safetensors.")
    private Path out = Path.of("");

    @Option(names = "--letters", description = "Words are runs of letters, in lower case.")
    private boolean letters;

    @Option(names = "--architecture", defaultValue = "skip-gram", description = "skip-gram or cbow: ${DEFAULT-VALUE}.")
    private String architecture = "";

    @Option(names = "--loss", defaultValue = "negative", description = "negative or hierarchical: ${DEFAULT-VALUE}.")
    private String loss = "";

    @Option(names = "--dimension", defaultValue = "100", description = "Numbers in a vector: ${DEFAULT-VALUE}.")
    private int dimension;

    @Option(names = "--window", defaultValue = "5", description = "Words near, to each side: ${DEFAULT-VALUE}.")
    private int window;

    @Option(names = "--negatives", defaultValue = "5", description = "Negative words: ${DEFAULT-VALUE}.")
    private int negatives;

    @Option(names = "--sample", defaultValue = "1e-4", description = "Thins out frequent words: ${DEFAULT-VALUE}.")
    private double sample;

    @Option(names = "--min-count", defaultValue = "5", description = "Rarer words are left out: ${DEFAULT-VALUE}.")
    private int minCount;

    @Option(names = "--epochs", defaultValue = "5", description = "Passes over the text: ${DEFAULT-VALUE}.")
    private int epochs;

    @Option(names = "--alpha", description = "Learning rate: 0.025, for cbow 0.05.")
    private @Nullable Double alpha;

    @Option(names = "--threads", description = "Workers: all cores. One gives equal bits for equal seeds.")
    private @Nullable Integer threads;

    @Option(names = "--seed", defaultValue = "1", description = "Of everything random: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--subwords", paramLabel = "MIN-MAX", description = "Character n-grams, such as 3-6.")
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
