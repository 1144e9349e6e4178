package dev.jeton.vectors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Words and their vectors: from {@link Word2Vec}, or from any file that word2vec, fastText, gensim or Jeton wrote. Immutable, and safe
 * for use by many threads.
 */
public final class WordVectors {
    private final Words words;
    private final Matrix matrix;
    private final @Nullable SubwordVectors subwords;
    private final @Nullable TrainingState state;

    /** The length of each vector, once a search needed it. */
    private volatile float @Nullable [] norms;

    WordVectors(Words words, Matrix matrix, @Nullable SubwordVectors subwords, @Nullable TrainingState state) {
        this.words = words;
        this.matrix = matrix;
        this.subwords = subwords;
        this.state = state;
    }

    WordVectors(Words words, Matrix matrix) {
        this(words, matrix, null, null);
    }

    /** Makes vectors from a map, in its order. */
    public static WordVectors of(Map<String, float[]> vectors) {
        if (vectors.isEmpty()) {
            throw new IllegalArgumentException("word vectors: at least one word is needed");
        }
        WordTable table = new WordTable();
        int dimension = vectors.values().iterator().next().length;
        Matrix matrix = Matrix.zeros(vectors.size(), dimension);
        vectors.forEach((word, vector) -> {
            requireDimension(dimension, vector);
            matrix.setRow(table.add(word, 1), vector);
        });
        return new WordVectors(table, matrix);
    }

    /**
     * Opens a file: {@code .safetensors} of Jeton's (memory-mapped, in milliseconds whatever its size), fastText's {@code .bin}, or
     * word2vec's text or binary format. What a file is, its first bytes say.
     *
     * @throws VectorFileException if the file breaks its format
     * @throws UncheckedIOException if it cannot be read
     */
    public static WordVectors open(Path file) {
        try {
            return VectorFiles.open(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Saves to a file whose name says the format: {@code .vec} or {@code .txt} word2vec text, {@code .bin} word2vec binary,
     * {@code .safetensors} everything, subwords and what a later training needs included. A file that was there is replaced when the
     * new one is whole.
     */
    public void save(Path file) {
        try {
            VectorFiles.save(this, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Checks, before a long training, that {@link #save} will know the format.
     *
     * @throws IllegalArgumentException if the file's name does not say it
     */
    public static void requireFormat(Path file) {
        VectorFiles.requireFormat(file);
    }

    /** Number of words. */
    public int size() {
        return words.size();
    }

    /** Numbers in a vector. */
    public int dimension() {
        return matrix.dimension();
    }

    /** The word at an index; trained vectors have the most frequent words first. */
    public String word(int index) {
        return words.word(index);
    }

    /** Whether the word itself is in the list. */
    public boolean contains(String word) {
        return words.indexOf(word) >= 0;
    }

    /** A word's vector; with subwords, every word with an n-gram has one. */
    public Optional<float[]> find(String word) {
        int row = words.indexOf(word);
        if (row < 0) {
            return subwords == null || subwords.index().buckets(word).length == 0
                    ? Optional.empty()
                    : Optional.of(subwords.compose(word));
        }
        float[] vector = new float[dimension()];
        matrix.copyRow(row, vector);
        return Optional.of(vector);
    }

    /**
     * A word's vector.
     *
     * @throws UnknownWordException if it has none
     */
    public float[] vector(String word) {
        return find(word).orElseThrow(() -> new UnknownWordException(word, size()));
    }

    /** The mean of the unit vectors of those words that have one; zeros if none has: a simple vector for a sentence. */
    public float[] mean(Collection<String> sentence) {
        float[] sum = new float[dimension()];
        for (String word : sentence) {
            find(word).ifPresent(vector -> addScaled(sum, 1, unit(vector)));
        }
        return unit(sum);
    }

    /** The cosine between two words' vectors. */
    public double similarity(String first, String second) {
        return cosine(vector(first), vector(second));
    }

    /** The words nearest to a word, itself left out. */
    public List<Neighbour> nearest(String word, int count) {
        return nearest(vector(word), count, Set.of(word));
    }

    /** The words nearest to a vector. */
    public List<Neighbour> nearest(float[] vector, int count) {
        return nearest(vector, count, Set.of());
    }

    private List<Neighbour> nearest(float[] vector, int count, Set<String> without) {
        requireDimension(dimension(), vector);
        float[] query = unit(vector);
        Search search = search();
        return named(search.best(count, row -> isNoneOf(row, without), row -> search.cosine(row, query)));
    }

    /** Answers "{@code a} is to {@code b} as {@code c} is to …": the ten best words, as in {@code analogy("man", "king", "woman")}. */
    public List<Neighbour> analogy(String a, String b, String c) {
        return analogy(a, b, c, 10, AnalogyRule.COS_ADD);
    }

    /** As {@link #analogy(String, String, String)}, by a rule of choice. The three words are never answers. */
    public List<Neighbour> analogy(String a, String b, String c, int count, AnalogyRule rule) {
        float[] from = unit(vector(a));
        float[] to = unit(vector(b));
        float[] other = unit(vector(c));
        Set<String> asked = Set.of(a, b, c).size() == 3 ? Set.of(a, b, c) : Set.copyOf(Arrays.asList(a, b, c));
        return switch (rule) {
            case COS_ADD -> {
                float[] target = to.clone();
                addScaled(target, -1, from);
                addScaled(target, 1, other);
                yield nearest(target, count, asked);
            }
            case COS_MUL -> {
                Search search = search();
                yield named(search.best(
                        count,
                        row -> isNoneOf(row, asked),
                        row -> (1 + search.cosine(row, to))
                                * (1 + search.cosine(row, other))
                                / (2 * (1 + search.cosine(row, from)) + 0.002)));
            }
        };
    }

    /** The word that is least like the mean of all. */
    public String oddOneOut(Collection<String> candidates) {
        float[] mean = mean(candidates);
        return candidates.stream()
                .min(Comparator.comparingDouble(word -> cosine(vector(word), mean)))
                .orElseThrow(() -> new IllegalArgumentException("odd one out: no words were given"));
    }

    /** An index for approximate search, much faster than {@link #nearest} among millions of words. */
    public ApproximateIndex approximate() {
        return ApproximateIndex.of(this);
    }

    /** These vectors with some added, or replaced. */
    public WordVectors with(Map<String, float[]> vectors) {
        Map<String, float[]> all = toMap();
        all.putAll(vectors);
        return of(all);
    }

    /** These vectors without some words. */
    public WordVectors without(Collection<String> dropped) {
        Map<String, float[]> all = toMap();
        all.keySet().removeAll(Set.copyOf(dropped));
        return of(all);
    }

    /** These vectors with a word under another name. */
    public WordVectors renamed(String from, String to) {
        vector(from);
        if (contains(to)) {
            throw new IllegalArgumentException("rename: '" + to + "' is another word's name already");
        }
        Map<String, float[]> all = new LinkedHashMap<>();
        toMap().forEach((word, vector) -> all.put(word.equals(from) ? to : word, vector));
        return of(all);
    }

    /** The first words only, which in trained vectors are the most frequent. */
    WordVectors first(int count) {
        if (count == size()) {
            return this;
        }
        WordTable table = new WordTable();
        for (int i = 0; i < count; i++) {
            table.add(words.word(i), 1);
        }
        return new WordVectors(table, matrix.slice(0, count));
    }

    private Map<String, float[]> toMap() {
        Map<String, float[]> all = LinkedHashMap.newLinkedHashMap(size());
        for (int row = 0; row < size(); row++) {
            float[] vector = new float[dimension()];
            matrix.copyRow(row, vector);
            all.put(word(row), vector);
        }
        return all;
    }

    Words words() {
        return words;
    }

    Matrix matrix() {
        return matrix;
    }

    @Nullable
    SubwordVectors subwords() {
        return subwords;
    }

    @Nullable
    TrainingState state() {
        return state;
    }

    Search search() {
        return new Search(Kernels.best(), matrix, norms());
    }

    float[] norms() {
        float[] known = norms;
        if (known == null) {
            known = new float[size()];
            float[] row = new float[dimension()];
            for (int i = 0; i < known.length; i++) {
                matrix.copyRow(i, row);
                known[i] = (float) Math.sqrt(Kernels.best().dot(matrix, i, row));
            }
            norms = known;
        }
        return known;
    }

    /** Takes lengths that a file had, so that the first search need not read every vector for them. */
    WordVectors withNorms(float[] fromFile) {
        norms = fromFile;
        return this;
    }

    private boolean isNoneOf(int row, Set<String> without) {
        return without.isEmpty() || !without.contains(words.word(row));
    }

    private List<Neighbour> named(List<Search.Hit> hits) {
        return hits.stream()
                .map(hit -> new Neighbour(words.word(hit.row()), hit.score()))
                .toList();
    }

    private static void requireDimension(int dimension, float[] vector) {
        if (vector.length != dimension) {
            throw new IllegalArgumentException(
                    "word vectors: a vector of " + dimension + " numbers is needed, not of " + vector.length);
        }
    }

    private static void addScaled(float[] target, float factor, float[] source) {
        IntStream.range(0, target.length).forEach(d -> target[d] += factor * source[d]);
    }

    static double cosine(float[] first, float[] second) {
        double product = 0;
        double squares = 0;
        double otherSquares = 0;
        for (int d = 0; d < first.length; d++) {
            product += (double) first[d] * second[d];
            squares += (double) first[d] * first[d];
            otherSquares += (double) second[d] * second[d];
        }
        return squares == 0 || otherSquares == 0 ? 0 : product / Math.sqrt(squares * otherSquares);
    }

    static float[] unit(float[] vector) {
        double squares = 0;
        for (float x : vector) {
            squares += (double) x * x;
        }
        float[] unit = vector.clone();
        for (int d = 0; d < unit.length && squares > 0; d++) {
            unit[d] = (float) (unit[d] / Math.sqrt(squares));
        }
        return unit;
    }
}
