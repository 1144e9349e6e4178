package dev.jeton.text;

import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** The most probable cut of a word into pieces (Kudo, Subword regularization, §3, arXiv 1804.10959), found by Viterbi. */
final class UnigramModel implements Model {
    private static final double UNKNOWN_PENALTY = 10;

    private final Vocabulary vocabulary;
    private final Scores scores;
    private final int unknownId;
    private final PieceTrie trie = new PieceTrie();
    private final int[] byteIds = new int[256];

    /** The pieces' log probabilities. */
    static final class Scores {
        /** By id; NaN for what is no piece of a text. */
        private final double[] ofPiece;
        /** Of a character that no piece covers. */
        private final double unknown;
        /** Whether what is unknown becomes bytes. */
        private final boolean byteFallback;
        /** Whether sums are rounded to float at each step and unknown characters stay single, as SentencePiece has it. */
        private final boolean sentencePiece;

        private Scores(double[] ofPiece, double unknown, boolean byteFallback, boolean sentencePiece) {
            this.ofPiece = ofPiece;
            this.unknown = unknown;
            this.byteFallback = byteFallback;
            this.sentencePiece = sentencePiece;
        }

        /** As the Hugging Face libraries score: every piece counts. */
        static Scores of(double[] ofPiece, boolean byteFallback) {
            double least = Double.POSITIVE_INFINITY;
            for (double score : ofPiece) {
                least = Math.min(least, score);
            }
            return new Scores(ofPiece, least - UNKNOWN_PENALTY, byteFallback, false);
        }

        /** As SentencePiece scores: symbols of the user's always win, control pieces and bytes never come from text. */
        static Scores of(SentencePieceProto proto) {
            double[] scores = new double[proto.pieces().size()];
            float least = Float.MAX_VALUE;
            float most = Float.MIN_NORMAL;
            for (SentencePieceProto.Piece piece : proto.pieces()) {
                if (piece.type() == SentencePieceProto.Type.NORMAL) {
                    least = Math.min(least, piece.score());
                    most = Math.max(most, piece.score());
                }
            }
            for (int id = 0; id < scores.length; id++) {
                SentencePieceProto.Piece piece = proto.pieces().get(id);
                scores[id] = switch (piece.type()) {
                    case NORMAL -> piece.score();
                    case USER_DEFINED -> Utf8.encode(piece.text()).length * most - 0.1;
                    case UNKNOWN, CONTROL, UNUSED, BYTE -> Double.NaN;
                };
            }
            return new Scores(
                    scores, least - (float) UNKNOWN_PENALTY, proto.trainer().byteFallback(), true);
        }
    }

    /** {@code unknownId} is -1 where there is none. */
    UnigramModel(Vocabulary vocabulary, Scores scores, int unknownId) {
        this.vocabulary = vocabulary;
        this.scores = scores;
        this.unknownId = unknownId;
        for (int id = 0; id < vocabulary.size(); id++) {
            String token = vocabulary.token(id);
            boolean named = token != null && !token.isEmpty() && vocabulary.id(token) == id;
            if (token != null && named && !Double.isNaN(scores.ofPiece[id])) {
                trie.add(token, 0, id);
            }
        }
        for (int i = 0; i < 256; i++) {
            byteIds[i] = vocabulary.id("<0x%02X>".formatted(i));
        }
    }

    @Override
    public Vocabulary vocabulary() {
        return vocabulary;
    }

    double score(int id) {
        return scores.ofPiece[id];
    }

    int unknownId() {
        return unknownId;
    }

    boolean byteFallback() {
        return scores.byteFallback;
    }

    PieceTrie trie() {
        return trie;
    }

    /** Whether what is kept of a sum is rounded to float at each step, as SentencePiece has it. */
    boolean isSentencePiece() {
        return scores.sentencePiece;
    }

    double unknownScore() {
        return scores.unknown;
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
                    offer(best, starts, ids, from, to, id, best[from] + scores.ofPiece[id]);
                    single |= to == from + 1;
                }
            }
            if (!single) {
                offer(best, starts, ids, from, from + 1, -1, best[from] + scores.unknown);
            }
        }
        emit(word, starts, ids, sink);
    }

    private void offer(double[] best, int[] starts, int[] ids, int from, int to, int id, double score) {
        if (starts[to] < 0 || score > best[to]) {
            best[to] = scores.sentencePiece ? (float) score : score;
            starts[to] = from;
            ids[to] = id;
        }
    }

    private void emit(AlignedText word, int[] starts, int[] ids, Sink sink) {
        record Piece(int id, int from, int to) {}
        var pieces = new ArrayList<Piece>();
        for (int end = word.size(); end > 0; end = starts[end]) {
            Piece next = pieces.isEmpty() ? null : pieces.getLast();
            if (ids[end] < 0 && next != null && next.id < 0 && !scores.sentencePiece) {
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
        if (scores.byteFallback) {
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
