package dev.jeton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every Java program of README and of the guides compiles and runs, with fewer and smaller steps of training. */
class ProgramsTest {
    private static final Path HOME = Path.of("..");

    /** Pages whose programs a test of their own module holds. */
    private static final List<String> TESTED_THERE = List.of("data.md", "layers.md");

    private static final List<String> PICTURES = List.of(
            "dev.jeton.torch",
            "dev.jeton.nn",
            "dev.jeton.data",
            "dev.jeton.train",
            "dev.jeton.models.vae",
            "dev.jeton.models.vq");

    /** The packages that a page speaks of, where they are not those of pictures. */
    private static final Map<String, List<String>> PACKAGES =
            Map.of("tokenizers.md", List.of("dev.jeton.text"), "word-vectors.md", List.of("dev.jeton.vectors"));

    /** What makes a program quick. */
    private static final Map<String, String> QUICKENED = Map.of(
            "(Vae|VqVae|VqVae2)\\.train\\((.*)\\);", "$1.train($2, QUICK);",
            "(VqVaeConfig|VqVae2Config)\\.defaults\\(\\)(?=\\)|\\.withCodes)", "$1.defaults().withWidth(8)",
            "withEpochs\\(10\\)", "withEpochs(1)",
            "Path\\.of\\(\"", "at(\"");

    /** What programs print. */
    private static final Map<String, String> PRINTED = Map.of("README.md 1", "tensor([[", "word-vectors.md 1", "king");

    @TempDir
    Path folder;

    record Program(String name, String page, String text) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Program> programs() throws IOException {
        List<Program> programs = new ArrayList<>();
        for (Path page : pages()) {
            String name = page.getFileName().toString();
            List<String> blocks = Pattern.compile("^```java\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL)
                    .matcher(Files.readString(page))
                    .results()
                    .map(block -> block.group(1))
                    .toList();
            for (int i = 0; i < blocks.size() && !TESTED_THERE.contains(name); i++) {
                programs.add(new Program(name + " " + (i + 1), name, blocks.get(i)));
            }
        }
        return programs;
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> guides = Files.walk(HOME.resolve("docs"))) {
            return Stream.concat(Stream.of(HOME.resolve("README.md")), guides.sorted())
                    .filter(file -> file.toString().endsWith(".md"))
                    .toList();
        }
    }

    @Test
    void theProgramsOfEveryPageAreTested() throws IOException {
        assertThat(programs().stream().map(Program::page).distinct())
                .contains("README.md", "tokenizers.md", "training.md", "vae.md", "vq.md", "word-vectors.md");
        assertThat(HOME.resolve("data/src/test/java/dev/jeton/data/GuideTest.java"))
                .content()
                .contains("docs/data.md");
        assertThat(HOME.resolve("nn/src/test/java/dev/jeton/nn/GuideTest.java"))
                .content()
                .contains("docs/layers.md");
    }

    @ParameterizedTest
    @MethodSource("programs")
    void compilesAndRuns(Program program) throws Exception {
        Path classes = Files.createDirectories(folder.resolve("classes"));
        Path source = classes.resolve("Program.java");
        Files.writeString(source, classOf(program));
        var complaints = new StringWriter();
        boolean compiled = ToolProvider.getSystemJavaCompiler()
                .getTask(
                        complaints,
                        null,
                        null,
                        List.of("-proc:none", "-d", classes.toString(), "-cp", System.getProperty("java.class.path")),
                        null,
                        ToolProvider.getSystemJavaCompiler()
                                .getStandardFileManager(null, null, null)
                                .getJavaFileObjects(source))
                .call();
        assertThat(compiled).as("%s%n%s", complaints, Files.readString(source)).isTrue();

        var printed = new ByteArrayOutputStream();
        PrintStream standard = System.out;
        try (var loader = new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
            Path home = Files.createDirectories(folder.resolve("home"));
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            ((ProgramWords) loader.loadClass("Program")
                            .getConstructor(Path.class)
                            .newInstance(home))
                    .run();
        } finally {
            System.setOut(standard);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains(PRINTED.getOrDefault(program.name(), ""));
    }

    /** A block of statements becomes a method, a block that is a method becomes a member. */
    private static String classOf(Program program) {
        String text = program.text();
        for (Map.Entry<String, String> change : QUICKENED.entrySet()) {
            text = text.replaceAll(change.getKey(), change.getValue());
        }
        String imports = PACKAGES.getOrDefault(program.page(), PICTURES).stream()
                .map(name -> "import " + name + ".*;\n")
                .collect(Collectors.joining());
        boolean member = text.startsWith("public void ");
        return imports
                + "import java.awt.image.BufferedImage;\nimport java.nio.file.Path;\nimport java.util.List;\n"
                + "public final class Program extends dev.jeton.cli.ProgramWords {\n"
                + "public Program(Path home) throws Exception { super(home); }\n"
                + (member ? text : "")
                + "public void run() throws Exception {\n" + (member ? "" : text) + "}\n}\n";
    }
}
