package dev.jeton.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a sentence teaches, by each architecture and objective, is the gradient of the loss by its definition, from finite differences. As
 * in the original, CBOW gives each word near the whole gradient of their mean, not its share.
 */
final class LossGradientTest {
    private static final int DIMENSION = 5;
    private static final int[] SENTENCE = {0, 1, 2, 1};
    /** So small that a position hardly feels what the ones before it changed. */
    private static final float RATE = 2e-4f;

    /** An output row that a mean of inputs is to be like, or unlike. */
    private record Term(int[] inputs, int output, double sign) {}

    @ParameterizedTest
    @CsvSource({"SKIP_GRAM,false", "CBOW,false", "SKIP_GRAM,true", "CBOW,true"})
    void theStepIsTheGradient(Architecture architecture, boolean hierarchical) throws IOException {
        Word2VecOptions options = Word2VecOptions.skipGram()
                .withArchitecture(architecture)
                .withDimension(DIMENSION)
                .withWindow(1)
                .withMinCount(1)
                .withObjective(hierarchical ? new Objective.HierarchicalSoftmax() : new Objective.NegativeSampling(3));
        try (EncodedCorpus corpus =
                EncodedCorpus.read(Corpus.ofLines(List.of("a a a a a b b b b c c d e")), 1, 1000, 1, List.of())) {
            Matrix in = filled(1);
            Matrix out = filled(2);
            Matrix inBefore = filled(1);
            Matrix outBefore = filled(2);
            Kernel kernel = new ScalarKernel();
            Trainer trainer = new Trainer(corpus.vocabulary(), options, kernel, InputRows.ofWords(in, kernel), out);
            SentenceTrainer sentences = new SentenceTrainer(trainer, 5);
            sentences.begin(new Randoms(3, 3, 3));
            sentences.train(SENTENCE, SENTENCE.length, RATE);
            List<Term> terms = terms(architecture, trainer);
            assertThat(sentences.takeLoss()).isCloseTo(loss(terms, inBefore, outBefore), within(1e-3));
            int near = architecture == Architecture.CBOW ? 2 : 1;
            for (int row = 0; row < 5; row++) {
                for (int d = 0; d < DIMENSION; d++) {
                    assertThat((outBefore.get(row, d) - out.get(row, d)) / RATE)
                            .as("output %d, %d", row, d)
                            .isCloseTo((float) slope(terms, inBefore, outBefore, outBefore, row, d), within(4e-3f));
                    if (near == 1) {
                        assertThat((inBefore.get(row, d) - in.get(row, d)) / RATE)
                                .as("input %d, %d", row, d)
                                .isCloseTo((float) slope(terms, inBefore, outBefore, inBefore, row, d), within(4e-3f));
                    }
                }
            }
            if (near == 2) {
                assertThat((inBefore.get(2, 0) - in.get(2, 0)) / RATE)
                        .as(
                                "the word of which one position has two words near and one has one: 2 and 1 times its share")
                        .isCloseTo((float) wholeSlope(terms, inBefore, outBefore, 2), within(4e-3f));
            }
        }
    }

    private static Matrix filled(int seed) {
        Randoms random = new Randoms(seed, 0, 0);
        Matrix matrix = Matrix.zeros(6, DIMENSION);
        for (int row = 0; row < 5; row++) {
            for (int d = 0; d < DIMENSION; d++) {
                matrix.set(row, d, 2 * random.centred());
            }
        }
        return matrix;
    }

    /** The terms of the sentence, with the negative words that the trainer will have drawn; a word takes part once. */
    private static List<Term> terms(Architecture architecture, Trainer trainer) {
        int[][] drawn = new int[SENTENCE.length][];
        if (trainer.negatives != null) {
            NegativeRing ring = new NegativeRing(trainer.negatives, 3);
            Randoms random = new Randoms(3, 3, 3);
            ring.begin(random);
            ring.draw(drawn.length, random, trainer.outputs);
            for (int position = 0; position < drawn.length; position++) {
                int[] targets = new int[4];
                int count = ring.targets(drawn.length - position, SENTENCE[position], targets);
                drawn[position] = Arrays.copyOf(targets, count);
            }
        }
        List<Term> terms = new ArrayList<>();
        for (int position = 0; position < SENTENCE.length; position++) {
            List<Integer> near = new ArrayList<>();
            if (position > 0) {
                near.add(SENTENCE[position - 1]);
            }
            if (position + 1 < SENTENCE.length) {
                near.add(SENTENCE[position + 1]);
            }
            int[] all = near.stream().mapToInt(Integer::intValue).toArray();
            List<int[]> inputs = architecture == Architecture.CBOW
                    ? List.of(all)
                    : near.stream().map(word -> new int[] {word}).toList();
            for (int[] input : inputs) {
                addTerms(terms, input, position, drawn, trainer);
            }
        }
        return terms;
    }

    private static void addTerms(List<Term> terms, int[] input, int position, int[][] drawn, Trainer trainer) {
        int word = SENTENCE[position];
        if (trainer.tree != null) {
            for (int at = trainer.tree.start(word); at < trainer.tree.end(word); at++) {
                terms.add(new Term(input, trainer.tree.node(at), trainer.tree.sign(at)));
            }
            return;
        }
        for (int target : drawn[position]) {
            terms.add(new Term(input, target, target == word ? 1 : -1));
        }
    }

    private static double loss(List<Term> terms, Matrix in, Matrix out) {
        double loss = 0;
        for (Term term : terms) {
            double product = 0;
            for (int input : term.inputs) {
                for (int d = 0; d < DIMENSION; d++) {
                    product += (double) in.get(input, d) * out.get(term.output, d) / term.inputs.length;
                }
            }
            loss += Math.log1p(Math.exp(-term.sign * product));
        }
        return loss;
    }

    private static double slope(List<Term> terms, Matrix in, Matrix out, Matrix moved, int row, int d) {
        float value = moved.get(row, d);
        float step = 1f / 128;
        moved.set(row, d, value + step);
        double above = loss(terms, in, out);
        moved.set(row, d, value - step);
        double below = loss(terms, in, out);
        moved.set(row, d, value);
        return (above - below) / (2 * step);
    }

    /** The slope along a word's first number, each term's times the number of its inputs. */
    private static double wholeSlope(List<Term> terms, Matrix in, Matrix out, int row) {
        double sum = 0;
        for (Term term : terms) {
            sum += term.inputs.length * slope(List.of(term), in, out, in, row, 0);
        }
        return sum;
    }
}
