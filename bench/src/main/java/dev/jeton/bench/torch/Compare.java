package dev.jeton.bench.torch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * Runs the same work in Jeton and in PyTorch, in turn, and prints the ratio of the medians.
 *
 * <p>Usage: {@code Compare PYTHON SCRIPT ROUNDS [CASE…]}. Both sides are processes that answer line by line; a round asks
 * one and then the other, so that a change in the machine's speed meets both.
 */
public final class Compare {
    private static final List<String> ALL = List.of(
            "add",
            "tanh",
            "chain",
            "mlp-fp32",
            "mlp-bf16",
            "vqvae-fp32",
            "vqvae-bf16",
            "block256-fp32",
            "block256-bf16",
            "block768-fp32",
            "block768-bf16");
    private static final int REPEATS = 5;

    private Compare() {}

    /** Compares. */
    public static void main(String... arguments) throws IOException {
        if (arguments.length < 3) {
            System.err.println("usage: Compare PYTHON SCRIPT ROUNDS [CASE…]");
            System.exit(2);
        }
        int rounds = Integer.parseInt(arguments[2]);
        List<String> cases = arguments.length == 3 ? ALL : List.of(arguments).subList(3, arguments.length);
        try (Side jeton = new Side(javaWorker());
                Side torch = new Side(List.of(arguments[0], arguments[1]))) {
            System.out.println(jeton.greeting + "; " + torch.greeting);
            System.out.println();
            System.out.println("| case | unit | Jeton | PyTorch eager | ratio | compiled | ratio |");
            System.out.println("|---|---|---:|---:|---:|---:|---:|");
            for (String name : cases) {
                compare(name, jeton, torch, rounds);
            }
        }
    }

    private static List<String> javaWorker() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Worker.class.getName());
    }

    private static void compare(String name, Side jeton, Side torch, int rounds) throws IOException {
        boolean step = name.contains("-");
        List<double[]> ours = new ArrayList<>();
        List<double[]> eager = new ArrayList<>();
        List<double[]> compiled = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            ours.add(jeton.ask(name));
            eager.add(torch.ask(step ? name + "-eager" : name));
            if (step) {
                compiled.add(torch.ask(name + "-compiled"));
            }
        }
        double jetonMedian = median(ours);
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %.3f | %s | %s |%n",
                name,
                step ? "ms" : "µs",
                jetonMedian,
                beside(median(eager), jetonMedian),
                step ? beside(median(compiled), jetonMedian) : " | ");
    }

    private static String beside(double theirs, double ours) {
        return Double.isNaN(theirs) ? "– | –" : String.format(Locale.ROOT, "%.3f | %.2f", theirs, theirs / ours);
    }

    private static double median(List<double[]> rounds) {
        double[] all = rounds.stream().flatMapToDouble(Arrays::stream).sorted().toArray();
        return all.length == 0 ? Double.NaN : (all[all.length / 2] + all[(all.length - 1) / 2]) / 2;
    }

    /** One of the two processes. */
    private static final class Side implements AutoCloseable {
        final String greeting;
        private final Process process;
        private final BufferedReader answers;
        private final PrintWriter questions;

        Side(List<String> command) throws IOException {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            questions = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
            greeting = read();
        }

        double[] ask(String name) throws IOException {
            questions.println(name + " " + REPEATS);
            String answer = read();
            if (answer.startsWith("unavailable")) {
                System.err.println(name + ": " + answer);
                return new double[0];
            }
            return Arrays.stream(answer.split(" "))
                    .flatMapToDouble(word -> DoubleStream.of(Double.parseDouble(word)))
                    .toArray();
        }

        private String read() throws IOException {
            String line = answers.readLine();
            if (line == null) {
                throw new IOException("a side has stopped; its own words are above");
            }
            return line;
        }

        @Override
        public void close() {
            questions.close();
            process.destroy();
        }
    }
}
