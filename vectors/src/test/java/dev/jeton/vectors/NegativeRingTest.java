package dev.jeton.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each position gets its negatives, none shares them with a neighbour, and a drawn word serves five positions. */
final class NegativeRingTest {
    private static final int WORDS = 1_000_003;
    private static final int STEP = SentenceTrainer.STEP;

    private static NegativeSampler sampler(int words) {
        return new NegativeSampler(Vocabulary.of(
                IntStream.range(0, words).mapToObj(String::valueOf).toList(),
                LongStream.generate(() -> 1).limit(words).toArray()));
    }

    /** The negatives of positions that are drawn for in steps of 8, 3 and 5. */
    private static List<List<Integer>> negatives(NegativeRing ring, int count, int positions) {
        Randoms random = new Randoms(1, 2, 3);
        Matrix rows = new Matrix(Matrix.zeros(1, 1).memory(), WORDS, 1, 0);
        ring.begin(random);
        List<List<Integer>> all = new ArrayList<>();
        int[] targets = new int[count + 1];
        for (int turn = 0; all.size() < positions; turn++) {
            int step = new int[] {STEP, 3, 5}[turn % 3];
            ring.draw(step, random, rows);
            for (int back = step; back > 0; back--) {
                int different = ring.targets(back, WORDS, targets);
                assertThat(targets[0]).isEqualTo(WORDS);
                all.add(Arrays.stream(targets, 1, different).boxed().toList());
            }
        }
        return all;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 5, 7, 20})
    void aWordServesFivePositionsThatAreNoNeighbours(int count) {
        List<List<Integer>> all = negatives(new NegativeRing(sampler(WORDS), count), count, 400);
        int fresh = (count + 4) / 5;
        for (int position = 100; position < 300; position++) {
            assertThat(all.get(position)).as("position %d", position).hasSize(count);
            for (int apart = 1; apart < NegativeRing.APART; apart++) {
                assertThat(Collections.disjoint(all.get(position), all.get(position + apart)))
                        .isTrue();
            }
            for (int use = 0; use * fresh < count; use++) {
                List<Integer> drawn = all.get(position).subList(0, fresh);
                List<Integer> later = all.get(position + use * NegativeRing.APART);
                assertThat(later.subList(use * fresh, Math.min(count, (use + 1) * fresh)))
                        .isEqualTo(drawn.subList(0, Math.min(fresh, count - use * fresh)));
            }
        }
    }

    @Test
    void aWordCountsOnceAndNeverAgainstItself() {
        NegativeRing ring = new NegativeRing(sampler(3), 20);
        ring.begin(new Randoms(1, 1, 1));
        int[] targets = new int[21];
        assertThat(ring.targets(1, 2, targets)).isEqualTo(3);
        assertThat(targets[0]).isEqualTo(2);
        assertThat(Arrays.stream(targets, 1, 3).sorted().toArray()).containsExactly(0, 1);
    }
}
