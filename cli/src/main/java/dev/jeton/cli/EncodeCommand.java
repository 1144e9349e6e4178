package dev.jeton.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jeton encode}: a picture as codes. */
@Command(
        name = "encode",
        description = "Turn a picture into a VQ-VAE's codes, a NumPy file of int32.",
        footer = {
            "",
            "Examples:",
            "  jeton encode runs/photos cat.png --out cat.npy",
            "  jeton encode runs/photos cat.png | jeton decode runs/photos - > again.png"
        })
final class EncodeCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "RUN", description = "The run folder.")
    private Path run = Path.of("run");

    @Parameters(index = "1", paramLabel = "IMAGE", description = "The picture, - for standard input.")
    private Path image = Path.of("-");

    @Option(names = "--out", paramLabel = "FILE", description = "The codes' file, - for standard output, the default.")
    private Path out = Path.of("-");

    @Override
    public Integer call() throws IOException {
        try (var model = PictureModel.vqvae(run, "encode")) {
            var bytes = new ByteArrayOutputStream();
            model.encode(PictureFiles.read(image)).write(bytes);
            PictureFiles.writeBytes(bytes.toByteArray(), out);
        }
        return 0;
    }
}
