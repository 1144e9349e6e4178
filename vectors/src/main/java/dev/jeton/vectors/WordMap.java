package dev.jeton.vectors;

import de.javagl.tsne.Tsne;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Words as points of a plane: for a page to look around in, or a picture to print. */
public final class WordMap {
    /** Neighbours that the page shows. */
    private static final int SHOWN = 10;

    private static final int TSNE_ITERATIONS = 1000;

    private final List<String> words;
    private final double[][] places;
    private final int[][] neighbours;
    private final double[][] cosines;

    private WordMap(List<String> words, double[][] places, int[][] neighbours, double[][] cosines) {
        this.words = words;
        this.places = places;
        this.neighbours = neighbours;
        this.cosines = cosines;
    }

    /**
     * Draws the first words, which in trained vectors are the most frequent. Vectors are compared by their direction.
     *
     * @param count how many words, or as many as there are; four at least
     * @param seed equal seeds give equal maps
     */
    public static WordMap of(WordVectors vectors, int count, Projection projection, long seed) {
        int size = Math.min(count, vectors.size());
        if (size < 4) {
            throw new IllegalArgumentException("word map: at least 4 words are needed, not " + size);
        }
        WordVectors first = vectors.first(size);
        int wanted = projection instanceof Projection.Umap umap ? Math.max(SHOWN, umap.neighbours()) : SHOWN;
        int nearest = Math.min(wanted, size - 1);
        int[][] neighbours = new int[size][];
        double[][] cosines = new double[size][];
        Search search = first.search();
        IntStream.range(0, size).parallel().forEach(row -> {
            float[] query = WordVectors.unit(first.vector(first.word(row)));
            List<Search.Hit> hits = search.best(nearest, other -> other != row, other -> search.cosine(other, query));
            neighbours[row] = hits.stream().mapToInt(Search.Hit::row).toArray();
            cosines[row] = hits.stream().mapToDouble(Search.Hit::score).toArray();
        });
        double[][] places = switch (projection) {
            case Projection.PrincipalComponents _ -> PrincipalPlane.project(directions(first), seed);
            case Projection.TSne tsne -> tsne(directions(first), tsne.perplexity(), seed);
            case Projection.Umap umap -> umap(first, Math.min(umap.neighbours(), size - 1), neighbours, cosines, seed);
        };
        List<String> words = IntStream.range(0, size).mapToObj(first::word).toList();
        return new WordMap(words, places, neighbours, cosines);
    }

    private static double[][] directions(WordVectors vectors) {
        double[][] directions = new double[vectors.size()][vectors.dimension()];
        for (int row = 0; row < directions.length; row++) {
            float[] unit = WordVectors.unit(vectors.vector(vectors.word(row)));
            for (int d = 0; d < unit.length; d++) {
                directions[row][d] = unit[d];
            }
        }
        return directions;
    }

    private static double[][] tsne(double[][] directions, double perplexity, long seed) {
        Tsne tsne = new Tsne();
        tsne.setMessageConsumer(_ -> {});
        tsne.setInitialDims(directions[0].length);
        tsne.setPerplexity(Math.min(perplexity, (directions.length - 1) / 3.0));
        tsne.setMaxIterations(TSNE_ITERATIONS);
        tsne.setRandomSeed(seed);
        return tsne.run(directions);
    }

    private static double[][] umap(WordVectors vectors, int count, int[][] neighbours, double[][] cosines, long seed) {
        int[][] nearest = new int[neighbours.length][];
        double[][] distances = new double[neighbours.length][];
        for (int row = 0; row < nearest.length; row++) {
            nearest[row] = Arrays.copyOf(neighbours[row], count);
            distances[row] = Arrays.stream(cosines[row], 0, count)
                    .map(cosine -> 1 - cosine)
                    .toArray();
        }
        return UmapLayout.of(PrincipalPlane.project(directions(vectors), seed), nearest, distances, seed);
    }

    /** Number of words. */
    public int size() {
        return words.size();
    }

    /** The word at an index, in the order of the vectors. */
    public String word(int index) {
        return words.get(index);
    }

    /** How far right a word is. */
    public double x(int index) {
        return places[index][0];
    }

    /** How far up a word is. */
    public double y(int index) {
        return places[index][1];
    }

    /** The words of the map whose vectors are nearest to a word's: at most ten. */
    public List<Neighbour> neighbours(int index) {
        return IntStream.range(0, Math.min(SHOWN, neighbours[index].length))
                .mapToObj(n -> new Neighbour(words.get(neighbours[index][n]), cosines[index][n]))
                .toList();
    }

    int[] neighbourRows(int index) {
        return Arrays.copyOf(neighbours[index], Math.min(SHOWN, neighbours[index].length));
    }

    /** Saves a page that needs nothing else: drag, zoom, search, and each word's neighbours. */
    public void saveHtml(Path file) {
        try {
            MapPage.write(this, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Saves a picture of {@code pixels} × {@code pixels}, with as many words written as have room, the first ones first. */
    public void savePng(Path file, int pixels) {
        try {
            MapPicture.write(this, file, pixels);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
