package dev.jeton.bench.text;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.EncodingType;
import dev.jeton.text.Tokenizer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Encodes the same documents with Jeton, with another library of the JVM (JTokkit where it knows the vocabulary, DJL's Hugging
 * Face tokenizers for a {@code tokenizer.json}), and with a library of Python's, in turn, and prints megabytes a second of one
 * thread's processor time.
 *
 * <p>Usage: {@code Compare PYTHON SCRIPT ROUNDS LIMIT CORPUS… -- LIBRARY:FILE…}, where LIBRARY is tiktoken, tokenizers or
 * sentencepiece. A round is one pass of each over the first LIMIT documents, so that a change in the machine's speed meets all.
 * "First" is Jeton's first pass with a new tokenizer, whose caches are empty, after others have warmed the JVM up.
 */
public final class Compare {
    /** The second compiler needs its time before anything that is timed. */
    private static final long WARM_UP_NANOS = 2_000_000_000L;

    private final int rounds;
    private final BufferedReader answers;
    private final PrintWriter questions;

    private Compare(int rounds, Process python) {
        this.rounds = rounds;
        answers = python.inputReader(StandardCharsets.UTF_8);
        questions = new PrintWriter(python.outputWriter(StandardCharsets.UTF_8), true);
    }

    /** Compares. */
    public static void main(String... arguments) throws IOException {
        int split = List.of(arguments).indexOf("--");
        if (split < 5) {
            System.err.println("usage: Compare PYTHON SCRIPT ROUNDS LIMIT CORPUS… -- LIBRARY:FILE…");
            System.exit(2);
        }
        Process python = new ProcessBuilder(arguments[0], arguments[1], arguments[3])
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            var compare = new Compare(Integer.parseInt(arguments[2]), python);
            System.out.println("| tokenizer | corpus | Jeton, first | Jeton | on the JVM | Python's library | ratio |");
            System.out.println("|---|---|---:|---:|---:|---:|---:|");
            for (String peer : List.of(arguments).subList(split + 1, arguments.length)) {
                for (String corpus : List.of(arguments).subList(4, split)) {
                    compare.print(peer, Path.of(corpus), Integer.parseInt(arguments[3]));
                }
            }
        } finally {
            python.destroy();
        }
    }

    private void print(String peer, Path corpus, int limit) throws IOException {
        Path file = Path.of(peer.substring(peer.indexOf(':') + 1));
        Documents documents = Documents.of(corpus, limit);
        Optional<Consumer<String>> other = onTheJvm(peer, file);
        var warm = Tokenizer.load(file);
        for (long start = processorTime(); processorTime() - start < WARM_UP_NANOS; ) {
            pass(warm, documents);
            other.ifPresent(encoder -> pass(encoder, documents));
        }
        var tokenizer = Tokenizer.load(file);
        double first = pass(tokenizer, documents);
        double[] ours = new double[rounds];
        double[] theirs = new double[rounds];
        double[] python = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            ours[i] = pass(tokenizer, documents);
            theirs[i] = other.isPresent() ? pass(other.get(), documents) : Double.NaN;
            python[i] = ask(peer, corpus);
        }
        System.out.printf(
                "| %s %s | %s | %.0f | %.0f | %s | %.1f | %.1f |%n",
                peer.substring(0, peer.indexOf(':')),
                name(file),
                name(corpus),
                first,
                median(ours),
                other.isPresent() ? "%.1f".formatted(median(theirs)) : "",
                median(python),
                median(ours) / median(python));
    }

    private static Optional<Consumer<String>> onTheJvm(String peer, Path file) throws IOException {
        if (peer.startsWith("tokenizers")) {
            // DJL reports its use over the network unless told not to
            System.setProperty("OPT_OUT_TRACKING", "true");
            var options = Map.of("truncation", "false", "padding", "false", "modelMaxLength", "1000000000");
            HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.newInstance(file, options);
            return Optional.of(tokenizer::encode);
        }
        return Arrays.stream(EncodingType.values())
                .filter(type -> peer.startsWith("tiktoken") && peer.contains(type.getName()))
                .findFirst()
                .map(type -> Encodings.newLazyEncodingRegistry().getEncoding(type)::encodeOrdinary);
    }

    private static String name(Path file) {
        Path whole = file.toAbsolutePath();
        int last = whole.getNameCount() - 1;
        return whole.getName(file.endsWith("tokenizer.json") ? last - 1 : last).toString();
    }

    private double ask(String peer, Path corpus) throws IOException {
        questions.println(peer + " " + corpus);
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("the Python side ended at " + peer + " " + corpus + "; see its message above");
        }
        return Double.parseDouble(answer);
    }

    private static double pass(Tokenizer tokenizer, Documents documents) {
        int[] ids = new int[1 << 17];
        long start = processorTime();
        for (String text : documents.texts()) {
            tokenizer.encodeInto(text, ids);
        }
        return documents.bytes() * 1e3 / (processorTime() - start);
    }

    private static double pass(Consumer<String> encoder, Documents documents) {
        long start = processorTime();
        for (String text : documents.texts()) {
            encoder.accept(text);
        }
        return documents.bytes() * 1e3 / (processorTime() - start);
    }

    private static long processorTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
