package dev.jeton.cli;

import dev.jeton.data.ImageSource;
import dev.jeton.data.Mosaic;
import dev.jeton.data.Pictures;
import dev.jeton.models.vae.LatentPath;
import dev.jeton.models.vae.Vae;
import dev.jeton.models.vae.VaeConfig;
import dev.jeton.models.vq.Codes;
import dev.jeton.models.vq.VqVae;
import dev.jeton.models.vq.VqVaeConfig;
import dev.jeton.train.Curve;
import dev.jeton.train.Measurement;
import dev.jeton.train.Report;
import dev.jeton.train.RunFolder;
import dev.jeton.train.Start;
import dev.jeton.train.TrainOptions;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code jeton demo}: two models learn pictures while you wait, and a report shows what they learnt. */
@Command(
        name = "demo",
        description = "Train a VQ-VAE and a VAE on drawn pictures in minutes and write a report.",
        footer = {"", "Example:", "  jeton demo --out runs/demo"})
final class DemoCommand implements Callable<Integer> {
    private static final int SIDE = 32;
    private static final int SHOWN = 8;
    private static final int BATCH = 32;

    @Spec
    private CommandSpec spec;

    @Option(names = "--out", paramLabel = "FOLDER", description = "Where to write (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("runs/demo");

    @Option(names = "--steps", paramLabel = "N", description = "Updates of each model (default: ${DEFAULT-VALUE}).")
    private int steps = 1000;

    @Option(names = "--seed", paramLabel = "N", description = "Where random choices start (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--force", description = "Replace an earlier demo.")
    private boolean force;

    @Override
    public Integer call() {
        if (steps < 1) {
            throw new UsageException("--steps: must be at least 1, got " + steps);
        }
        ImageSource world = Mosaic.images(SIDE, seed);
        Path vqRun = out.resolve("vqvae");
        Path vaeRun = out.resolve("vae");
        Report report = Report.titled("Jeton learns pictures");
        report.section("The world")
                .text("Mosaic is drawn on the spot: shapes of all colours and sizes on textured ground. "
                        + "%,d pictures of it went through each of two models; those below are new to them."
                                .formatted(BATCH * steps));
        List<BufferedImage> unseen = IntStream.range(0, SHOWN)
                .mapToObj(i -> Pictures.of(world.pixels(Integer.MAX_VALUE - 1 - i), world.shape()))
                .toList();
        try (VqVae vq = VqVae.train(world, VqVaeConfig.defaults().withWidth(64), options(vqRun))) {
            showCodes(report, vq, unseen, vqRun);
        }
        try (Vae vae = Vae.train(world, VaeConfig.convolutional(), options(vaeRun))) {
            showLatents(report, vae, unseen, vaeRun);
        }
        report.section("Go on")
                .text("Both runs lie beside this page, each with a report of its own.")
                .preformatted(String.join(
                        "\n",
                        "jeton sample " + vaeRun + " --count 16 --seed 7 --out more.png",
                        "jeton encode " + vqRun + " picture.png --out picture.npy",
                        "jeton train vqvae --resume --steps " + 3 * steps + " --out " + vqRun,
                        "jeton train vqvae --data FOLDER --size 32 --out runs/mine"));
        Path page = out.resolve("report.html");
        report.write(page);
        spec.commandLine().getOut().println("The report is in " + page.toAbsolutePath());
        return 0;
    }

    private TrainOptions options(Path run) {
        return TrainOptions.defaults()
                .withSteps(steps)
                .withBatchSize(BATCH)
                .withSeed(seed)
                .withDataName("mosaic")
                .withRunFolder(run)
                .withStart(force ? new Start.Overwrite() : new Start.Fresh());
    }

    private static void showCodes(Report report, VqVae vq, List<BufferedImage> unseen, Path run) {
        Report.Section section = report.section("VQ-VAE: pictures as codes");
        BufferedImage first = unseen.getFirst();
        Codes codes = vq.encode(first);
        String grid = codes.height() + " × " + codes.width();
        section.text("Each picture becomes " + grid
                + " numbers from a codebook of 512, and is drawn again from them alone.");
        section.picture("Originals above, the same from their codes below", pairs(unseen, vq.reconstruct(unseen)));
        section.picture(
                "The first picture, its " + grid + " codes as a map with a colour for each, and what they are drawn as",
                Pictures.png(Pictures.grid(List.of(first, codeMap(codes), vq.decode(codes)), 3, 6)));
        section.preformatted(codes.toString());
        List<Measurement> measured = RunFolder.at(run).measurements();
        curve(section, measured, "loss", "Loss by step");
        curve(section, measured, "error", "Mean squared error of pixels by step");
        curve(section, measured, "perplexity", "Perplexity of the codes by step");
        curve(section, measured, "used", "Share of the codes that a batch uses, by step");
    }

    private static void showLatents(Report report, Vae vae, List<BufferedImage> unseen, Path run) {
        Report.Section section = report.section("VAE: pictures from noise");
        section.text("Each picture becomes " + vae.config().latents()
                + " numbers whose distribution is known: what is drawn from it is decoded to new pictures.");
        section.picture("Originals above, the same from their numbers below", pairs(unseen, vae.reconstruct(unseen)));
        section.picture("Samples: decoded from noise", Pictures.png(Pictures.grid(vae.sample(2 * SHOWN, 1), SHOWN, 3)));
        section.picture(
                "The way from the first picture to the second",
                Pictures.png(Pictures.grid(
                        vae.interpolate(unseen.get(0), unseen.get(1), SHOWN, LatentPath.SPHERICAL), SHOWN, 3)));
        List<Measurement> measured = RunFolder.at(run).measurements();
        curve(section, measured, "bitsPerDimension", "Bits for each number of a picture, by step");
        curve(section, measured, "divergence", "Divergence of the latents from the prior, in nats a picture, by step");
    }

    private static byte[] pairs(List<BufferedImage> above, List<BufferedImage> below) {
        List<BufferedImage> rows = new ArrayList<>(above);
        rows.addAll(below);
        return Pictures.png(Pictures.grid(rows, above.size(), 3));
    }

    /** Paints each code's place in a colour of its own, as large as the picture. */
    private static BufferedImage codeMap(Codes codes) {
        var map = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                int code = codes.at(y * codes.height() / SIDE, x * codes.width() / SIDE);
                float hue = code * 0.618_034f; // the golden ratio sets neighbours' hues far apart
                map.setRGB(x, y, Color.HSBtoRGB(hue, 0.45f + code % 3 * 0.2f, 0.95f - code % 5 * 0.1f));
            }
        }
        return map;
    }

    private static void curve(Report.Section section, List<Measurement> measured, String name, String caption) {
        List<Curve.Point> points = measured.stream()
                .filter(measurement -> measurement.values().containsKey(name))
                .map(measurement ->
                        new Curve.Point(measurement.step(), measurement.values().getOrDefault(name, Double.NaN)))
                .toList();
        section.curves(caption, List.of(new Curve("train", points)));
    }
}
