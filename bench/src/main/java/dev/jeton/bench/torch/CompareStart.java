package dev.jeton.bench.torch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Starts Jeton and PyTorch in turn, each as a process that trains a few steps, and prints how long the first step took to
 * come, interpreter start included, and how much memory the steps took at most.
 *
 * <p>Usage: {@code CompareStart PYTHON SCRIPT ROUNDS [CASE…]}. Jeton runs with the launcher's JVM flags, without an
 * ahead-of-time cache unless {@code JETON_BENCH_AOT} names one.
 */
public final class CompareStart {
    private static final List<String> ALL = List.of("mlp-fp32", "vqvae-fp32", "block256-fp32", "block768-bf16");

    private record Measured(double seconds, double mebibytes) {}

    private CompareStart() {}

    /** Compares. */
    public static void main(String... arguments) throws IOException {
        if (arguments.length < 3) {
            System.err.println("usage: CompareStart PYTHON SCRIPT ROUNDS [CASE…]");
            System.exit(2);
        }
        int rounds = Integer.parseInt(arguments[2]);
        List<String> cases = arguments.length == 3 ? ALL : List.of(arguments).subList(3, arguments.length);
        System.out.println("| case | first step, s: Jeton | PyTorch | ratio | peak, MiB: Jeton | PyTorch | ratio |");
        System.out.println("|---|---:|---:|---:|---:|---:|---:|");
        for (String name : cases) {
            List<Measured> ours = new ArrayList<>();
            List<Measured> theirs = new ArrayList<>();
            for (int i = 0; i < rounds; i++) {
                ours.add(measure(jeton(name)));
                theirs.add(measure(List.of(arguments[0], arguments[1], name)));
            }
            print(name, ours, theirs);
        }
    }

    private static List<String> jeton(String name) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC"));
        String cache = System.getenv("JETON_BENCH_AOT");
        if (cache != null) {
            command.addAll(List.of("-XX:AOTCache=" + cache, "-Xlog:aot=off", "-Xlog:cds=off"));
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), FirstStep.class.getName(), name));
        return command;
    }

    private static Measured measure(List<String> command) throws IOException {
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String first = lines.readLine();
            double seconds = (System.nanoTime() - start) / 1e9;
            String second = lines.readLine();
            if (!"step".equals(first) || second == null) {
                throw new IOException(command + " stopped; its own words are above");
            }
            return new Measured(seconds, Long.parseLong(second.replaceAll("\\D", "")) / 1024.0);
        }
    }

    private static void print(String name, List<Measured> ours, List<Measured> theirs) {
        double ourSeconds = median(ours.stream().map(Measured::seconds).toList());
        double theirSeconds = median(theirs.stream().map(Measured::seconds).toList());
        double ourPeak = median(ours.stream().map(Measured::mebibytes).toList());
        double theirPeak = median(theirs.stream().map(Measured::mebibytes).toList());
        System.out.printf(
                Locale.ROOT,
                "| %s | %.2f | %.2f | %.2f | %.0f | %.0f | %.2f |%n",
                name,
                ourSeconds,
                theirSeconds,
                theirSeconds / ourSeconds,
                ourPeak,
                theirPeak,
                theirPeak / ourPeak);
    }

    private static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return (sorted.get(sorted.size() / 2) + sorted.get((sorted.size() - 1) / 2)) / 2;
    }
}
