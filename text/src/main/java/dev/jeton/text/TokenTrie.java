package dev.jeton.text;

import java.util.Arrays;
import java.util.HashMap;

/** A trie of code points in which the longest token that starts at a place is found. */
final class TokenTrie {
    private final HashMap<Long, Integer> edges = new HashMap<>();
    private int[] ids = new int[] {-1};
    private int nodes = 1;
    private final long[] first = new long[4];
    private boolean firstBeyond;

    boolean isEmpty() {
        return nodes == 1;
    }

    void add(AlignedText token, int id) {
        if (token.isEmpty()) {
            return;
        }
        int head = token.point(0);
        if (head < 256) {
            first[head >> 6] |= 1L << head;
        } else {
            firstBeyond = true;
        }
        int node = 0;
        for (int i = 0; i < token.size(); i++) {
            int next = nodes;
            Integer known = edges.putIfAbsent(edge(node, token.point(i)), next);
            if (known == null) {
                if (nodes == ids.length) {
                    ids = Arrays.copyOf(ids, nodes * 2);
                }
                ids[nodes++] = -1;
            }
            node = known == null ? next : known;
        }
        ids[node] = id;
    }

    /** Whether a token can start with this code point. */
    boolean canStart(int point) {
        return point < 256 ? (first[point >> 6] >> point & 1) != 0 : firstBeyond;
    }

    /** End of the longest token that starts at {@code from}, or -1. */
    int match(AlignedText text, int from) {
        if (!canStart(text.point(from))) {
            return -1;
        }
        int end = -1;
        int node = 0;
        for (int i = from; i < text.size(); i++) {
            node = next(node, text.point(i));
            if (node < 0) {
                break;
            }
            if (ids[node] >= 0) {
                end = i + 1;
            }
        }
        return end;
    }

    /** The id of the token that is the text from {@code from} to {@code to}. */
    int lastId(AlignedText text, int from, int to) {
        int node = 0;
        for (int i = from; i < to; i++) {
            node = next(node, text.point(i));
        }
        return ids[node];
    }

    /** The node behind an edge, or -1; the root is 0. */
    int next(int node, int point) {
        Integer next = edges.get(edge(node, point));
        return next == null ? -1 : next;
    }

    /** The id of the token that ends at a node, or -1. */
    int id(int node) {
        return ids[node];
    }

    private static long edge(int node, int point) {
        return (long) node << 21 | point;
    }
}
