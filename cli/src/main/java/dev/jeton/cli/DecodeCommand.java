package dev.jeton.cli;

import dev.jeton.models.vq.Codes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jeton decode}: codes as a picture. */
@Command(
        name = "decode",
        description = "Turn a VQ-VAE's codes into a picture.",
        footer = {"", "Example:", "  jeton decode runs/photos cat.npy --out again.png"})
final class DecodeCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "RUN", description = "The run folder.")
    private Path run = Path.of("run");

    @Parameters(index = "1", paramLabel = "CODES", description = "The codes' NumPy file, - for standard input.")
    private Path codes = Path.of("-");

    @Option(names = "--out", paramLabel = "FILE", description = "The PNG file, - for standard output, the default.")
    private Path out = Path.of("-");

    @Override
    public Integer call() throws IOException {
        try (var model = PictureModel.vqvae(run, "decode")) {
            PictureFiles.write(model.decode(read()), out);
        }
        return 0;
    }

    private Codes read() throws IOException {
        if (codes.toString().equals("-")) {
            return Codes.read(System.in, "standard input");
        }
        if (Files.isDirectory(codes)) {
            throw new UsageException(codes + ": a folder, not a file of codes");
        }
        return Codes.read(codes);
    }
}
