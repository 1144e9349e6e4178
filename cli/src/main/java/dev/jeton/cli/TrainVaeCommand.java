package dev.jeton.cli;

import dev.jeton.data.ImageSource;
import dev.jeton.models.vae.Vae;
import dev.jeton.models.vae.VaeConfig;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code jeton train vae}. */
@Command(
        name = "vae",
        description = "Train a VAE: pictures from a few numbers, and new ones from noise.",
        footer = {
            "",
            "Examples:",
            "  jeton train vae --data glyphs --steps 500 --out runs/glyphs",
            "  jeton train vae --data mosaic --latents 64 --beta 2 --out runs/mosaic-vae"
        })
final class TrainVaeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private RunArguments run = new RunArguments();

    @Option(names = "--latents", paramLabel = "N", description = "Numbers a picture becomes (default: 32; colour 64).")
    private @Nullable Integer latents;

    @Option(names = "--beta", paramLabel = "X", description = "Weight of the divergence from the prior (default: 1).")
    private @Nullable Double beta;

    @Option(
            names = "--free-bits",
            paramLabel = "NATS",
            description = "Divergence a latent has for nothing (default: 0).")
    private @Nullable Double freeBits;

    @Option(names = "--warm-up", paramLabel = "STEPS", description = "Steps over which the divergence's weight grows.")
    private @Nullable Long warmUp;

    @Option(names = "--conditional", description = "Condition the model on the data's labels.")
    private boolean conditional;

    @Override
    public Integer call() {
        Path earlier = run.earlierRun();
        VaeConfig before = earlier == null ? null : Vae.config(earlier);
        ImageSource images = run.images(before == null ? null : before.image());
        VaeConfig config = before == null ? usual(images) : before.withImage(images.shape());
        config = latents == null ? config : config.withLatents(latents);
        config = beta == null ? config : config.withObjective(config.objective().withBeta(beta));
        config = freeBits == null
                ? config
                : config.withObjective(config.objective().withFreeBits(freeBits));
        config = warmUp == null
                ? config
                : config.withObjective(config.objective().withWarmUp(warmUp));
        config = conditional ? config.withClasses(classes(images)) : config;
        Vae.train(images, config, run.options()).close();
        spec.commandLine().getOut().println(run.out());
        return 0;
    }

    /** Grey pictures suit the fully connected networks, colour ones the convolutions. */
    private static VaeConfig usual(ImageSource images) {
        return (images.shape().channels() == 1 ? VaeConfig.mlp() : VaeConfig.convolutional()).withImage(images.shape());
    }

    private static int classes(ImageSource images) {
        if (!images.labelled()) {
            throw new UsageException("--conditional: the data has no labels: put images into sub-folders, one a label");
        }
        return images.labelNames().size();
    }
}
