package dev.jeton.cli.vectors;

import dev.jeton.vectors.AnalogyRule;
import dev.jeton.vectors.AnalogySet;
import dev.jeton.vectors.Corpus;
import dev.jeton.vectors.Neighbour;
import dev.jeton.vectors.PhraseOptions;
import dev.jeton.vectors.Phrases;
import dev.jeton.vectors.SimilaritySet;
import dev.jeton.vectors.WordVectors;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The word-vector commands; training, which has the most options, is a class of its own. */
@Command(
        name = "vectors",
        description = "Word vectors: train, search, evaluate and convert them.",
        subcommands = TrainCommand.class)
public final class VectorsCommand {
    private static final String FILE = "A file of vectors: word2vec text or binary, fastText .bin, .safetensors.";

    @Spec
    private CommandSpec spec;

    @Command(
            name = "nearest",
            description = "The words nearest to a word.",
            footer = "Example: jeton vectors nearest news.vec paris")
    int nearest(
            @Parameters(paramLabel = "FILE", description = FILE) Path file,
            @Parameters(paramLabel = "WORD", description = "The word.") String word,
            @Option(names = "--count", defaultValue = "10", description = "How many: ${DEFAULT-VALUE}.") int count) {
        print(WordVectors.open(file).nearest(word, count));
        return 0;
    }

    @Command(
            name = "analogy",
            description = "What is to C as B is to A?",
            footer = "Example: jeton vectors analogy news.vec man king woman")
    int analogy(
            @Parameters(paramLabel = "FILE", description = FILE) Path file,
            @Parameters(paramLabel = "A", description = "A word") String a,
            @Parameters(paramLabel = "B", description = "and what it leads to;") String b,
            @Parameters(paramLabel = "C", description = "another word.") String c,
            @Option(names = "--count", defaultValue = "10", description = "How many: ${DEFAULT-VALUE}.") int count,
            @Option(names = "--rule", defaultValue = "COS_ADD", description = "${COMPLETION-CANDIDATES}.")
                    AnalogyRule rule) {
        print(WordVectors.open(file).analogy(a, b, c, count, rule));
        return 0;
    }

    private void print(List<Neighbour> neighbours) {
        neighbours.forEach(out()::println);
    }

    @Command(
            name = "eval",
            description = "Analogies and word similarities, with coverage.",
            footer = "Example: jeton vectors eval news.vec questions-words.txt wordsim353.txt")
    int eval(
            @Parameters(paramLabel = "FILE", arity = "1", description = FILE) Path file,
            @Parameters(
                            paramLabel = "SET",
                            arity = "1..*",
                            index = "1..*",
                            description = "Question-words files (': category' first) or files of rated pairs.")
                    List<Path> sets,
            @Option(
                            names = "--among",
                            defaultValue = "30000",
                            description = "Answers come from so many words: ${DEFAULT-VALUE}.")
                    int among)
            throws IOException {
        WordVectors vectors = WordVectors.open(file);
        for (Path set : sets) {
            if (isAnalogySet(set)) {
                AnalogySet.Result result = AnalogySet.read(set).evaluate(vectors, among, AnalogyRule.COS_ADD);
                result.categories().forEach(this::print);
                print(result.total());
            } else {
                SimilaritySet.Result result = SimilaritySet.read(set).evaluate(vectors);
                out().printf(
                                Locale.ROOT,
                                "%-30s Spearman %.3f   %d of %d pairs%n",
                                set.getFileName(),
                                result.spearman(),
                                result.used(),
                                result.total());
            }
        }
        return 0;
    }

    private static boolean isAnalogySet(Path set) throws IOException {
        try (Stream<String> lines = Files.lines(set)) {
            return lines.findFirst().filter(line -> line.startsWith(":")).isPresent();
        }
    }

    private void print(AnalogySet.Score score) {
        out().printf(
                        Locale.ROOT,
                        "%-30s %6.2f %%   %d of %d, %d asked%n",
                        score.category(),
                        100 * score.accuracy(),
                        score.correct(),
                        score.total(),
                        score.asked());
    }

    @Command(
            name = "convert",
            description = "Save a file of vectors in another format, which the new name says.",
            footer = "Example: jeton vectors convert news.vec news.safetensors")
    int convert(
            @Parameters(paramLabel = "FILE", description = FILE) Path file,
            @Parameters(paramLabel = "TO", description = ".vec or .txt, .bin, .safetensors.") Path to) {
        WordVectors vectors = WordVectors.open(file);
        vectors.save(to);
        out().println(to + ": " + vectors.size() + " words of dimension " + vectors.dimension());
        return 0;
    }

    @Command(
            name = "phrases",
            description = "Write a text with words that belong together joined: new_york.",
            footer = "Example: jeton vectors phrases news/ --out joined.txt")
    int phrases(
            @Parameters(paramLabel = "CORPUS", arity = "1..*", description = "Files and folders; also .gz, .xz, .zip.")
                    List<Path> corpus,
            @Option(names = "--out", required = true, description = "The text file to write.") Path out,
            @Option(names = "--letters", description = "Words are runs of letters, in lower case.") boolean letters,
            @Option(names = "--min-count", defaultValue = "5", description = "Least count of a pair: ${DEFAULT-VALUE}.")
                    int minCount,
            @Option(names = "--threshold", defaultValue = "100", description = "Least score: ${DEFAULT-VALUE}.")
                    double threshold,
            @Option(names = "--passes", defaultValue = "1", description = "Two find phrases of four: ${DEFAULT-VALUE}.")
                    int passes) {
        Corpus text = Corpus.of(corpus);
        Phrases.join(letters ? text.letters() : text, new PhraseOptions(minCount, threshold, passes), out);
        return 0;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
