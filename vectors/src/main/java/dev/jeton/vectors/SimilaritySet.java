package dev.jeton.vectors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Pairs of words that people rated for likeness: two words and a number a line, apart by white space, as in WordSim-353, MEN, SimLex.
 *
 * @param pairs the rated pairs
 */
public record SimilaritySet(List<Pair> pairs) {
    public SimilaritySet {
        pairs = List.copyOf(pairs);
    }

    /** Two words and how alike people found them. */
    public record Pair(String first, String second, double rating) {}

    /**
     * How well the vectors agree with the people.
     *
     * @param spearman the rank correlation of cosines and ratings
     * @param used pairs both of whose words have a vector
     * @param total pairs
     */
    public record Result(double spearman, int used, int total) {}

    /** Reads a file of pairs; lines that start with {@code #} are left out, and so is a first line without a number. */
    public static SimilaritySet read(Path file) {
        List<Pair> pairs = new ArrayList<>();
        try {
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i).strip();
                if (!line.isEmpty() && !line.startsWith("#")) {
                    String[] fields = line.split("\\s+", -1);
                    if (fields.length >= 3 && fields[2].matches("-?[0-9.]+")) {
                        pairs.add(new Pair(fields[0], fields[1], Double.parseDouble(fields[2])));
                    } else if (i > 0) {
                        throw new VectorFileException(
                                file,
                                "line " + (i + 1) + ": two words and a number are needed, not "
                                        + VectorFileException.quoted(line));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new SimilaritySet(pairs);
    }

    /** Ranks the pairs by cosine and compares. A word that has no vector in its own spelling is tried in lower case. */
    public Result evaluate(WordVectors vectors) {
        List<Double> cosines = new ArrayList<>();
        List<Double> ratings = new ArrayList<>();
        for (Pair pair : pairs) {
            String first = spelled(vectors, pair.first);
            String second = spelled(vectors, pair.second);
            if (vectors.find(first).isPresent() && vectors.find(second).isPresent()) {
                cosines.add(vectors.similarity(first, second));
                ratings.add(pair.rating);
            }
        }
        return new Result(correlation(ranks(cosines), ranks(ratings)), cosines.size(), pairs.size());
    }

    private static String spelled(WordVectors vectors, String word) {
        return vectors.contains(word) ? word : word.toLowerCase(Locale.ROOT);
    }

    /** Ranks from 1; equal values share the mean of theirs. */
    private static double[] ranks(List<Double> values) {
        List<Integer> order = IntStream.range(0, values.size())
                .boxed()
                .sorted(Comparator.comparing(values::get))
                .toList();
        double[] ranks = new double[values.size()];
        int from = 0;
        while (from < ranks.length) {
            int to = from;
            while (to + 1 < ranks.length && values.get(order.get(to + 1)).equals(values.get(order.get(from)))) {
                to++;
            }
            for (int i = from; i <= to; i++) {
                ranks[order.get(i)] = (from + to) / 2.0 + 1;
            }
            from = to + 1;
        }
        return ranks;
    }

    private static double correlation(double[] x, double[] y) {
        double mean = (x.length + 1) / 2.0;
        double product = 0;
        double squares = 0;
        double otherSquares = 0;
        for (int i = 0; i < x.length; i++) {
            product += (x[i] - mean) * (y[i] - mean);
            squares += (x[i] - mean) * (x[i] - mean);
            otherSquares += (y[i] - mean) * (y[i] - mean);
        }
        return squares == 0 || otherSquares == 0 ? 0 : product / Math.sqrt(squares * otherSquares);
    }
}
