package dev.jeton.text;

import java.util.Arrays;

/**
 * The learning of merges: again and again the most frequent pair of neighbours becomes a symbol (Sennrich et al., Neural Machine
 * Translation of Rare Words with Subword Units, §3.2, arXiv 1508.07909), with the counts kept up to date.
 */
final class PairMerging {
    /** Makes or finds the symbol of two, and takes notice of the merge. */
    interface Learner {
        /** Whether there is room for another symbol. */
        boolean wantsMore();

        int merge(int left, int right);
    }

    private final int[] symbols;
    private final int[] starts;
    private final int[] lengths;
    private final long[] counts;
    private final PairIndex pairs = new PairIndex();
    private final PairQueue queue = new PairQueue();
    private int[] fresh = new int[64];
    private int freshCount;

    /**
     * @param symbols the words' symbols, one word after another; changed in place
     * @param starts where each word begins, and at last where the last one ends
     */
    PairMerging(int[] symbols, int[] starts, long[] counts) {
        this.symbols = symbols;
        this.starts = starts;
        this.counts = counts;
        lengths = new int[counts.length];
        for (int word = 0; word < counts.length; word++) {
            lengths[word] = starts[word + 1] - starts[word];
            for (int i = starts[word]; i + 1 < starts[word + 1]; i++) {
                int pair = pairs.of(PairIndex.key(symbols[i], symbols[i + 1]));
                pairs.count(pair, counts[word]);
                pairs.note(pair, word);
            }
        }
        for (int pair = 0; pair < pairs.size(); pair++) {
            queue.push(pairs.key(pair), pairs.count(pair));
        }
    }

    void learn(long minFrequency, Learner learner) {
        while (learner.wantsMore() && !queue.isEmpty()) {
            long key = queue.topPair();
            int pair = pairs.of(key);
            long count = pairs.count(pair);
            if (count != queue.topCount()) {
                queue.recount(count);
                continue;
            }
            if (count < Math.max(1, minFrequency)) {
                return;
            }
            queue.pop();
            int left = (int) (key >> 32);
            int right = (int) key;
            int merged = learner.merge(left, right);
            for (int word : pairs.takeWords(pair)) {
                merge(word, left, right, merged);
            }
            pushFresh();
        }
    }

    private void merge(int word, int left, int right, int merged) {
        int from = starts[word];
        int to = from + lengths[word];
        int end = from;
        int i = from;
        while (i < to) {
            if (symbols[i] != left || i + 1 == to || symbols[i + 1] != right) {
                symbols[end++] = symbols[i++];
                continue;
            }
            if (end > from) {
                pairs.count(pairs.of(PairIndex.key(symbols[end - 1], left)), -counts[word]);
                appear(symbols[end - 1], merged, word);
            }
            if (i + 2 < to) {
                pairs.count(pairs.of(PairIndex.key(right, symbols[i + 2])), -counts[word]);
                appear(merged, symbols[i + 2], word);
            }
            symbols[end++] = merged;
            i += 2;
        }
        lengths[word] = end - from;
    }

    private void appear(int left, int right, int word) {
        int pair = pairs.of(PairIndex.key(left, right));
        pairs.count(pair, counts[word]);
        pairs.note(pair, word);
        if (freshCount == fresh.length) {
            fresh = Arrays.copyOf(fresh, freshCount * 2);
        }
        if (freshCount == 0 || fresh[freshCount - 1] != pair) {
            fresh[freshCount++] = pair;
        }
    }

    private void pushFresh() {
        Arrays.sort(fresh, 0, freshCount);
        for (int i = 0; i < freshCount; i++) {
            boolean repeated = i > 0 && fresh[i] == fresh[i - 1];
            if (!repeated && pairs.count(fresh[i]) > 0) {
                queue.push(pairs.key(fresh[i]), pairs.count(fresh[i]));
            }
        }
        freshCount = 0;
    }
}
