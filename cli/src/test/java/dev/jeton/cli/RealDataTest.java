package dev.jeton.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jeton.cli.Shell.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data as it is published: MNIST's IDX files, CIFAR-10 as JPEG files in a zip. */
class RealDataTest {
    @TempDir
    Path folder;

    private static Path shared(String path) {
        Path file = Path.of(System.getProperty("jeton.shared", "../shared"))
                .resolve(path)
                .toAbsolutePath();
        assumeTrue(Files.exists(file), () -> "no reference data at " + file);
        return file;
    }

    private void run(Shell shell, String line) {
        assertThat(shell.run(line)).as(line).returns(0, Outcome::code);
    }

    private void assertRowsOf(int side, int columns, int rows, String file) throws IOException {
        var grid = ImageIO.read(folder.resolve(file).toFile());
        assertThat(grid.getWidth()).isEqualTo(columns * (side * 3 + 2) + 2);
        assertThat(grid.getHeight()).isEqualTo(rows * (side * 3 + 2) + 2);
    }

    @Test
    void mnist() throws IOException {
        Path mnist = shared("data/mnist");
        Shell shell = new Shell(folder);
        run(shell, "jeton train vqvae --data " + mnist + " --width 8 --steps 3 --out vq");
        run(shell, "jeton reconstruct vq --out pairs.png");
        assertRowsOf(28, 8, 2, "pairs.png");
        run(shell, "jeton train vae --data " + mnist + " --conditional --latents 8 --steps 3 --out vae");
        run(shell, "jeton sample vae --count 9 --label 7 --out sevens.png");
        assertRowsOf(28, 3, 3, "sevens.png");
        run(shell, "jeton interpolate vae --from 1 --to 3 --count 4 --out strip.png");
        assertRowsOf(28, 4, 1, "strip.png");
    }

    @Test
    void cifar10() throws IOException {
        Path zip = shared("data/cifar10-test.zip");
        Shell shell = new Shell(folder);
        run(shell, "jeton train vqvae --data " + zip + " --width 8 --batch-size 16 --steps 3 --out vq");
        run(shell, "jeton reconstruct vq --count 4 --out pairs.png");
        assertRowsOf(32, 4, 2, "pairs.png");
    }
}
