package dev.jeton.vectors;

import java.util.Comparator;
import java.util.stream.IntStream;

/** The way to each word in the Huffman tree of the vocabulary: frequent words lie near the root. */
final class HuffmanTree {
    /** For the words in turn: inner nodes from the root down, and the sign of the turn at each. */
    private final int[] nodes;

    private final boolean[] left;
    private final int[] starts;
    private final int longest;

    /** Builds the tree in linear time once words are sorted by count: the two lightest nodes are always at one of two ends. */
    HuffmanTree(Vocabulary vocabulary) {
        int n = vocabulary.size();
        int[] byCount = IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.comparingLong(vocabulary::count).reversed())
                .mapToInt(Integer::intValue)
                .toArray();
        long[] weight = new long[Math.max(1, 2 * n - 1)];
        int[] parent = new int[weight.length];
        boolean[] isLeft = new boolean[weight.length];
        for (int i = 0; i < n; i++) {
            weight[i] = vocabulary.count(i);
        }
        int leaf = n - 1;
        int inner = n;
        for (int made = n; made < weight.length; made++) {
            for (int turn = 0; turn < 2; turn++) {
                boolean takesLeaf = leaf >= 0 && (inner >= made || weight[byCount[leaf]] < weight[inner]);
                int lightest = takesLeaf ? byCount[leaf--] : inner++;
                weight[made] += weight[lightest];
                parent[lightest] = made;
                isLeft[lightest] = turn == 0;
            }
        }
        starts = new int[n + 1];
        int root = weight.length - 1;
        int max = 0;
        for (int word = 0; word < n; word++) {
            int depth = 0;
            for (int node = word; node != root; node = parent[node]) {
                depth++;
            }
            starts[word + 1] = Math.addExact(starts[word], depth);
            max = Math.max(max, depth);
        }
        longest = max;
        nodes = new int[starts[n]];
        left = new boolean[starts[n]];
        for (int word = 0; word < n; word++) {
            int at = starts[word + 1];
            for (int node = word; node != root; node = parent[node]) {
                nodes[--at] = parent[node] - n;
                left[at] = isLeft[node];
            }
        }
    }

    /** Inner nodes on the longest way. */
    int longest() {
        return longest;
    }

    int start(int word) {
        return starts[word];
    }

    int end(int word) {
        return starts[word + 1];
    }

    int node(int at) {
        return nodes[at];
    }

    /** 1 for a turn to the left at {@link #node}, which the model is to find likely, -1 for one to the right. */
    float sign(int at) {
        return left[at] ? 1f : -1f;
    }
}
