package dev.jeton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.cli.Shell.Outcome;
import dev.jeton.data.ImageSource;
import dev.jeton.data.Mosaic;
import dev.jeton.data.Pictures;
import dev.jeton.torch.LibTorch;
import dev.jeton.train.RunFolder;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code jeton train} leaves, repeats, goes on with and refuses. */
class RunFoldersTest {
    private static final String VQVAE = "jeton train vqvae --data mosaic --width 8 --batch-size 4 ";

    @TempDir
    Path folder;

    private Shell shell;

    @BeforeEach
    void open() {
        shell = new Shell(folder);
    }

    private Outcome succeed(String line) {
        Outcome outcome = shell.run(line);
        assertThat(outcome).as(line).returns(0, Outcome::code);
        return outcome;
    }

    private byte[] weights(String run) throws IOException {
        return Files.readAllBytes(shell.path(run).resolve("model.safetensors"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"vqvae --width 8", "vae"})
    void aRunLeavesAllThatIsPromised(String family) throws IOException {
        Outcome outcome = succeed("jeton train " + family + " --data mosaic --batch-size 4 --steps 3 --out run");
        assertThat(outcome.text().strip())
                .as("what a script reads")
                .isEqualTo(shell.path("run").toString());

        Path run = shell.path("run");
        JsonNode config = JsonMapper.shared().readTree(Files.readAllBytes(run.resolve("config.json")));
        assertThat(config.at("/model_type").asString()).isEqualTo(family.split(" ")[0]);
        assertThat(config.at("/training/data").asString()).isEqualTo("mosaic");
        assertThat(config.at("/training/steps").asInt()).isEqualTo(3);
        assertThat(config.at("/training/batch_size").asInt()).isEqualTo(4);
        assertThat(Files.size(run.resolve("model.safetensors"))).isGreaterThan(1000);
        List<String> measured = Files.readAllLines(run.resolve("metrics.jsonl"));
        assertThat(measured)
                .isNotEmpty()
                .allSatisfy(line -> assertThat(
                                JsonMapper.shared().readTree(line).at("/loss").asDouble())
                        .isFinite());
        try (Stream<Path> events = Files.list(run.resolve("tensorboard"))) {
            assertThat(events).hasSize(1).allSatisfy(file -> assertThat(file).isNotEmptyFile());
        }
        assertThat(RunFolder.at(run).checkpointSteps()).containsExactly(3L);
        assertThat(Files.readString(run.resolve("report.html")))
                .startsWith("<!doctype html>")
                .contains("class=\"chart\"", "loss by step")
                .doesNotContain("src=\"http", "href=\"http");
    }

    @ParameterizedTest
    @ValueSource(strings = {"vqvae --width 8", "vae"})
    void theReportShowsWhatTheModelMakesOfItsPictures(String family) throws IOException {
        succeed("jeton train " + family + " --data mosaic --batch-size 4 --steps 2 --out run");
        List<BufferedImage> pictures = picturesIn(shell.path("run").resolve("report.html"));

        ImageSource mosaic = Mosaic.images(32, 0);
        List<BufferedImage> originals = IntStream.range(0, 8)
                .mapToObj(i -> Pictures.of(mosaic.pixels(i), mosaic.shape()))
                .toList();
        BufferedImage upperRow = Pictures.grid(originals, 8, 3);
        BufferedImage pairs = pictures.getFirst();
        assertThat(pairs.getWidth()).isEqualTo(upperRow.getWidth());
        assertThat(rows(pairs, 0, upperRow.getHeight()))
                .as("originals above")
                .isEqualTo(rows(upperRow, 0, upperRow.getHeight()));
        assertThat(rows(pairs, 98, 98)).as("another picture below").isNotEqualTo(rows(pairs, 0, 98));
        assertThat(pictures).hasSize(family.equals("vae") ? 2 : 1); // a VAE's samples too
    }

    private static List<BufferedImage> picturesIn(Path page) throws IOException {
        List<BufferedImage> pictures = new ArrayList<>();
        Matcher found = Pattern.compile("data:image/png;base64,([^\"]+)").matcher(Files.readString(page));
        while (found.find()) {
            byte[] png = Base64.getDecoder().decode(found.group(1));
            pictures.add(ImageIO.read(new ByteArrayInputStream(png)));
        }
        return pictures;
    }

    private static int[] rows(BufferedImage picture, int from, int count) {
        return picture.getRGB(0, from, picture.getWidth(), count, null, 0, picture.getWidth());
    }

    @Test
    void aConfigRepeatsTheRun() throws IOException {
        succeed(VQVAE + "--steps 3 --seed 5 --codes 32 --out first");
        succeed("jeton train vqvae --config first/config.json --out second");
        succeed("jeton train vqvae --config first --seed 6 --out third");

        assertThat(weights("second")).isEqualTo(weights("first"));
        assertThat(weights("third")).hasSameSizeAs(weights("first")).isNotEqualTo(weights("first"));
    }

    @Test
    void aConfigRepeatsTheSizeOfPictures() throws IOException {
        succeed(
                "jeton train vae --data mosaic --size 16 --batch-size 4 --latents 8 --beta 0.5 --free-bits 0.1 --warm-up 2"
                        + " --steps 2 --out first");
        succeed("jeton train vae --config first --out second");
        assertThat(weights("second")).isEqualTo(weights("first"));
        Map<String, Object> config = RunFolder.at(shell.path("second")).config();
        assertThat(config.get("latents")).isEqualTo(8);
        assertThat(config.get("objective")).isEqualTo(Map.of("beta", 0.5, "free_bits", 0.1, "warm_up_steps", 2));
    }

    @Test
    void aRunGoesOnAsIfItHadNotStopped() throws IOException {
        succeed(VQVAE + "--steps 6 --out whole");
        succeed(VQVAE + "--steps 3 --out halves");
        assertThat(weights("halves")).isNotEqualTo(weights("whole"));
        succeed("jeton train vqvae --steps 6 --resume --out halves");

        assertThat(weights("halves")).isEqualTo(weights("whole"));
        assertThat(RunFolder.at(shell.path("halves")).measurements().getLast().step())
                .isEqualTo(6);
    }

    @Test
    void aRunIsReplacedOnlyWhenForced() throws IOException {
        succeed(VQVAE + "--steps 2 --out run");
        Files.writeString(shell.path("run/notes.txt"), "mine");
        Map<Path, String> before = contents(shell.path("run"));

        Outcome refused = shell.run(VQVAE + "--steps 1 --seed 9 --out run");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.complaints()).singleElement().asString().contains("--resume", "--force", "run");
        assertThat(contents(shell.path("run"))).isEqualTo(before);

        succeed(VQVAE + "--steps 1 --seed 9 --force --out run");
        assertThat(contents(shell.path("run"))).isNotEqualTo(before);
        assertThat(shell.path("run/notes.txt")).hasContent("mine");
    }

    private static Map<Path, String> contents(Path run) throws IOException {
        Map<Path, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(run)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(file, Arrays.hashCode(Files.readAllBytes(file)) + " " + Files.getLastModifiedTime(file));
            }
        }
        return contents;
    }

    @Test
    void lengthIsStepsOrPassesOverTheData() throws IOException {
        new PhotoFolder(shell.path("photos")).fill(8, 16);
        succeed("jeton train vqvae --data photos --width 8 --batch-size 4 --epochs 2 --out run");
        assertThat(RunFolder.at(shell.path("run")).checkpointSteps()).containsExactly(4L);
        succeed("jeton train vqvae --config run --out again");
        assertThat(weights("again")).isEqualTo(weights("run"));
    }

    @Test
    void mixedPrecisionAndThreadsAreChoices() throws IOException {
        int usual = LibTorch.threads();
        try {
            succeed(VQVAE + "--steps 2 --precision bf16_mixed --threads " + (usual + 1) + " --check-finite --out run");
            assertThat(LibTorch.threads()).isEqualTo(usual + 1);
        } finally {
            LibTorch.setThreads(usual);
        }
        assertThat(RunFolder.at(shell.path("run")).config().toString()).contains("precision=BF16_MIXED");
    }
}
