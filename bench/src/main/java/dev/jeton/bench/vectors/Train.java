package dev.jeton.bench.vectors;

import dev.jeton.vectors.Architecture;
import dev.jeton.vectors.Corpus;
import dev.jeton.vectors.Objective;
import dev.jeton.vectors.Word2Vec;
import dev.jeton.vectors.Word2VecOptions;
import java.nio.file.Path;

/** One training with the settings that all peers have: dimension 100, window 5, 5 negatives, sample 1e-4, least count 5. */
final class Train {
    private Train() {}

    /** {@code CORPUS skip-gram|cbow negative|hierarchical THREADS EPOCHS OUT} */
    public static void main(String[] arguments) {
        boolean cbow = arguments[1].equals("cbow");
        Word2VecOptions options = Word2VecOptions.skipGram()
                .withArchitecture(cbow ? Architecture.CBOW : Architecture.SKIP_GRAM)
                .withLearningRate(cbow ? 0.05 : 0.025)
                .withThreads(Integer.parseInt(arguments[3]))
                .withEpochs(Integer.parseInt(arguments[4]));
        if (arguments[2].equals("hierarchical")) {
            options = options.withObjective(new Objective.HierarchicalSoftmax());
        }
        Word2Vec.train(Corpus.of(Path.of(arguments[0])), options).save(Path.of(arguments[5]));
    }
}
