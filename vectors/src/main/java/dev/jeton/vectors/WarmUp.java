package dev.jeton.vectors;

import java.io.Closeable;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Has the JIT compile the work of a training while its corpus is still read. Vectors are slow beyond measure until then: without this, the
 * first second and a half of every training is lost.
 */
final class WarmUp implements Closeable {
    private static final int WORDS = 64;

    /** The JIT needs no longer, whatever the corpus. */
    private static final long LIMIT_NANOS = 3_000_000_000L;

    private volatile boolean over;

    private WarmUp() {}

    static WarmUp start(Word2VecOptions options, Kernel kernel) {
        WarmUp warmUp = new WarmUp();
        Thread.ofPlatform().daemon().name("jeton-vectors-warm-up").start(() -> warmUp.run(options, kernel));
        return warmUp;
    }

    private void run(Word2VecOptions options, Kernel kernel) {
        Vocabulary vocabulary = Vocabulary.of(
                IntStream.range(0, WORDS).mapToObj(String::valueOf).toList(),
                LongStream.generate(() -> 1).limit(WORDS).toArray());
        Matrix rows = Matrix.zeros(WORDS, options.dimension());
        Matrix outputs = Matrix.zeros(WORDS + 1, options.dimension());
        SentenceTrainer sentences = new SentenceTrainer(
                new Trainer(vocabulary, options, kernel, InputRows.ofWords(rows, kernel), outputs), WORDS);
        Randoms random = new Randoms(options.seed(), 0, 0);
        int[] words = new int[WORDS / 2];
        for (long end = System.nanoTime() + LIMIT_NANOS; !over && System.nanoTime() < end; ) {
            sentences.begin(random);
            for (int i = 0; i < words.length; i++) {
                words[i] = random.below(WORDS);
            }
            sentences.train(words, words.length, (float) options.learningRate());
        }
    }

    @Override
    public void close() {
        over = true;
    }
}
