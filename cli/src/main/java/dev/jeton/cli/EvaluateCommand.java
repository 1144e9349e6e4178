package dev.jeton.cli;

import dev.jeton.data.ImageOptions;
import dev.jeton.data.ImageSource;
import dev.jeton.data.Images;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code jeton evaluate}: what a model of pictures is worth on a whole data set. */
@Command(
        name = "evaluate",
        description = "Measure a model on a whole data set.",
        footer = {
            "",
            "A VQ-VAE is measured by the mean squared error of its pixels (0 to 1), the perplexity of its codes and the",
            "share of them that is used; a VAE by bits per dimension, divergence (nats) and error.",
            "",
            "Examples:",
            "  jeton evaluate runs/mosaic --data mosaic",
            "  jeton evaluate runs/digits --data mnist/t10k-images-idx3-ubyte.gz --json"
        })
final class EvaluateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "RUN", description = "The run folder.")
    private Path run = Path.of("run");

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DATA",
            description = "A folder, zip or tar of images, an IDX file, a CIFAR-10 folder, or mosaic or glyphs.")
    private String data = "";

    @Option(names = "--size", paramLabel = "N", description = "Resize images to squares of this side.")
    private @Nullable Integer size;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        ImageOptions options = ImageOptions.defaults();
        ImageSource images = Images.open(data, size == null ? options : options.withSize(size));
        try (var model = PictureModel.open(run)) {
            print(model.evaluate(images));
        }
        return 0;
    }

    private void print(Map<String, Number> scores) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(scores.entrySet().stream()
                    .map(score -> "\"" + score.getKey() + "\":" + score.getValue())
                    .collect(Collectors.joining(",", "{", "}")));
        } else {
            scores.forEach(
                    (name, value) -> out.printf(Locale.ROOT, "%-20s %s%n", name.replace('_', ' '), readable(value)));
        }
    }

    private static String readable(Number value) {
        return value instanceof Double fraction ? String.format(Locale.ROOT, "%.6g", fraction) : value.toString();
    }
}
