import java.io.File;
import org.deeplearning4j.models.embeddings.learning.impl.elements.CBOW;
import org.deeplearning4j.models.embeddings.learning.impl.elements.SkipGram;
import org.deeplearning4j.models.word2vec.VocabWord;
import org.deeplearning4j.models.word2vec.Word2Vec;
import org.deeplearning4j.text.sentenceiterator.LineSentenceIterator;
import org.deeplearning4j.text.tokenization.tokenizerfactory.DefaultTokenizerFactory;

/**
 * One training by DL4J, without saving: {@code java -cp 'JARS/*' Word2VecDl4j.java CORPUS skip-gram|cbow negative|hierarchical THREADS EPOCHS}.
 * JARS holds org.deeplearning4j:deeplearning4j-nlp:1.0.0-M2.1 and org.nd4j:nd4j-native with its natives; it is no part of Jeton's build.
 */
final class Word2VecDl4j {
    public static void main(String[] arguments) {
        boolean cbow = arguments[1].equals("cbow");
        boolean hierarchical = arguments[2].equals("hierarchical");
        new Word2Vec.Builder()
                .iterate(new LineSentenceIterator(new File(arguments[0])))
                .tokenizerFactory(new DefaultTokenizerFactory())
                .elementsLearningAlgorithm(cbow ? new CBOW<VocabWord>() : new SkipGram<VocabWord>())
                .useHierarchicSoftmax(hierarchical)
                .negativeSample(hierarchical ? 0 : 5)
                .layerSize(100)
                .windowSize(5)
                .sampling(1e-4)
                .minWordFrequency(5)
                .learningRate(cbow ? 0.05 : 0.025)
                .minLearningRate(1e-6)
                .workers(Integer.parseInt(arguments[3]))
                .epochs(Integer.parseInt(arguments[4]))
                .iterations(1)
                .batchSize(512)
                .seed(1)
                .build()
                .fit();
    }
}
