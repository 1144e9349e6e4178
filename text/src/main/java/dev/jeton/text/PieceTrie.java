package dev.jeton.text;

import java.util.Arrays;

/**
 * A trie over UTF-8 bytes that holds a vocabulary's pieces, in one open-addressed table of (node, byte) edges.
 *
 * <p>An edge is one long: node (23 bits), byte (8 bits), next node (23 bits). A node's piece is an id beside it.
 */
final class PieceTrie {
    private static final int NODE_BITS = 23;
    private static final long EMPTY = -1;
    /** Up to so many bytes are looked for in {@link #STEP} bytes of text at a time. */
    private static final int FEW = 4;

    private static final int STEP = 32;

    private long[] edges = newTable(1 << 10);
    private int used;
    private int[] ids = new int[256];
    private int nodes = 1;
    private final boolean[] first = new boolean[256];
    /** The bytes that pieces start with. */
    private byte[] firsts = {};

    PieceTrie() {
        ids[0] = -1;
    }

    private static long[] newTable(int capacity) {
        long[] table = new long[capacity];
        Arrays.fill(table, EMPTY);
        return table;
    }

    /** Adds the UTF-8 bytes of a token from the UTF-16 index {@code from} on. */
    void add(String token, int from, int id) {
        byte[] bytes = Utf8.encode(from == 0 ? token : token.substring(from));
        add(bytes, id);
    }

    void add(byte[] bytes, int id) {
        if (!first[bytes[0] & 0xFF]) {
            first[bytes[0] & 0xFF] = true;
            firsts = Arrays.copyOf(firsts, firsts.length + 1);
            firsts[firsts.length - 1] = bytes[0];
        }
        int node = 0;
        for (byte value : bytes) {
            int next = next(node, value);
            node = next >= 0 ? next : addEdge(node, value);
        }
        ids[node] = id;
    }

    private int addEdge(int node, byte value) {
        if (nodes == ids.length) {
            ids = Arrays.copyOf(ids, nodes * 2);
        }
        if (nodes >= 1 << NODE_BITS) {
            throw new TokenizerException(
                    "vocabulary: more than " + (1 << NODE_BITS) + " different beginnings of pieces");
        }
        ids[nodes] = -1;
        if (++used * 2 > edges.length) {
            long[] old = edges;
            edges = newTable(old.length * 2);
            for (long edge : old) {
                if (edge != EMPTY) {
                    put(edge);
                }
            }
        }
        put((long) node << (8 + NODE_BITS) | (long) (value & 0xFF) << NODE_BITS | nodes);
        return nodes++;
    }

    private void put(long edge) {
        int slot = slot(edge >>> NODE_BITS);
        while (edges[slot] != EMPTY) {
            slot = slot + 1 & edges.length - 1;
        }
        edges[slot] = edge;
    }

    private int slot(long key) {
        return (int) ((key * 0x9E3779B97F4A7C15L) >>> 40) & edges.length - 1;
    }

    /** All edges, in no order. */
    long[] edges() {
        return Arrays.stream(edges).filter(edge -> edge != EMPTY).toArray();
    }

    int nodes() {
        return nodes;
    }

    static int parent(long edge) {
        return (int) (edge >>> (8 + NODE_BITS));
    }

    static int label(long edge) {
        return (int) (edge >>> NODE_BITS) & 0xFF;
    }

    static int child(long edge) {
        return (int) edge & ((1 << NODE_BITS) - 1);
    }

    boolean isEmpty() {
        return nodes == 1;
    }

    /** Whether a piece starts with this byte. */
    boolean canStart(byte value) {
        return first[value & 0xFF];
    }

    /**
     * The first place from {@code from} on where a piece may start, or {@code to}; the text goes on for
     * {@link Scratch#PADDING} bytes more.
     */
    int nextStart(byte[] text, int from, int to) {
        int at = from;
        if (firsts.length <= FEW) {
            while (at < to && !hasFirst(text, at)) {
                at += STEP;
            }
        }
        while (at < to && !canStart(text[at])) {
            at++;
        }
        return Math.min(at, to);
    }

    /** Whether any of the next bytes may start a piece. */
    private boolean hasFirst(byte[] text, int at) {
        long marks = 0;
        for (byte value : firsts) {
            for (int i = 0; i < STEP; i += 8) {
                marks |= Bytes.equal(Bytes.longAt(text, at + i), value & 0xFF);
            }
        }
        return marks != 0;
    }

    /** The node behind an edge, or -1; the root is 0. */
    int next(int node, byte value) {
        long key = (long) node << 8 | (value & 0xFF);
        for (int slot = slot(key); ; slot = slot + 1 & edges.length - 1) {
            long edge = edges[slot];
            if (edge >>> NODE_BITS == key) {
                return (int) edge & (1 << NODE_BITS) - 1;
            }
            if (edge == EMPTY) {
                return -1;
            }
        }
    }

    /** The piece that ends at a node, or -1. */
    int id(int node) {
        return ids[node];
    }

    /** The longest piece of a word from code point {@code from} on: its end above 32 bits, its id below; -1 if there is none. */
    long longest(AlignedText word, int from) {
        long found = -1;
        int node = 0;
        for (int i = from; i < word.size(); i++) {
            node = next(node, word.point(i));
            if (node < 0) {
                break;
            }
            if (ids[node] >= 0) {
                found = (long) (i + 1) << 32 | ids[node];
            }
        }
        return found;
    }

    /** The longest piece of a text from a byte on: its end above 32 bits, its id below; -1 if there is none. */
    long longest(byte[] text, int from, int to) {
        long found = -1;
        int node = 0;
        for (int i = from; i < to; i++) {
            node = next(node, text[i]);
            if (node < 0) {
                break;
            }
            if (ids[node] >= 0) {
                found = ((long) (i + 1) << 32) | ids[node];
            }
        }
        return found;
    }

    /** The node a whole code point further, or -1. */
    int next(int node, int point) {
        if (point < 0x80) {
            return next(node, (byte) point);
        }
        int result = node;
        for (int i = Utf8.length(point) - 1; i >= 0 && result >= 0; i--) {
            result = next(result, (byte) Utf8.byteOf(point, i));
        }
        return result;
    }
}
