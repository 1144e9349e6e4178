package dev.jeton.text;

import java.util.function.IntToLongFunction;

/**
 * The learning of merges: again and again the most frequent pair of neighbours becomes a symbol (Sennrich et al., Neural Machine
 * Translation of Rare Words with Subword Units, §3.2, arXiv 1508.07909), with the counts kept up to date.
 *
 * <p>A merge changes only pairs with what stands to its left and right, so those are summed up by symbol first: the table
 * of pairs is asked once for each different neighbour, not once for each place.
 */
final class PairMerging {
    /** Makes or finds the symbol of two, and takes notice of the merge. */
    interface Learner {
        /** Whether there is room for another symbol. */
        boolean wantsMore();

        int merge(int left, int right);
    }

    private final SymbolText text;
    private final long leastCount;
    private final PairTable pairs;
    private final PairQueue queue = new PairQueue();
    private final Neighbours before = new Neighbours();
    private final Neighbours behind = new Neighbours();

    /**
     * @param text changed as pairs are merged
     * @param symbols one more than the largest symbol
     * @param minFrequency how often a pair must occur to be merged
     */
    PairMerging(SymbolText text, int symbols, int minFrequency) {
        this.text = text;
        leastCount = Math.max(1, minFrequency);
        pairs = PairTable.of(text);
        pairs.offer(queue, leastCount);
        ensureSymbols(symbols);
    }

    void learn(Learner learner) {
        while (learner.wantsMore() && !queue.isEmpty()) {
            long pair = queue.topPair();
            long count = pairs.count(pair);
            if (count != queue.topCount()) {
                queue.recount(count);
                continue;
            }
            if (count < leastCount) {
                return;
            }
            queue.pop();
            int left = PairTable.left(pair);
            int right = PairTable.right(pair);
            int merged = learner.merge(left, right);
            ensureSymbols(merged + 1);
            long span = pairs.takeWords(pair);
            int[] words = pairs.words();
            int from = (int) (span >>> 32);
            for (int i = from; i < from + (int) span; i++) {
                text.merge(words[i], left, right, merged, before, behind);
            }
            settle(left, right, merged);
        }
    }

    private void ensureSymbols(int limit) {
        before.ensureSymbols(limit);
        behind.ensureSymbols(limit);
    }

    /** Brings the pairs up to date with what the neighbours have lost and gained. */
    private void settle(int left, int right, int merged) {
        IntToLongFunction pairBefore = symbol -> PairTable.pair(symbol, merged);
        IntToLongFunction pairBehind = symbol -> PairTable.pair(merged, symbol);
        move(before, symbol -> PairTable.pair(symbol, left), pairBefore);
        move(behind, symbol -> PairTable.pair(right, symbol), pairBehind);
        offer(before, pairBefore, -1);
        offer(behind, pairBehind, before.count(merged) > 0 ? merged : -1);
        before.clear();
        behind.clear();
    }

    private void move(Neighbours side, IntToLongFunction old, IntToLongFunction fresh) {
        for (int i = 0; i < side.size(); i++) {
            int symbol = side.symbol(i);
            pairs.count(old.applyAsLong(symbol), -side.count(symbol));
            pairs.count(fresh.applyAsLong(symbol), side.count(symbol));
        }
        side.addWords(pairs, fresh);
    }

    /** Puts the new pairs into the queue, less that with a symbol whose pair is there already. */
    private void offer(Neighbours side, IntToLongFunction fresh, int without) {
        for (int i = 0; i < side.size(); i++) {
            int symbol = side.symbol(i);
            long pair = fresh.applyAsLong(symbol);
            long count = pairs.count(pair);
            if (count >= leastCount && symbol != without) {
                queue.push(pair, count);
            }
        }
    }
}
