package dev.jeton.cli;

import dev.jeton.data.ImageSource;
import dev.jeton.data.Pictures;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jeton reconstruct}: pictures above what a model makes of them. */
@Command(
        name = "reconstruct",
        description = "Set pictures above what a model makes of them.",
        footer = {"", "Example:", "  jeton reconstruct runs/mosaic --count 8 --out pairs.png"})
final class ReconstructCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RUN", description = "The run folder.")
    private Path run = Path.of("run");

    @Option(names = "--data", paramLabel = "DATA", description = "Which pictures (default: those of the training).")
    private @Nullable String data;

    @Option(names = "--count", paramLabel = "N", description = "How many (default: ${DEFAULT-VALUE}).")
    private int count = 8;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "The PNG file, - for standard output (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("pairs.png");

    @Override
    public Integer call() throws IOException {
        if (count < 1) {
            throw new UsageException("--count: must be at least 1, got " + count);
        }
        try (var model = PictureModel.open(run)) {
            ImageSource images = PictureFiles.shown(run, data, model.image());
            int[] numbers = IntStream.range(0, count).toArray();
            List<BufferedImage> rows = new ArrayList<>(PictureFiles.take(images, numbers));
            rows.addAll(model.reconstruct(images, numbers));
            PictureFiles.write(Pictures.grid(rows, count, 3), out);
        }
        return 0;
    }
}
