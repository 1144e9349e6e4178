package dev.jeton.vectors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Questions "a is to b as c is to d" by category, in the format of word2vec's question-words: a line {@code : category}, then four words a
 * line.
 *
 * @param categories the questions of each category, in the file's order
 */
public record AnalogySet(Map<String, List<Question>> categories) {
    public AnalogySet {
        Map<String, List<Question>> copy = new LinkedHashMap<>();
        categories.forEach((name, questions) -> copy.put(name, List.copyOf(questions)));
        categories = java.util.Collections.unmodifiableMap(copy);
    }

    /** A question whose answer is {@code d}. */
    public record Question(String a, String b, String c, String d) {}

    /**
     * How a category went.
     *
     * @param category its name
     * @param correct questions whose best answer was right
     * @param asked questions all of whose words have a vector
     * @param total questions
     */
    public record Score(String category, int correct, int asked, int total) {
        /** The share of right answers among the questions asked; 0 if none was. */
        public double accuracy() {
            return asked == 0 ? 0 : (double) correct / asked;
        }

        private Score plus(Score other) {
            return new Score(category, correct + other.correct, asked + other.asked, total + other.total);
        }
    }

    /**
     * The scores of all categories.
     *
     * @param categories by category
     * @param total all together
     */
    public record Result(List<Score> categories, Score total) {
        public Result {
            categories = List.copyOf(categories);
        }
    }

    /** Reads a file of questions. */
    public static AnalogySet read(Path file) {
        Map<String, List<Question>> categories = new LinkedHashMap<>();
        List<Question> questions = new ArrayList<>();
        try {
            int number = 0;
            for (String line : Files.readAllLines(file)) {
                number++;
                if (line.startsWith(":")) {
                    questions = categories.computeIfAbsent(line.substring(1).strip(), _ -> new ArrayList<>());
                    continue;
                }
                String[] words = line.strip().split("\\s+", -1);
                if (words.length == 4 && !categories.isEmpty()) {
                    questions.add(new Question(words[0], words[1], words[2], words[3]));
                } else if (!line.isBlank()) {
                    throw new VectorFileException(
                            file,
                            "line " + number + ": four words, after a first line ': category', are needed, not "
                                    + VectorFileException.quoted(line));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new AnalogySet(categories);
    }

    /**
     * Asks every question whose words have vectors; a word that has none in its own spelling is tried in lower case.
     *
     * @param among answers come from this many words, the first ones; 30,000 is usual
     */
    public Result evaluate(WordVectors vectors, int among, AnalogyRule rule) {
        WordVectors candidates = vectors.first(Math.min(among, vectors.size()));
        List<Score> scores = new ArrayList<>();
        categories.forEach((name, questions) -> scores.add(questions.parallelStream()
                .map(question -> score(question, candidates, rule))
                .reduce(new Score(name, 0, 0, 0), Score::plus)));
        return new Result(scores, scores.stream().reduce(new Score("total", 0, 0, 0), Score::plus));
    }

    private static Score score(Question question, WordVectors vectors, AnalogyRule rule) {
        String[] words = {question.a, question.b, question.c, question.d};
        Arrays.setAll(words, i -> vectors.contains(words[i]) ? words[i] : words[i].toLowerCase(Locale.ROOT));
        if (!Arrays.stream(words).allMatch(vectors::contains)) {
            return new Score("", 0, 0, 1);
        }
        List<Neighbour> answers = vectors.analogy(words[0], words[1], words[2], 1, rule);
        boolean right = !answers.isEmpty() && answers.getFirst().word().equals(words[3]);
        return new Score("", right ? 1 : 0, 1, 1);
    }
}
