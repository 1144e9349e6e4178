package dev.jeton.text;

import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** The most probable cut of a word into pieces (Kudo, Subword regularization, §3, arXiv 1804.10959), found by Viterbi. */
final class UnigramModel implements Model {
    private static final double UNKNOWN_PENALTY = 10;

    private final Vocabulary vocabulary;
    private final double[] scores;
    private final int unknownId;
    private final boolean byteFallback;
    private final double unknownScore;
    private final PieceTrie trie = new PieceTrie();
    private final int[] byteIds = new int[256];

    /** {@code unknownId} is -1 where there is none. */
    UnigramModel(Vocabulary vocabulary, double[] scores, int unknownId, boolean byteFallback) {
        this.vocabulary = vocabulary;
        this.scores = scores;
        this.unknownId = unknownId;
        this.byteFallback = byteFallback;
        double least = Double.POSITIVE_INFINITY;
        for (int id = 0; id < vocabulary.size(); id++) {
            String token = vocabulary.token(id);
            if (token != null && !token.isEmpty() && vocabulary.id(token) == id) {
                trie.add(token, 0, id);
            }
            least = Math.min(least, scores[id]);
        }
        unknownScore = least - UNKNOWN_PENALTY;
        for (int i = 0; i < 256; i++) {
            byteIds[i] = vocabulary.id("<0x%02X>".formatted(i));
        }
    }

    @Override
    public Vocabulary vocabulary() {
        return vocabulary;
    }

    double score(int id) {
        return scores[id];
    }

    int unknownId() {
        return unknownId;
    }

    boolean byteFallback() {
        return byteFallback;
    }

    PieceTrie trie() {
        return trie;
    }

    double unknownScore() {
        return unknownScore;
    }

    int byteId(int value) {
        return byteIds[value & 0xFF];
    }

    @Override
    public void tokenize(AlignedText word, Sink sink) {
        int size = word.size();
        double[] best = new double[size + 1];
        int[] starts = new int[size + 1];
        int[] ids = new int[size + 1];
        java.util.Arrays.fill(starts, -1);
        for (int from = 0; from < size; from++) {
            boolean single = false;
            int node = 0;
            for (int to = from; to < size; ) {
                node = trie.next(node, word.point(to++));
                if (node < 0) {
                    break;
                }
                int id = trie.id(node);
                if (id >= 0) {
                    offer(best, starts, ids, from, to, id, best[from] + scores[id]);
                    single |= to == from + 1;
                }
            }
            if (!single) {
                offer(best, starts, ids, from, from + 1, -1, best[from] + unknownScore);
            }
        }
        emit(word, starts, ids, sink);
    }

    private static void offer(double[] best, int[] starts, int[] ids, int from, int to, int id, double score) {
        if (starts[to] < 0 || score > best[to]) {
            best[to] = score;
            starts[to] = from;
            ids[to] = id;
        }
    }

    private void emit(AlignedText word, int[] starts, int[] ids, Sink sink) {
        record Piece(int id, int from, int to) {}
        var pieces = new ArrayList<Piece>();
        for (int end = word.size(); end > 0; end = starts[end]) {
            Piece next = pieces.isEmpty() ? null : pieces.getLast();
            if (ids[end] < 0 && next != null && next.id < 0) {
                pieces.set(pieces.size() - 1, new Piece(-1, starts[end], next.to));
            } else {
                pieces.add(new Piece(ids[end], starts[end], end));
            }
        }
        for (Piece piece : pieces.reversed()) {
            if (piece.id >= 0) {
                sink.token(piece.id, piece.from, piece.to, null);
            } else {
                emitUnknown(word, piece.from, piece.to, sink);
            }
        }
    }

    private void emitUnknown(AlignedText word, int from, int to, Sink sink) {
        @Nullable String surface = word.string(from, to);
        if (byteFallback) {
            byte[] bytes = Utf8.encode(surface);
            boolean all = true;
            for (byte value : bytes) {
                all &= byteId(value) >= 0;
            }
            if (all) {
                for (byte value : bytes) {
                    sink.token(byteId(value), from, to, null);
                }
                return;
            }
        }
        if (unknownId < 0) {
            throw new TokenizerException(
                    "unigram: the text holds \"" + surface + "\", of which no piece is known, and there is no unk_id");
        }
        sink.token(unknownId, from, to, surface);
    }
}
