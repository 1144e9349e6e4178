package dev.jeton.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A shell in a folder whose programs are {@code cat}, {@code head} and {@code jeton}, which is called through its real entry point in this
 * process. It knows pipes, {@code <}, {@code >}, quotes and comments. As a process cannot change its folder, words that name files are placed below the
 * folder: what follows {@code --out}, what has a slash or an ending, and what is there.
 */
final class Shell {
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|([^\\s\"'#|<>]\\S*)|([|<>])|(#.*)");
    private static final Pattern FILE_NAME = Pattern.compile("[^-].*/.*|[\\w-]*[a-z][\\w-]*\\.[a-z]\\w*");

    private final Path folder;

    Shell(Path folder) {
        this.folder = folder;
    }

    /** What a command left: its exit code and what it wrote to standard output and standard error. */
    record Outcome(int code, byte[] output, String errors) {
        String text() {
            return new String(output, StandardCharsets.UTF_8);
        }

        /** What it said on standard error, without a run's progress. */
        List<String> complaints() {
            return errors.lines().filter(line -> !line.startsWith("step ")).toList();
        }

        @Override
        public String toString() {
            return "exit code " + code + "\n" + text() + "\n" + errors;
        }
    }

    Path folder() {
        return folder;
    }

    Path path(String name) {
        return folder.resolve(name);
    }

    /** Runs a line, in which {@code jeton} or {@code ./jeton} begins each command of a pipe. */
    Outcome run(String line) {
        byte[] between = {};
        Outcome last = null;
        StringBuilder errors = new StringBuilder();
        for (List<String> command : commands(line)) {
            String source = redirection(command, "<");
            String target = redirection(command, ">");
            last = call(source == null ? between : read(path(source)), command, line);
            between = last.output();
            errors.append(last.errors());
            if (target != null) {
                write(path(target), between);
            }
            if (last.code() != 0) {
                break;
            }
        }
        if (last == null) {
            throw new IllegalArgumentException("no command in: " + line);
        }
        return new Outcome(last.code(), last.output(), errors.toString());
    }

    private Outcome call(byte[] input, List<String> command, String line) {
        if (List.of("cat", "head").contains(command.getFirst())) { // nobody misses the lines that head leaves out
            return new Outcome(0, command.size() == 1 ? input : read(path(command.get(1))), "");
        }
        if (!command.getFirst().matches("(\\./)?jeton")) {
            throw new IllegalArgumentException("this shell has no " + command.getFirst() + ": " + line);
        }
        return call(input, command.subList(1, command.size()).toArray(String[]::new));
    }

    /** Takes a redirection out of a command and returns its file, if it has one. */
    private static @Nullable String redirection(List<String> command, String sign) {
        int at = command.indexOf(sign);
        if (at < 0) {
            return null;
        }
        command.remove(at);
        return command.remove(at);
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, byte[] content) {
        try {
            Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Outcome call(byte[] input, String... words) {
        String[] arguments = new String[words.length];
        for (int i = 0; i < words.length; i++) {
            boolean output = i > 0 && words[i - 1].equals("--out");
            arguments[i] = output && !words[i].equals("-") || namesFile(words[i])
                    ? folder.resolve(words[i]).toString()
                    : words[i];
        }
        return callAsIs(input, arguments);
    }

    private boolean namesFile(String word) {
        return !word.isBlank()
                && !word.startsWith("-")
                && !word.contains(" ")
                && (FILE_NAME.matcher(word).matches() || Files.exists(folder.resolve(word)));
    }

    /** Calls the entry point with the process's standard streams replaced. */
    static Outcome callAsIs(byte[] input, String... arguments) {
        InputStream standardInput = System.in;
        PrintStream standardOutput = System.out;
        PrintStream standardError = System.err;
        var output = new ByteArrayOutputStream();
        var errors = new ByteArrayOutputStream();
        try {
            System.setIn(new ByteArrayInputStream(input));
            System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
            int code = Jeton.run(
                    new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), true),
                    new PrintWriter(new OutputStreamWriter(System.err, StandardCharsets.UTF_8), true),
                    arguments);
            return new Outcome(code, output.toByteArray(), errors.toString(StandardCharsets.UTF_8));
        } finally {
            System.setIn(standardInput);
            System.setOut(standardOutput);
            System.setErr(standardError);
        }
    }

    private static List<List<String>> commands(String line) {
        List<List<String>> commands = new ArrayList<>();
        commands.add(new ArrayList<>());
        Matcher matcher = WORD.matcher(line);
        while (matcher.find()) {
            if (matcher.group(5) != null) {
                break;
            }
            String word = firstOf(matcher);
            if (word.equals("|")) {
                commands.add(new ArrayList<>());
            } else {
                commands.getLast().add(word);
            }
        }
        return commands;
    }

    private static String firstOf(Matcher matcher) {
        for (int group = 1; group <= 4; group++) {
            if (matcher.group(group) != null) {
                return matcher.group(group);
            }
        }
        throw new AssertionError(matcher);
    }
}
