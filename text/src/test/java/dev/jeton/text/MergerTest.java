package dev.jeton.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of any length and kind are merged as the definition says: the pair of least rank, of equal ones the leftmost. */
class MergerTest {
    private static final int SYMBOLS = 4;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void equalsTheDefinition(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 60; i++) {
            MergeTable table = table(random, i % 3 == 0);
            var merger = new Merger();
            for (int j = 0; j < 12; j++) {
                int[] row = row(random);
                merger.clear();
                for (int symbol : row) {
                    merger.add(symbol);
                }
                merger.merge(table);
                var tokens = new ArrayList<Integer>();
                int at = 0;
                for (; at < merger.size(); at += merger.span(at)) {
                    tokens.add(merger.token(at));
                }
                assertThat(at).isEqualTo(row.length);
                assertThat(tokens).as("seed %d, table %d, row %d", seed, i, j).isEqualTo(merged(row, table));
            }
        }
    }

    /** Merges as they are learnt, each of tokens that are there already; or in any order, as no trainer would. */
    private static MergeTable table(Random random, boolean shuffled) {
        int size = random.nextInt(40);
        var merges = new ArrayList<int[]>();
        for (int i = 0; i < size; i++) {
            int tokens = SYMBOLS + i;
            boolean same = random.nextBoolean();
            int left = random.nextInt(tokens);
            merges.add(new int[] {left, same ? left : random.nextInt(tokens), tokens});
        }
        if (shuffled) {
            java.util.Collections.shuffle(merges, random);
        }
        var table = new MergeTable(size);
        for (int[] merge : merges) {
            table.add(merge[0], merge[1], merge[2]);
        }
        return table;
    }

    /** Runs of one symbol with others between them. */
    private static int[] row(Random random) {
        int[] row = new int[random.nextInt(random.nextBoolean() ? 70 : 700)];
        int run = 1 + random.nextInt(200);
        for (int i = 0; i < row.length; i++) {
            row[i] = i > 0 && random.nextInt(run) > 0 ? row[i - 1] : random.nextInt(SYMBOLS);
        }
        return row;
    }

    private static List<Integer> merged(int[] row, MergeTable table) {
        var tokens = new ArrayList<Integer>();
        for (int symbol : row) {
            tokens.add(symbol);
        }
        while (true) {
            int best = -1;
            int least = MergeTable.NONE;
            for (int i = 0; i + 1 < tokens.size(); i++) {
                int rank = table.rank(tokens.get(i), tokens.get(i + 1));
                if (rank < least) {
                    least = rank;
                    best = i;
                }
            }
            if (best < 0) {
                return tokens;
            }
            tokens.set(best, table.result(least));
            tokens.remove(best + 1);
        }
    }
}
