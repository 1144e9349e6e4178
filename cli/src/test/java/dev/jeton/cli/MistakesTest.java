package dev.jeton.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.jeton.cli.Shell.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A user's mistake is one clear line on standard error, nothing on standard output, and exit code 2. */
class MistakesTest {
    @TempDir
    private static Path folder;

    private static Shell shell;

    @BeforeAll
    static void prepare() throws IOException {
        shell = new Shell(folder);
        new PhotoFolder(shell.path("photos")).fill(4, 16);
        new PhotoFolder(shell.path("mixed")).fill(4, 16);
        Files.copy(
                new PhotoFolder(shell.path("large")).fill(1, 24).path().resolve("town/0.png"),
                shell.path("mixed/town/large.png"));
        Files.createDirectories(shell.path("empty"));
        Files.writeString(shell.path("notes.txt"), "no picture");
        train("vqvae --width 8", "vq");
        train("vae", "vae");
        corrupted("cut", "model.safetensors", 100);
        corrupted("no-json", "config.json", 20);
        Files.writeString(shell.path("broken.npy"), "no codes");
        byte[] png = Files.readAllBytes(shell.path("photos/town/0.png"));
        Files.write(shell.path("cut.png"), Arrays.copyOf(png, png.length / 2));
    }

    private static void train(String family, String run) {
        Outcome trained =
                shell.run("jeton train " + family + " --data photos --batch-size 4 --steps 1 --out runs/" + run);
        assertThat(trained).returns(0, Outcome::code);
    }

    /** A run of which a file has lost its end. */
    private static void corrupted(String run, String file, int length) throws IOException {
        Files.createDirectories(shell.path("runs/" + run));
        for (String name : new String[] {"config.json", "model.safetensors"}) {
            byte[] content = Files.readAllBytes(shell.path("runs/vae").resolve(name));
            Files.write(
                    shell.path("runs/" + run).resolve(name),
                    name.equals(file) ? Arrays.copyOf(content, length) : content);
        }
    }

    /** Lines and what their complaint must name. */
    static Stream<Arguments> mistakes() {
        return Stream.of(
                // how a command is called
                arguments("jeton trian", "unknown command 'trian'.*train.*jeton --help"),
                arguments("jeton train", "say what: vqvae, vae.*jeton train --help"),
                arguments("jeton train vqqvae --out x", "'vqqvae'.*jeton train --help"),
                arguments("jeton train vqvae --data mosaic", "--out.*jeton train vqvae --help"),
                arguments("jeton train vqvae --stps 3 --data mosaic --out x", "--stps.*--steps"),
                arguments("jeton train vqvae --steps many --data mosaic --out x", "--steps.*many"),
                arguments("jeton train vae --precision fp64 --data mosaic --out x", "--precision.*FP32.*fp64"),
                arguments("jeton train vae --steps 1 --epochs 1 --data photos --out x", "--steps and --epochs"),
                arguments("jeton train vae --resume --force --data mosaic --out runs/vae", "--resume and --force"),
                arguments("jeton sample", "RUN"),
                arguments("jeton sample runs/vae extra", "unknown argument 'extra'"),
                // numbers out of range
                arguments(
                        "jeton train vae --epochs 1 --data mosaic --out x", "--epochs: mosaic has no end: say --steps"),
                arguments("jeton train vae --steps 0 --data photos --out x", "--steps: must be at least 1, got 0"),
                arguments("jeton train vae --epochs -1 --data photos --out x", "--epochs: must be at least 1, got -1"),
                arguments(
                        "jeton train vae --batch-size 0 --data photos --out x",
                        "--batch-size: must be at least 1, got 0"),
                arguments("jeton train vae --latents 0 --data photos --out x", "latents.*0"),
                arguments("jeton train vae --size -3 --data photos --out x", "side.*-3|size.*-3"),
                arguments("jeton train vae --threads 0 --data photos --out x", "--threads: must be at least 1, got 0"),
                arguments("jeton train vqvae --codes 0 --data photos --out x", "codes.*0"),
                arguments("jeton train vqvae --downsampling 3 --data photos --out x", "downsampling.*3"),
                arguments("jeton sample runs/vae --count 0", "--count.*0"),
                arguments("jeton sample runs/vae --label 3", "--label: the model is not conditioned"),
                arguments("jeton reconstruct runs/vae --count 99", "4 pictures"),
                arguments("jeton interpolate runs/vae --from 0 --to 4", "4 pictures.*4"),
                arguments("jeton interpolate runs/vae --from -1 --to 1", "no number -1"),
                arguments("jeton evaluate runs/vae --data photos --count 5", "4 pictures, got 5"),
                arguments("jeton evaluate runs/vae --data mosaic", "--count: mosaic has no end"),
                arguments("jeton interpolate runs/vae --count 1", "2 pictures.*1"),
                arguments("jeton demo --steps 0 --out x", "--steps: must be at least 1, got 0"),
                arguments(
                        "jeton train vae --data photos --batch-size 4 --steps 2 --latents 4 --resume --out runs/vae",
                        "3 mis-shaped"),
                // devices that are not here
                arguments("jeton train vae --device gpu --data photos --out x", "cpu, cuda or cuda:N.*gpu"),
                arguments("jeton train vae --device cuda --data photos --steps 1 --out x", "cuda"),
                // data
                arguments("jeton train vae --out x", "--data"),
                arguments("jeton train vae --data nowhere --out x", "nowhere: no such file or folder"),
                arguments("jeton train vae --data empty --out x", "empty"),
                arguments("jeton train vae --data notes.txt --out x", "notes.txt: neither a folder nor"),
                arguments("jeton train vqvae --data mixed --out x", "mixed.*name a size"),
                arguments("jeton train vqvae --data photos --size 18 --out x", "multiples.* 18"),
                arguments("jeton train vae --data glyphs --conditional --steps 1 --config nowhere --out x", "nowhere"),
                // runs
                arguments("jeton train vae --resume --out nowhere", "no run in .*nowhere"),
                arguments("jeton train vae --data photos --out runs/vae", "vae: holds a run.*--resume.*--force"),
                arguments("jeton train vqvae --config runs/vae --out x", "vae.config.json.*vqvae"),
                arguments("jeton train vae --data photos --steps 2 --seed 7 --resume --out runs/vae", "seed"),
                arguments("jeton sample nowhere", "nowhere: not a run folder"),
                arguments("jeton sample photos", "photos: not a run folder"),
                arguments("jeton sample runs/vq", "VQ-VAE.*no prior"),
                arguments("jeton encode runs/vae photos/town/0.png", "no codes"),
                arguments("jeton sample runs/cut", "cut.model.safetensors"),
                arguments("jeton reconstruct runs/no-json", "no-json.config.json"),
                arguments("jeton inspect nowhere", "nowhere: no such folder"),
                arguments("jeton inspect photos", "photos: neither config.json nor model.safetensors"),
                arguments("jeton inspect runs/cut", "cut.model.safetensors"),
                // files
                arguments("jeton encode runs/vq nowhere.png", "nowhere.png"),
                arguments("jeton encode runs/vq notes.txt", "notes.txt: not a PNG"),
                arguments("jeton encode runs/vq cut.png", "cut.png: a broken image"),
                arguments("jeton encode runs/vq photos", "photos"),
                arguments("jeton decode runs/vq broken.npy", "broken.npy"),
                arguments("jeton decode runs/vq photos", "photos"),
                arguments("jeton decode runs/vq nowhere.npy", "nowhere.npy"),
                arguments("jeton sample runs/vae --out notes.txt/grid.png", "notes.txt"),
                arguments("jeton sample runs/vae --out photos", "photos: a folder"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void isOneLineAndExitCodeTwo(String line, String complaint) {
        Outcome outcome = shell.run(line);
        assertThat(outcome.complaints())
                .as("%s", outcome)
                .singleElement()
                .asString()
                .startsWith("jeton: ")
                .containsPattern(complaint)
                .doesNotContain("Exception", "internal error");
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.output()).isEmpty();
        assertThat(shell.path("x")).doesNotExist();
    }

    @Test
    void debugAddsTheStackTrace() {
        assertThat(shell.run("jeton sample nowhere --debug").errors())
                .startsWith("jeton: ")
                .contains("UsageException", "at dev.jeton.cli.");
        assertThat(shell.run("jeton train --debug vae --stps 3").errors()).contains("at picocli.");
    }
}
