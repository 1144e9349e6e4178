package dev.jeton.text;

import java.util.Arrays;
import java.util.BitSet;

/**
 * A {@link PieceTrie} that is complete, as a double array (Aoe, An Efficient Digital Search Algorithm by Using a Double-Array
 * Structure, 1989): a step is one look at one int, and the nodes of a vocabulary fit the second-level cache.
 *
 * <p>A node's children lie where its base, combined with their byte by exclusive or, says. Each unit holds its byte (8 bits),
 * whether it is taken, whether a piece ends there, and the base of its children (22 bits, 0 if it has none).
 */
final class DoubleArray {
    static final int ROOT = 1;

    private static final int TAKEN = 1 << 8;
    private static final int PIECE = 1 << 9;
    private static final int BASE_SHIFT = 10;
    /** Half of what the bases can tell apart, the rest being for places that stay free. */
    private static final int MOST_NODES = 1 << 21;
    /** After so many places in vain the search for room begins further on. */
    private static final int PATIENCE = 64;

    private int[] units = new int[1 << 10];
    private int[] ids = new int[0];
    private final BitSet taken = new BitSet();
    private final BitSet bases = new BitSet();
    private int from;

    private DoubleArray() {}

    /** Whether a trie is small enough. */
    static boolean fits(PieceTrie trie) {
        return trie.nodes() <= MOST_NODES;
    }

    static DoubleArray of(PieceTrie trie) {
        long[] edges = trie.edges();
        int[] starts = new int[trie.nodes() + 1];
        for (long edge : edges) {
            starts[PieceTrie.parent(edge) + 1]++;
        }
        Arrays.parallelPrefix(starts, Integer::sum);
        long[] sorted = new long[edges.length];
        int[] next = starts.clone();
        for (long edge : edges) {
            sorted[next[PieceTrie.parent(edge)]++] = edge;
        }
        var result = new DoubleArray();
        result.build(trie, sorted, starts);
        return result;
    }

    /** A node's number is higher than its parent's, so its own place is known when it is its turn. */
    private void build(PieceTrie trie, long[] edges, int[] starts) {
        int[] places = new int[starts.length];
        bases.set(0);
        for (int node = 0; node < starts.length - 1; node++) {
            int first = starts[node];
            int end = starts[node + 1];
            if (first == end) {
                continue;
            }
            int base = node == 0 ? ROOT : room(edges, first, end);
            bases.set(base);
            units[places[node]] |= node == 0 ? 0 : base << BASE_SHIFT;
            for (int i = first; i < end; i++) {
                int value = PieceTrie.label(edges[i]);
                int place = base ^ value;
                ensure(place);
                taken.set(place);
                int child = PieceTrie.child(edges[i]);
                places[child] = place;
                units[place] = value | TAKEN | (trie.id(child) >= 0 ? PIECE : 0);
                ids[place] = trie.id(child);
            }
        }
    }

    /** Makes room for all that may be asked for under a base. */
    private void ensure(int place) {
        if (place >= units.length) {
            units = Arrays.copyOf(units, Math.max((place | 0xFF) + 1, units.length * 2));
        }
        if (ids.length < units.length) {
            ids = Arrays.copyOf(ids, units.length);
        }
    }

    /** A base under which all children's places are free. */
    private int room(long[] edges, int first, int end) {
        int value = PieceTrie.label(edges[first]);
        int tries = 0;
        for (int place = taken.nextClearBit(from); ; place = taken.nextClearBit(place + 1)) {
            int base = place ^ value;
            if (!bases.get(base) && isFree(base, edges, first + 1, end)) {
                return base;
            }
            if (++tries == PATIENCE) {
                from = place;
            }
        }
    }

    private boolean isFree(int base, long[] edges, int first, int end) {
        for (int i = first; i < end; i++) {
            if (taken.get(base ^ PieceTrie.label(edges[i]))) {
                return false;
            }
        }
        return true;
    }

    /** The unit behind a byte, 0 if no piece goes on so. */
    int next(int base, byte value) {
        int label = (value & 0xFF) | TAKEN;
        int unit = units[base ^ (value & 0xFF)];
        return (unit & (0xFF | TAKEN)) == label ? unit : 0;
    }

    /** The base of a unit's children, 0 if it has none. */
    static int base(int unit) {
        return unit >>> BASE_SHIFT;
    }

    static boolean endsPiece(int unit) {
        return (unit & PIECE) != 0;
    }

    /** The piece that ends behind a byte. */
    int id(int base, byte value) {
        return ids[base ^ (value & 0xFF)];
    }
}
