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
import dev.jeton.train.Report;
import dev.jeton.train.RunFolder;
import dev.jeton.train.Start;
import dev.jeton.train.TrainOptions;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
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
    public Integer call() throws IOException {
        if (steps < 1) {
            throw new UsageException("--steps: must be at least 1, got " + steps);
        }
        ImageSource world = Mosaic.images(SIDE, seed);
        Path vqRun = out.resolve("vqvae");
        Path vaeRun = out.resolve("vae");
        Report report = Report.titled("Jeton learns pictures");
        report.section("The world")
                .text("Mosaic is drawn on the spot: shapes of all colours and sizes on textured ground. Two models have"
                        + " seen " + 32 * steps + " of its pictures each; those below are new to them.");
        List<BufferedImage> unseen = IntStream.range(0, SHOWN)
                .mapToObj(i -> Pictures.of(world.pixels(Integer.MAX_VALUE - 1 - i), world.shape()))
                .toList();
        try (VqVae vq = VqVae.train(world, VqVaeConfig.defaults().withWidth(64), options(vqRun))) {
            showCodes(report, vq, unseen, vqRun);
        }
        try (Vae vae = Vae.train(world, VaeConfig.convolutional(), options(vaeRun))) {
            showLatents(report, vae, unseen, vaeRun);
        }
        Path page = out.resolve("report.html");
        report.write(page);
        spec.commandLine().getOut().println("The report is in " + page.toAbsolutePath());
        return 0;
    }

    private TrainOptions options(Path run) {
        return TrainOptions.defaults()
                .withSteps(steps)
                .withBatchSize(32)
                .withSeed(seed)
                .withDataName("mosaic")
                .withRunFolder(run)
                .withStart(force ? new Start.Overwrite() : new Start.Fresh());
    }

    private static void showCodes(Report report, VqVae vq, List<BufferedImage> unseen, Path run) throws IOException {
        Report.Section section = report.section("VQ-VAE: pictures as codes");
        section.picture("Pictures above, the same from 8 × 8 codes below", pairs(unseen, vq.reconstruct(unseen)));
        Codes codes = vq.encode(unseen.getFirst());
        section.picture(
                "The first picture and its code map, a colour for each of the codes",
                PictureFiles.png(PictureFiles.grid(List.of(unseen.getFirst(), codeMap(codes)), 2, 6)));
        section.preformatted(codes.toString());
        curves(section, run, "loss", "perplexity", "used");
    }

    private static void showLatents(Report report, Vae vae, List<BufferedImage> unseen, Path run) throws IOException {
        Report.Section section = report.section("VAE: pictures from noise");
        section.picture(
                "Pictures above, the same from " + vae.config().latents() + " numbers below",
                pairs(unseen, vae.reconstruct(unseen)));
        section.picture("Samples", PictureFiles.png(PictureFiles.grid(vae.sample(16, 1), 8, 3)));
        section.picture(
                "From one picture to another",
                PictureFiles.png(PictureFiles.grid(
                        vae.interpolate(unseen.get(0), unseen.get(1), SHOWN, LatentPath.SPHERICAL), SHOWN, 3)));
        curves(section, run, "loss", "bitsPerDimension");
    }

    private static byte[] pairs(List<BufferedImage> above, List<BufferedImage> below) throws IOException {
        List<BufferedImage> rows = new ArrayList<>(above);
        rows.addAll(below);
        return PictureFiles.png(PictureFiles.grid(rows, above.size(), 3));
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

    private static void curves(Report.Section section, Path run, String... names) {
        var measurements = RunFolder.at(run).measurements();
        for (String name : names) {
            List<Curve.Point> points = measurements.stream()
                    .filter(measurement -> measurement.values().containsKey(name))
                    .map(measurement -> new Curve.Point(
                            measurement.step(), measurement.values().getOrDefault(name, Double.NaN)))
                    .toList();
            section.curves(name + " by step", List.of(new Curve(name, points)));
        }
    }
}
