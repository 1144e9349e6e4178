package dev.jeton.cli.vectors;

import dev.jeton.cli.UsageException;
import dev.jeton.vectors.WordVectors;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code jeton vectors convert}. */
@Command(
        name = "convert",
        description = "Save a file of vectors in another format, which the new name says.",
        footer = {
            "",
            "Examples:",
            "  jeton vectors convert news.vec news.bin",
            "  jeton vectors convert news.bin - | head"
        })
final class ConvertCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", index = "0", description = VectorsCommand.FILE)
    private Path file = Path.of("");

    @Parameters(
            paramLabel = "TO",
            index = "1",
            description = ".vec or .txt, .bin, .safetensors; - writes text to standard output.")
    private Path to = Path.of("");

    @Option(names = "--json", description = "Print one JSON object when done; not with - for TO.")
    private boolean json;

    @Override
    public Integer call() {
        boolean standard = to.toString().equals(Answers.STANDARD);
        if (standard && json) {
            throw new UsageException("--json: standard output is the text of the vectors already");
        }
        WordVectors vectors = WordVectors.open(file);
        PrintWriter out = spec.commandLine().getOut();
        if (standard) {
            print(vectors, out);
        } else {
            vectors.save(to);
            out.println(
                    json
                            ? "{\"out\":" + Answers.quoted(to.toString()) + ",\"words\":" + vectors.size()
                                    + ",\"dimension\":" + vectors.dimension() + "}"
                            : to + ": " + vectors.size() + " words of dimension " + vectors.dimension());
        }
        return 0;
    }

    private static void print(WordVectors vectors, PrintWriter out) {
        out.println(vectors.size() + " " + vectors.dimension());
        for (int i = 0; i < vectors.size() && !out.checkError(); i++) {
            StringBuilder line = new StringBuilder(vectors.word(i));
            for (float value : vectors.vector(vectors.word(i))) {
                line.append(' ').append(value);
            }
            out.println(line);
        }
    }
}
