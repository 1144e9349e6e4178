package dev.jeton.cli;

import dev.jeton.data.ImageSource;
import dev.jeton.models.vq.VqVae;
import dev.jeton.models.vq.VqVaeConfig;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code jeton train vqvae}. */
@Command(
        name = "vqvae",
        description = "Train a VQ-VAE: pictures as grids of codes.",
        footer = {
            "",
            "Examples:",
            "  jeton train vqvae --data mosaic --steps 500 --out runs/mosaic",
            "  jeton train vqvae --data photos/ --size 32 --out runs/photos",
            "  jeton train vqvae --config runs/mosaic/config.json --out runs/again"
        })
final class TrainVqVaeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private RunArguments run = new RunArguments();

    @Option(names = "--codes", paramLabel = "N", description = "Entries of the codebook (default: 512).")
    private @Nullable Integer codes;

    @Option(names = "--width", paramLabel = "N", description = "Channels of the convolutions (default: 128).")
    private @Nullable Integer width;

    @Option(
            names = "--downsampling",
            paramLabel = "N",
            description = "Pixels a code stands for, each way (default: 4).")
    private @Nullable Integer downsampling;

    @Override
    public Integer call() {
        Path earlier = run.earlierRun();
        VqVaeConfig before = earlier == null ? null : VqVae.config(earlier);
        ImageSource images = run.images(before == null ? null : before.image());
        VqVaeConfig config = (before == null ? VqVaeConfig.defaults() : before).withImage(images.shape());
        config = codes == null ? config : config.withCodes(codes);
        config = width == null ? config : config.withWidth(width);
        config = downsampling == null ? config : config.withDownsampling(downsampling);
        VqVae.train(images, config, run.options()).close();
        spec.commandLine().getOut().println(run.out());
        return 0;
    }
}
