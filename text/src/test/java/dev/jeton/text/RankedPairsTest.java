package dev.jeton.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Ranked tokens are merged as tiktoken defines it, and by the list of their merges too. */
class RankedPairsTest {
    private static final String LETTERS = "abc";

    @Test
    void anyRanksMergeAsTiktokenDefinesIt() {
        var random = new Random(6);
        for (int round = 0; round < 300; round++) {
            Map<String, Integer> ranks = anyRanks(random, 4 + random.nextInt(60));
            check(random, round, ranks, new RankedPairs(table(ranks)));
        }
    }

    @Test
    void ranksThatWereLearntMergeByTheListToo() {
        var random = new Random(7);
        for (int round = 0; round < 300; round++) {
            Map<String, Integer> ranks = learntRanks(random, 4 + random.nextInt(60));
            check(random, round, ranks, new RankedPairs(table(ranks)));
            check(random, round, ranks, RankMerges.of(table(ranks)));
        }
    }

    private static void check(Random random, int round, Map<String, Integer> ranks, PairRanks pairs) {
        TokenTable table = table(ranks);
        for (int i = 0; i < 30; i++) {
            String text = text(random, 1 + random.nextInt(24));
            assertThat(merged(text, table, pairs))
                    .as("round %d, ranks %s, text %s", round, ranks, text)
                    .isEqualTo(byRank(text, ranks).stream().map(ranks::get).toList());
        }
    }

    @Test
    void ofTwoEqualTokensTheLaterCounts() {
        var vocabulary = new ByteVocabulary(new byte[][] {{'a'}, {'b'}, {'a', 'b'}, {'a', 'b'}});
        assertThat(vocabulary.id("ab")).isEqualTo(3);
        assertThat(vocabulary.token(2)).isEqualTo("ab");
        assertThat(RankMerges.of(vocabulary.table()).result(0)).isEqualTo(3);
    }

    /** Letters, then what two neighbours of a text make, as training finds it. */
    private static Map<String, Integer> learntRanks(Random random, int size) {
        Map<String, Integer> ranks = new HashMap<>(Map.of("a", 0, "b", 1, "c", 2));
        for (int i = 0; i < size; i++) {
            List<String> parts = byRank(text(random, 24), ranks);
            int at = random.nextInt(parts.size());
            if (at + 1 < parts.size()) {
                ranks.putIfAbsent(parts.get(at) + parts.get(at + 1), ranks.size());
            }
        }
        return ranks;
    }

    /** Letters, then words of any two tokens before, so that many are reached in one surrounding only. */
    private static Map<String, Integer> anyRanks(Random random, int size) {
        var tokens = new ArrayList<>(List.of("a", "b", "c"));
        for (int i = 0; i < size; i++) {
            String token = tokens.get(random.nextInt(tokens.size())) + tokens.get(random.nextInt(tokens.size()));
            if (!tokens.contains(token) && token.length() < 20) {
                tokens.add(token);
            }
        }
        var ranks = new HashMap<String, Integer>();
        tokens.forEach(token -> ranks.put(token, ranks.size()));
        return ranks;
    }

    private static String text(Random random, int length) {
        var text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }

    private static TokenTable table(Map<String, Integer> ranks) {
        byte[][] tokens = new byte[ranks.size()][];
        ranks.forEach((token, rank) -> tokens[rank] = token.getBytes(StandardCharsets.US_ASCII));
        return new ByteVocabulary(tokens).table();
    }

    private static List<Integer> merged(String text, TokenTable table, PairRanks pairs) {
        var merger = new Merger();
        for (byte value : text.getBytes(StandardCharsets.US_ASCII)) {
            merger.add(table.find(value));
        }
        merger.merge(pairs);
        var result = new ArrayList<Integer>();
        for (int at = 0; at < merger.size(); at += merger.span(at)) {
            result.add(merger.token(at));
        }
        return result;
    }

    /** The leftmost two neighbours whose concatenation has the least rank become one, until there are none. */
    private static List<String> byRank(String text, Map<String, Integer> ranks) {
        var parts = new ArrayList<>(List.of(text.split("")));
        while (true) {
            int best = -1;
            int least = Integer.MAX_VALUE;
            for (int i = 0; i + 1 < parts.size(); i++) {
                int rank = ranks.getOrDefault(parts.get(i) + parts.get(i + 1), Integer.MAX_VALUE);
                if (rank < least) {
                    least = rank;
                    best = i;
                }
            }
            if (best < 0) {
                return parts;
            }
            parts.set(best, parts.get(best) + parts.remove(best + 1));
        }
    }
}
