package dev.jeton.vectors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Learns a vector for each word of a corpus from the words near it (word2vec, Mikolov et al. 2013).
 *
 * <p>All threads write to the same vectors without locks. Deviations from the original tool: all words near a position share its
 * negative words, of which one drawn twice counts once; a negative word drawn serves five positions, sixteen apart; the sigmoid is exact where the original's saturates at 6; a line may have any
 * length.
 */
public final class Word2Vec {
    private Word2Vec() {}

    /** Learns the vectors of a corpus. */
    public static WordVectors train(Corpus corpus, Word2VecOptions options) {
        return train(corpus, options, _ -> {});
    }

    /**
     * As {@link #train(Corpus, Word2VecOptions)}, telling {@code listener} about twice a second how far it is.
     *
     * @throws UncheckedIOException if the corpus cannot be read
     * @throws IllegalArgumentException if the corpus has fewer than two words that are frequent enough, or thinning leaves nothing of it
     */
    public static WordVectors train(Corpus corpus, Word2VecOptions options, Consumer<TrainingProgress> listener) {
        return train(corpus, options, Kernels.best(), null, listener);
    }

    /**
     * Goes on training on new text. Words that are new and frequent enough are added; all others keep what they learned.
     *
     * @param vectors from a training, or from any file: then only what the words predict starts afresh, as it does for
     *     {@link Objective.HierarchicalSoftmax}, whose tree changes with the vocabulary
     * @throws IllegalArgumentException if dimension or subwords differ from those of {@code options}
     */
    public static WordVectors resume(
            WordVectors vectors, Corpus corpus, Word2VecOptions options, Consumer<TrainingProgress> listener) {
        Subwords had =
                vectors.subwords() == null ? null : vectors.subwords().index().subwords();
        if (vectors.dimension() != options.dimension() || !java.util.Objects.equals(had, options.subwords())) {
            throw new IllegalArgumentException("resume: the vectors have dimension " + vectors.dimension()
                    + " and subwords " + had + ", the options " + options.dimension() + " and " + options.subwords()
                    + ": make them equal");
        }
        return train(corpus, options, Kernels.best(), vectors, listener);
    }

    static WordVectors train(
            Corpus corpus,
            Word2VecOptions options,
            Kernel kernel,
            @Nullable WordVectors start,
            Consumer<TrainingProgress> listener) {
        List<String> known = start == null
                ? List.of()
                : IntStream.range(0, start.size()).mapToObj(start::word).toList();
        try (EncodedCorpus encoded = read(corpus, options, kernel, known)) {
            requireWords(encoded.vocabulary(), options);
            Kernels.announce(kernel);
            Model model = new Model(encoded.vocabulary(), options, kernel);
            model.initialise(start);
            new Trainer(encoded.vocabulary(), options, kernel, model.inputs, model.outputs)
                    .run(encoded.spool(), listener);
            return model.finish(start);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static EncodedCorpus read(Corpus corpus, Word2VecOptions options, Kernel kernel, List<String> known)
            throws IOException {
        try (WarmUp _ = WarmUp.start(options, kernel)) {
            return EncodedCorpus.read(corpus, options.minCount(), options.vocabularyLimit(), options.threads(), known);
        }
    }

    private static void requireWords(Vocabulary vocabulary, Word2VecOptions options) {
        if (vocabulary.size() < 2 || vocabulary.total() < 2) {
            throw new IllegalArgumentException("word2vec: the corpus has " + vocabulary.size()
                    + " words that stand there at least " + options.minCount() + " times; two are needed"
                    + (options.minCount() > 1 ? ": lower minCount?" : ""));
        }
    }

    /** The matrices of a training, from their first values to the vectors that a user gets. */
    private static final class Model {
        private final Vocabulary vocabulary;
        private final Word2VecOptions options;
        private final @Nullable SubwordIndex subwords;
        private final Matrix rows;
        private final Matrix outputs;
        private final InputRows inputs;

        Model(Vocabulary vocabulary, Word2VecOptions options, Kernel kernel) {
            this.vocabulary = vocabulary;
            this.options = options;
            Subwords lengths = options.subwords();
            subwords = lengths == null ? null : new SubwordIndex(lengths);
            int buckets = lengths == null ? 0 : lengths.buckets();
            rows = Matrix.zeros(Math.addExact(vocabulary.size(), buckets), options.dimension());
            outputs = Matrix.zeros(Math.addExact(vocabulary.size(), options.threads()), options.dimension());
            inputs = subwords == null
                    ? InputRows.ofWords(rows, kernel)
                    : InputRows.ofSubwords(rows, kernel, vocabulary.words(), subwords);
        }

        void initialise(@Nullable WordVectors start) {
            for (int row = 0; row < rows.rows(); row++) {
                Randoms random = new Randoms(options.seed(), -1, row);
                for (int d = 0; d < rows.dimension(); d++) {
                    rows.set(row, d, random.centred() / rows.dimension());
                }
            }
            if (start != null) {
                copy(start.matrix(), 0, rows, 0, start.size());
                SubwordVectors known = start.subwords();
                if (known != null) {
                    copy(
                            known.buckets(),
                            0,
                            rows,
                            vocabulary.size(),
                            known.buckets().rows());
                    inputs.decompose(start.size());
                }
                TrainingState state = start.state();
                if (state != null
                        && !state.hierarchical()
                        && options.objective() instanceof Objective.NegativeSampling) {
                    copy(state.outputs(), 0, outputs, 0, start.size());
                }
            }
        }

        WordVectors finish(@Nullable WordVectors start) {
            inputs.compose(vocabulary.size());
            long[] counts = new long[vocabulary.size()];
            for (int i = 0; i < counts.length; i++) {
                TrainingState before = start == null || i >= start.size() ? null : start.state();
                counts[i] = vocabulary.count(i) + (before == null ? 0 : before.counts()[i]);
            }
            boolean hierarchical = options.objective() instanceof Objective.HierarchicalSoftmax;
            return new WordVectors(
                    vocabulary.words(),
                    rows.slice(0, vocabulary.size()),
                    subwords == null
                            ? null
                            : new SubwordVectors(
                                    subwords, rows.slice(vocabulary.size(), rows.rows() - vocabulary.size())),
                    new TrainingState(counts, outputs.slice(0, vocabulary.size()), hierarchical));
        }

        private static void copy(Matrix from, int fromRow, Matrix to, int toRow, int count) {
            float[] row = new float[from.dimension()];
            for (int i = 0; i < count; i++) {
                from.copyRow(fromRow + i, row);
                to.setRow(toRow + i, row);
            }
        }
    }
}
