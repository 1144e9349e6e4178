package dev.jeton.vectors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.util.hnsw.HnswGraphBuilder;
import org.apache.lucene.util.hnsw.HnswGraphSearcher;
import org.apache.lucene.util.hnsw.OnHeapHnswGraph;
import org.apache.lucene.util.hnsw.RandomVectorScorer;
import org.apache.lucene.util.hnsw.RandomVectorScorerSupplier;
import org.apache.lucene.util.hnsw.UpdateableRandomVectorScorer;

/**
 * Approximate search in a graph of neighbours (HNSW, Malkov and Yashunin, arXiv 1603.09320; Lucene's): it looks at some hundred vectors
 * where exact search looks at all. Building it takes far longer than a search; neither copies the vectors.
 */
public final class ApproximateIndex {
    /** Neighbours that each word keeps, and candidates looked at to choose them: twice Lucene's defaults' width, for recall. */
    private static final int LINKS = 16;

    private static final int BUILD_BREADTH = 200;
    private static final int LEAST_BREADTH = 100;
    private static final long SEED = 42;

    private final WordVectors vectors;
    private final Search search;
    private final OnHeapHnswGraph graph;

    private ApproximateIndex(WordVectors vectors, Search search, OnHeapHnswGraph graph) {
        this.vectors = vectors;
        this.search = search;
        this.graph = graph;
    }

    static ApproximateIndex of(WordVectors vectors) {
        Search search = vectors.search();
        try {
            OnHeapHnswGraph graph = HnswGraphBuilder.create(new Scorers(vectors, search), LINKS, BUILD_BREADTH, SEED)
                    .build(vectors.size());
            return new ApproximateIndex(vectors, search, graph);
        } catch (IOException e) {
            throw new UncheckedIOException("no file is read here", e);
        }
    }

    /** The words nearest to a word, itself left out. */
    public List<Neighbour> nearest(String word, int count) {
        return nearest(vectors.vector(word), count + 1).stream()
                .filter(found -> !found.word().equals(word))
                .limit(count)
                .toList();
    }

    /** The words nearest to a vector; now and then one of them is missed. */
    public List<Neighbour> nearest(float[] vector, int count) {
        return nearest(vector, count, Math.max(LEAST_BREADTH, 2 * count));
    }

    /** As {@link #nearest(float[], int)}, with {@code breadth} candidates held: the more, the surer and the slower. */
    public List<Neighbour> nearest(float[] vector, int count, int breadth) {
        if (vector.length != vectors.dimension() || count < 1 || breadth < count) {
            throw new IllegalArgumentException("approximate search: a vector of " + vectors.dimension()
                    + " numbers and 1 <= count <= breadth are needed, not " + vector.length + ", " + count + ", "
                    + breadth);
        }
        Query query = new Query(search, vectors.size(), WordVectors.unit(vector));
        List<Neighbour> found = new ArrayList<>();
        try {
            for (ScoreDoc hit : HnswGraphSearcher.search(query, breadth, graph, null, Integer.MAX_VALUE)
                    .topDocs()
                    .scoreDocs) {
                if (found.size() < count) {
                    found.add(new Neighbour(vectors.word(hit.doc), search.cosine(hit.doc, query.unit)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("no file is read here", e);
        }
        return List.copyOf(found);
    }

    /** Lucene wants scores that are not negative. */
    private static float score(double cosine) {
        return (float) Math.max(0, (1 + cosine) / 2);
    }

    @SuppressWarnings("ArrayRecordComponent") // made for one search
    private record Query(Search search, int maxOrd, float[] unit) implements RandomVectorScorer {
        @Override
        public float score(int row) {
            return ApproximateIndex.score(search.cosine(row, unit));
        }
    }

    /** Scores words against one another while the graph is built. */
    private record Scorers(WordVectors vectors, Search search) implements RandomVectorScorerSupplier {
        @Override
        public UpdateableRandomVectorScorer scorer() {
            float[] unit = new float[vectors.dimension()];
            return new UpdateableRandomVectorScorer() {
                @Override
                public void setScoringOrdinal(int row) {
                    vectors.matrix().copyRow(row, unit);
                    System.arraycopy(WordVectors.unit(unit), 0, unit, 0, unit.length);
                }

                @Override
                public float score(int row) {
                    return ApproximateIndex.score(search.cosine(row, unit));
                }

                @Override
                public int maxOrd() {
                    return vectors.size();
                }
            };
        }

        @Override
        public RandomVectorScorerSupplier copy() {
            return this;
        }
    }
}
