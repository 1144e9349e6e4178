package dev.jeton.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The command lines that users are shown: read out of what is printed and written for them. */
final class Examples {
    private static final Path HOME = Path.of("..");

    /** What the launcher answers itself. */
    static final List<String> LAUNCHERS_OWN = List.of("test", "shell", "install");

    private Examples() {}

    /** Returns all examples of all commands' help. */
    static List<String> ofHelp() {
        List<String> examples = new ArrayList<>();
        collect(List.of(), examples);
        return examples.stream().distinct().toList();
    }

    private static void collect(List<String> command, List<String> examples) {
        List<String> words = new ArrayList<>(command);
        words.add("--help");
        Shell.Outcome help = Shell.callAsIs(new byte[0], words.toArray(String[]::new));
        if (help.code() != 0) {
            throw new AssertionError(words + ": " + help);
        }
        String text = help.text();
        Matcher lines = Pattern.compile("^(?:Example: |  )(jeton .*)$", Pattern.MULTILINE)
                .matcher(text);
        while (lines.find()) {
            examples.add(lines.group(1));
        }
        for (String subcommand : subcommands(text)) {
            if (!subcommand.equals("help")) {
                List<String> deeper = new ArrayList<>(command);
                deeper.add(subcommand);
                collect(deeper, examples);
            }
        }
    }

    private static List<String> subcommands(String help) {
        int from = help.indexOf("Commands:");
        if (from < 0) {
            return List.of();
        }
        return Pattern.compile("^  (\\w[\\w-]*)( |$)", Pattern.MULTILINE)
                .matcher(help.substring(from, examplesFrom(help, from)))
                .results()
                .map(result -> result.group(1))
                .toList();
    }

    private static int examplesFrom(String help, int from) {
        int examples = help.indexOf("Example", from);
        return examples < 0 ? help.length() : examples;
    }

    /** Returns the lines of jeton in a page's blocks, but for those that the launcher answers itself. */
    static List<String> ofMarkdown(Path page) throws IOException {
        return Pattern.compile("^```(\\w*)\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(Files.readString(page))
                .results()
                .filter(block -> List.of("", "sh", "bash").contains(block.group(1)))
                .flatMap(block -> block.group(2).lines())
                .filter(line -> line.matches("(\\./)?jeton .*"))
                .filter(line -> !LAUNCHERS_OWN.contains(line.split(" ")[1]))
                .distinct()
                .toList();
    }

    /** Returns README and the guides that show lines. */
    static List<Path> markdownWithLines() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(HOME.resolve("README.md")));
        try (var guides = Files.list(HOME.resolve("docs"))) {
            guides.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
        }
        List<Path> withLines = new ArrayList<>();
        for (Path page : pages) {
            if (!ofMarkdown(page).isEmpty()) {
                withLines.add(page);
            }
        }
        return withLines;
    }
}
