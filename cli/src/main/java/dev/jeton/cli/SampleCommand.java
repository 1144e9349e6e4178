package dev.jeton.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
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
            int columns = (int) Math.ceil(Math.sqrt(count));
            PictureFiles.write(PictureFiles.grid(vae.sample(count, seed), columns, 3), out);
        }
        return 0;
    }
}
