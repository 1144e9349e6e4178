package dev.jeton.cli;

import dev.jeton.data.ImageSource;
import dev.jeton.data.Pictures;
import dev.jeton.models.vae.LatentPath;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jeton interpolate}: the way from one picture to another. */
@Command(
        name = "interpolate",
        description = {
            "Draw the way from one picture to another through a VAE's latents.",
            "A VAE that is conditioned on labels draws all of it with that of the first picture."
        },
        footer = {"", "Example:", "  jeton interpolate runs/glyphs --from 0 --to 5 --out strip.png"})
final class InterpolateCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RUN", description = "The run folder.")
    private Path run = Path.of("run");

    @Option(names = "--data", paramLabel = "DATA", description = "Which pictures (default: those of the training).")
    private @Nullable String data;

    @Option(
            names = "--from",
            paramLabel = "I",
            description = "Number of the first picture (default: ${DEFAULT-VALUE}).")
    private int from;

    @Option(names = "--to", paramLabel = "I", description = "Number of the last picture (default: ${DEFAULT-VALUE}).")
    private int to = 1;

    @Option(names = "--count", paramLabel = "N", description = "How many, both included (default: ${DEFAULT-VALUE}).")
    private int count = 9;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "The PNG file, - for standard output (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("strip.png");

    @Override
    public Integer call() throws IOException {
        try (var vae = PictureModel.vae(run, "interpolate")) {
            ImageSource images = PictureFiles.shown(run, data, vae.config().image());
            List<BufferedImage> ends = PictureFiles.take(images, from, to);
            List<BufferedImage> strip = vae.interpolate(
                    ends.getFirst(),
                    ends.getLast(),
                    count,
                    LatentPath.SPHERICAL,
                    PictureModel.labels(vae, images, from));
            PictureFiles.write(Pictures.grid(strip, count, 3), out);
        }
        return 0;
    }
}
