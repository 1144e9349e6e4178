package dev.jeton.cli.vectors;

import dev.jeton.cli.output.JsonText;
import dev.jeton.vectors.Corpus;
import dev.jeton.vectors.Neighbour;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the word-vector commands share: standard input for {@code -}, and answers as text or as JSON. */
final class Answers {
    static final String STANDARD = "-";

    private Answers() {}

    /** The lines of standard input, without empty ones. */
    static Iterator<String> lines() {
        return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                .lines()
                .filter(line -> !line.isBlank())
                .iterator();
    }

    /** The text of files, or of standard input where the only one is {@code -}. */
    static Corpus corpus(List<Path> files, boolean letters) {
        boolean standard = files.size() == 1 && files.getFirst().toString().equals(STANDARD);
        Corpus corpus = standard ? Corpus.ofLines(lines()) : Corpus.of(files);
        return letters ? corpus.letters() : corpus;
    }

    /** Prints neighbours, a line each; as JSON, a line with the question and all of them. */
    static void print(PrintWriter out, List<String> asked, List<Neighbour> found, boolean json) {
        if (json) {
            String neighbours = found.stream()
                    .map(each -> String.format(
                            Locale.ROOT, "{\"word\":%s,\"similarity\":%.6f}", quoted(each.word()), each.similarity()))
                    .collect(Collectors.joining(",", "[", "]"));
            out.println("{\"asked\":" + quoted(asked.stream()) + ",\"found\":" + neighbours + "}");
        } else {
            found.forEach(out::println);
        }
    }

    private static String quoted(Stream<String> words) {
        return words.map(Answers::quoted).collect(Collectors.joining(",", "[", "]"));
    }

    /** A JSON string. */
    static String quoted(String word) {
        return new JsonText().value(word).toString();
    }
}
