package dev.jeton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.cli.Shell.Outcome;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher as a process of its own, in a home in which all is built already: what this test runs on. A build inside of
 * the build that runs the tests would pull the classes from under its feet.
 */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
    private static final Path REPOSITORY = Path.of("..");

    @TempDir
    Path home;

    @BeforeEach
    void makeHome() throws IOException {
        Files.copy(REPOSITORY.resolve("jeton"), home.resolve("jeton"));
        assertThat(home.resolve("jeton").toFile().setExecutable(true)).isTrue();
        Path shell = Files.createDirectories(home.resolve("cli/src/main/shell"));
        Files.copy(Path.of("src/main/shell/imports.jsh"), shell.resolve("imports.jsh"));
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
        Path state = Files.createDirectories(home.resolve(".jeton"));
        Files.writeString(state.resolve("classpath"), classPath + "\n");
        Files.createFile(state.resolve("built"));
    }

    private Outcome launch(String input, String... arguments) throws IOException, InterruptedException {
        Path output = home.resolve("output");
        Path errors = home.resolve("errors");
        String[] command = Stream.concat(Stream.of(home.resolve("jeton").toString()), Arrays.stream(arguments))
                .toArray(String[]::new);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().merge("PATH", home.resolve("bin").toString(), (path, own) -> own + ":" + path);
        Process process = builder.start();
        try (var in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        return new Outcome(process.waitFor(), Files.readAllBytes(output), Files.readString(errors));
    }

    @Test
    void passesHelpAndMistakesThrough() throws Exception {
        Outcome help = launch("", "--help");
        assertThat(help).returns(0, Outcome::code);
        assertThat(help.text()).contains("Usage: jeton", "demo", "train");

        Outcome mistake = launch("", "trian");
        assertThat(mistake).returns(2, Outcome::code);
        assertThat(mistake.errors())
                .startsWith("jeton: unknown command 'trian': did you mean train")
                .hasLineCount(1);
    }

    @Test
    void aBuildLeavesTheJarsOfRunningCommandsAsTheyAre() throws Exception {
        Path state = home.resolve(".jeton");
        Path target = Files.createDirectories(home.resolve("cli/target"));
        Files.copy(state.resolve("classpath"), target.resolve("classpath"));
        Path mvn = Files.createDirectories(home.resolve("bin")).resolve("mvn");
        Files.writeString(mvn, "#!/bin/sh\ncat jar-to-build > cli/target/jeton-cli-0.1.0-SNAPSHOT.jar\n");
        assertThat(mvn.toFile().setExecutable(true)).isTrue();

        byte[] first = build("first");
        Path used = state.resolve("jars/jeton-cli-0.1.0-SNAPSHOT.jar");
        assertThat(Files.readString(state.resolve("classpath"))).startsWith(used.toString());
        try (InputStream running = Files.newInputStream(used)) {
            byte[] second = build("second");
            assertThat(running.readAllBytes()).as("what was open").isEqualTo(first);
            assertThat(used).as("what the next command opens").hasBinaryContent(second);
        }
    }

    /** Has the launcher build a jar with one entry before it answers. */
    private byte[] build(String entry) throws IOException, InterruptedException {
        Path jar = home.resolve("jar-to-build");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry(entry));
        }
        Files.deleteIfExists(home.resolve(".jeton/built"));
        assertThat(launch("", "--version")).returns(0, Outcome::code);
        return Files.readAllBytes(jar);
    }

    @Test
    @Tag("slow") // JShell takes its time to start
    void opensAShellWithEverythingImported() throws Exception {
        Outcome outcome = launch("""
                var x = Tensor.of(new float[][] {{1, 2}, {3, 4}}).requiresGrad();
                x.matmul(x).sum().backward();
                System.out.println(x.grad());
                System.out.println(VqVaeConfig.defaults().codeSize() + Mosaic.images(16, 1).shape().channels());
                """, "shell", "-s");
        assertThat(outcome.text()).as("%s", outcome).contains("[[ 7., 11.],", " [ 9., 13.]]", "67");
    }
}
