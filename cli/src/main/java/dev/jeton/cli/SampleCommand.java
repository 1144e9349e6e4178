package dev.jeton.cli;

import dev.jeton.data.Pictures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jeton sample}: new pictures of a VAE. */
@Command(
        name = "sample",
        description = "Draw new pictures from a VAE.",
        footer = {"", "Example:", "  jeton sample runs/glyphs --count 16 --out grid.png"})
final class SampleCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RUN", description = "The run folder.")
    private Path run = Path.of("run");

    @Option(names = "--count", paramLabel = "N", description = "How many (default: ${DEFAULT-VALUE}).")
    private int count = 16;

    @Option(names = "--seed", paramLabel = "N", description = "Where chance starts (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--label",
            paramLabel = "N",
            description = "Of a conditional VAE: which label to draw (default: all in turn).")
    private @Nullable Integer label;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "The PNG file, - for standard output (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("samples.png");

    @Override
    public Integer call() throws IOException {
        if (count < 1) {
            throw new UsageException("--count: must be at least 1, got " + count);
        }
        try (var vae = PictureModel.vae(run, "sample")) {
            if (label != null && vae.config().classes() == 0) {
                throw new UsageException("--label: the model is not conditioned on labels");
            }
            int columns = (int) Math.ceil(Math.sqrt(count));
            int[] labels = new int[label == null ? 0 : count];
            Arrays.fill(labels, label == null ? 0 : label);
            PictureFiles.write(Pictures.grid(vae.sample(count, seed, labels), columns, 3), out);
        }
        return 0;
    }
}
