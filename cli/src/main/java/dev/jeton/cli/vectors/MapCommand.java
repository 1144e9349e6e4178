package dev.jeton.cli.vectors;

import dev.jeton.cli.UsageException;
import dev.jeton.vectors.Projection;
import dev.jeton.vectors.WordMap;
import dev.jeton.vectors.WordVectors;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code jeton vectors map}. */
@Command(
        name = "map",
        description = "Draw words: a page to look around in, or a picture.",
        footer = {
            "",
            "Examples:",
            "  jeton vectors map news.vec --out map.html",
            "  jeton vectors map news.vec --out map.png --method tsne --words 500"
        })
final class MapCommand implements Callable<Integer> {
    private enum Method {
        PCA,
        TSNE,
        UMAP
    }

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = VectorsCommand.FILE)
    private Path file = Path.of("");

    @Option(
            names = "--out",
            paramLabel = "FILE",
            required = true,
            description = ".html, a page that needs nothing else, or .png.")
    private Path out = Path.of("");

    @Option(
            names = "--method",
            paramLabel = "METHOD",
            defaultValue = "umap",
            description = "pca, tsne or umap (default: ${DEFAULT-VALUE}).")
    private Method method = Method.UMAP;

    @Option(
            names = "--words",
            paramLabel = "N",
            defaultValue = "2000",
            description = "The first so many words (default: ${DEFAULT-VALUE}).")
    private int words;

    @Option(
            names = "--perplexity",
            paramLabel = "P",
            defaultValue = "30",
            description = "Neighbours that t-SNE keeps (default: ${DEFAULT-VALUE}).")
    private double perplexity;

    @Option(
            names = "--neighbours",
            paramLabel = "N",
            defaultValue = "15",
            description = "Neighbours that UMAP keeps (default: ${DEFAULT-VALUE}).")
    private int neighbours;

    @Option(
            names = "--pixels",
            paramLabel = "N",
            defaultValue = "1600",
            description = "Width of a picture (default: ${DEFAULT-VALUE}).")
    private int pixels;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Equal seeds give equal maps (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--json", description = "Print one JSON object when done.")
    private boolean json;

    @Override
    public Integer call() {
        String name = out.getFileName().toString().toLowerCase(Locale.ROOT);
        boolean page = name.endsWith(".html");
        if (!page && !name.endsWith(".png")) {
            throw new UsageException(
                    "--out: the name of " + out + " does not say what to draw: end it in .html or .png");
        }
        Projection projection = switch (method) {
            case PCA -> new Projection.PrincipalComponents();
            case TSNE -> new Projection.TSne(perplexity);
            case UMAP -> new Projection.Umap(neighbours);
        };
        WordMap map = WordMap.of(WordVectors.open(file), words, projection, seed);
        if (page) {
            map.saveHtml(out);
        } else {
            map.savePng(out, pixels);
        }
        spec.commandLine()
                .getOut()
                .println(
                        json
                                ? "{\"out\":" + Answers.quoted(out.toString()) + ",\"words\":" + map.size() + "}"
                                : out + ": " + map.size() + " words");
        return 0;
    }
}
