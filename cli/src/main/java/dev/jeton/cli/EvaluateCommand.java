package dev.jeton.cli;

import dev.jeton.data.ImageSource;
import dev.jeton.data.Split;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code jeton evaluate}: what a model of pictures is worth on a whole data set. */
@Command(
        name = "evaluate",
        description = {
            "Measure a model on a whole data set.",
            "Pictures of another size or colours are brought to the model's."
        },
        footer = {
            "",
            "A VQ-VAE is measured by the mean squared error of its pixels (0 to 1), the",
            "perplexity of its codes and the share of them that is used; a VAE by bits per",
            "dimension, divergence (nats) and error.",
            "",
            "Examples:",
            "  jeton evaluate runs/mosaic --data mosaic --count 1000",
            "  jeton evaluate runs/photos --data photos/ --json"
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

    @Option(
            names = "--split",
            paramLabel = "PART",
            description = "train or test, of data that comes in two parts (default: train).")
    private Split split = Split.TRAIN;

    @Option(names = "--count", paramLabel = "N", description = "Measure the first N pictures only (default: all).")
    private @Nullable Integer count;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        try (var model = PictureModel.open(run)) {
            print(model.evaluate(pictures(PictureFiles.open(data, split, model.image()))));
        }
        return 0;
    }

    private ImageSource pictures(ImageSource all) {
        if (count == null) {
            if (all.size() == ImageSource.ENDLESS) {
                throw new UsageException("--count: " + data + " has no end: say how many pictures");
            }
            return all;
        }
        if (count < 1 || count > all.size()) {
            throw new UsageException("--count: the data has " + all.size() + " pictures, got " + count);
        }
        return all.take(count);
    }

    private void print(Map<String, Number> scores) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JsonMapper.shared().writeValueAsString(scores));
        } else {
            scores.forEach((name, value) -> out.println("%-20s %s".formatted(name.replace('_', ' '), readable(value))));
        }
    }

    private static String readable(Number value) {
        return value instanceof Double fraction ? String.format(Locale.ROOT, "%.6g", fraction) : value.toString();
    }
}
