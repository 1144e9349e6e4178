package dev.jeton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.cli.Shell.Outcome;
import dev.jeton.models.vq.Codes;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a trained model's pictures and codes. */
class PictureCommandsTest {
    /** Pictures of a grid are drawn three times as large, two pixels apart. */
    private static final int CELL_OF_16 = 16 * 3 + 2;

    @TempDir
    private static Path folder;

    private static Shell shell;

    @BeforeAll
    static void train() throws IOException {
        shell = new Shell(folder);
        new PhotoFolder(shell.path("photos")).fill(8, 20);
        succeed(
                "jeton train vqvae --data photos --size 16 --width 8 --batch-size 4 --codes 16 --steps 2 --out runs/vq");
        succeed("jeton train vae --data photos --size 16 --latents 8 --batch-size 4 --steps 2 --out runs/vae");
        succeed("jeton train vae --data photos --size 16 --batch-size 4 --steps 2 --conditional --out runs/labelled");
    }

    private static Outcome succeed(String line) {
        Outcome outcome = shell.run(line);
        assertThat(outcome).as(line).returns(0, Outcome::code);
        return outcome;
    }

    private static BufferedImage picture(byte[] png) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(png));
    }

    private static void assertSize(String file, int columns, int rows) throws IOException {
        BufferedImage grid = ImageIO.read(shell.path(file).toFile());
        assertThat(grid.getWidth()).isEqualTo(columns * CELL_OF_16 + 2);
        assertThat(grid.getHeight()).isEqualTo(rows * CELL_OF_16 + 2);
    }

    @Test
    void samplesAreAGrid() throws IOException {
        succeed("jeton sample runs/vae --count 6 --out grid.png");
        assertSize("grid.png", 3, 2);
    }

    @Test
    void samplesDependOnTheSeed() throws IOException {
        byte[] one = succeed("jeton sample runs/vae --count 4 --seed 1 --out -").output();
        assertThat(succeed("jeton sample runs/vae --count 4 --seed 1 --out -").output())
                .isEqualTo(one);
        assertThat(succeed("jeton sample runs/vae --count 4 --seed 2 --out -").output())
                .isNotEqualTo(one);
    }

    @Test
    void aConditionalModelDrawsTheLabelsItIsAskedFor() {
        byte[] inTurn = succeed("jeton sample runs/labelled --count 2 --out -").output();
        byte[] first = succeed("jeton sample runs/labelled --count 2 --label 0 --out -")
                .output();
        assertThat(first).isNotEqualTo(inTurn);
    }

    @Test
    void reconstructionsLieBelowTheirOriginals() throws IOException {
        for (String run : new String[] {"runs/vq", "runs/vae", "runs/labelled"}) {
            succeed("jeton reconstruct " + run + " --count 5 --out pairs.png");
            assertSize("pairs.png", 5, 2);
        }
    }

    @Test
    void otherDataIsBroughtToTheModelsShape() throws IOException {
        succeed("jeton reconstruct runs/vq --data glyphs --count 3 --out other.png");
        assertSize("other.png", 3, 2);
    }

    @Test
    void theWayBetweenTwoPicturesIsAStrip() throws IOException {
        for (String run : new String[] {"runs/vae", "runs/labelled"}) {
            succeed("jeton interpolate " + run + " --from 0 --to 5 --count 7 --out strip.png");
            assertSize("strip.png", 7, 1);
        }
    }

    @Test
    void codesGoThroughFilesAndPipesAlike() throws IOException {
        Files.copy(shell.path("photos/town/0.png"), shell.path("cat.png"));
        succeed("jeton encode runs/vq cat.png --out cat.npy");
        Codes codes = Codes.read(shell.path("cat.npy"));
        assertThat(codes.height()).isEqualTo(4);
        assertThat(codes.width()).isEqualTo(4);

        succeed("jeton decode runs/vq cat.npy --out again.png");
        succeed("jeton encode runs/vq cat.png | jeton decode runs/vq - > piped.png");
        byte[] again = Files.readAllBytes(shell.path("again.png"));
        assertThat(shell.path("piped.png")).hasBinaryContent(again);
        assertThat(picture(again).getWidth()).isEqualTo(16);

        succeed("jeton decode runs/vq cat.npy | jeton encode runs/vq - --out twice.npy");
        assertThat(Codes.read(shell.path("twice.npy")).height()).isEqualTo(4);
    }

    @Test
    void whatIsWrittenReplacesAFileInOneStep() throws IOException {
        Path target = shell.path("made/on/the/way/grid.png");
        succeed("jeton sample runs/vae --count 1 --out made/on/the/way/grid.png");
        byte[] before = Files.readAllBytes(target);
        succeed("jeton sample runs/vae --count 1 --seed 3 --out made/on/the/way/grid.png");
        assertThat(Files.readAllBytes(target)).isNotEqualTo(before);
        try (var files = Files.list(target.getParent())) {
            assertThat(files).as("no drafts beside it").containsExactly(target);
        }
    }
}
