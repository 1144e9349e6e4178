package dev.jeton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.cli.Shell.Outcome;
import dev.jeton.torch.LibTorch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Commands that only tell something: to people, and with {@code --json} to scripts. */
class ReportingCommandsTest {
    @TempDir
    Path folder;

    private static JsonNode json(Outcome outcome) {
        assertThat(outcome.code()).isZero();
        assertThat(outcome.text().lines()).as("one object in one line").hasSize(1);
        return JsonMapper.shared().readTree(outcome.text());
    }

    @Test
    void inspectTellsWhatARunHolds() {
        Shell shell = new Shell(folder);
        assertThat(shell.run("jeton train vqvae --data mosaic --width 8 --codes 32 --batch-size 4 --steps 1 --out run"))
                .returns(0, Outcome::code);

        JsonNode told = json(shell.run("jeton inspect run --json"));
        assertThat(told.at("/config/model_type").asString()).isEqualTo("vqvae");
        assertThat(told.at("/config/training/seed").asInt()).isZero();
        long numbers = 0;
        for (JsonNode tensor : told.at("/tensors")) {
            long elements = 1;
            for (JsonNode size : tensor.at("/shape")) {
                elements *= size.asLong();
            }
            assertThat(tensor.at("/numbers").asLong()).isEqualTo(elements);
            numbers += elements;
        }
        assertThat(told.at("/numbers").asLong()).isEqualTo(numbers).isPositive();
        assertThat(told.at("/bytes").asLong()).isGreaterThanOrEqualTo(4 * numbers);

        assertThat(shell.run("jeton inspect run").text())
                .contains("model_type", "vqvae", "training\n  steps", "[32, 64]")
                .containsPattern("\\d+ tensors, [\\d,]+ numbers, \\d+\\.\\d MB");
    }

    @Test
    void evaluateMeasures() {
        Shell shell = new Shell(folder);
        assertThat(shell.run("jeton train vqvae --data mosaic --width 8 --codes 32 --batch-size 4 --steps 1 --out vq"))
                .returns(0, Outcome::code);
        JsonNode told = json(shell.run("jeton evaluate vq --data mosaic --count 6 --json"));
        assertThat(told.at("/pictures").asInt()).isEqualTo(6);
        assertThat(told.at("/error").asDouble()).isBetween(0.0, 1.0);
        assertThat(told.at("/perplexity").asDouble()).isBetween(1.0, 32.0);

        assertThat(shell.run("jeton train vae --data mosaic --batch-size 4 --steps 1 --out vae"))
                .returns(0, Outcome::code);
        assertThat(shell.run("jeton evaluate vae --data mosaic --count 6")
                        .text()
                        .lines())
                .hasSize(4)
                .anyMatch(line -> line.matches("bits per dimension +\\d+\\.\\d+"));
    }

    @Test
    void evaluateMeasuresThePartAskedFor() throws IOException {
        Shell shell = new Shell(folder);
        Path digits = Files.createDirectory(folder.resolve("digits"));
        Files.write(digits.resolve("train-images-idx3-ubyte"), grey(5));
        Files.write(digits.resolve("t10k-images-idx3-ubyte"), grey(3));
        assertThat(shell.run("jeton train vqvae --data digits --width 8 --codes 32 --batch-size 4 --steps 1 --out vq"))
                .returns(0, Outcome::code);
        assertThat(json(shell.run("jeton evaluate vq --data digits --json"))
                        .at("/pictures")
                        .asInt())
                .isEqualTo(5);
        assertThat(json(shell.run("jeton evaluate vq --data digits --split test --json"))
                        .at("/pictures")
                        .asInt())
                .isEqualTo(3);
        assertThat(shell.run("jeton evaluate vq --data glyphs --count 4 --split test"))
                .returns(2, Outcome::code);
    }

    /** IDX of pictures without anything on them. */
    private static byte[] grey(int count) {
        return ByteBuffer.allocate(16 + count * 28 * 28)
                .putInt(0x803)
                .putInt(count)
                .putInt(28)
                .putInt(28)
                .array();
    }

    @Test
    void doctorTellsWhatIsUsed() {
        List<String> told =
                List.of("jdk", "system", "processor", "features", "libtorch", "origin", "products", "threads", "gpu");
        JsonNode json = json(Shell.callAsIs(new byte[0], "doctor", "--json"));
        assertThat(json.propertyNames()).containsExactlyElementsOf(told);
        assertThat(json.at("/libtorch").asString()).startsWith(LibTorch.version());
        assertThat(json.at("/jdk").asString()).startsWith(Runtime.version().toString());

        assertThat(Shell.callAsIs(new byte[0], "doctor").text().lines().map(line -> line.split(" ")[0]))
                .containsExactlyElementsOf(told);
    }

    @Test
    void completionKnowsEveryCommandAndOption() {
        Outcome script = Shell.callAsIs(new byte[0], "generate-completion");
        assertThat(script.code()).isZero();
        assertThat(script.text())
                .startsWith("#!/usr/bin/env bash")
                .contains("(train vqvae)", "--downsampling", "doctor");
    }

    @Test
    void helpIsAnsweredEverywhere() {
        assertThat(Shell.callAsIs(new byte[0])).as("without a command").returns(0, Outcome::code);
        assertThat(Shell.callAsIs(new byte[0], "help", "sample").text()).contains("--count");
        assertThat(Shell.callAsIs(new byte[0], "--version").text().strip()).isEqualTo("jeton " + Jeton.VERSION);
        assertThat(Shell.callAsIs(new byte[0], "train", "vae", "--help").text())
                .contains(
                        "--device", "--precision", "--threads", "--seed", "--resume", "--force", "--config", "--debug");
    }
}
