package dev.jeton.text;

import org.jspecify.annotations.Nullable;

/** A model with SentencePiece's habits: unknown characters in a row are one piece with their text, bytes share one range. */
final class SentencePieceModel implements Model {
    private final Model inner;
    private final int unknownId;
    private final SentencePieceProto proto;

    SentencePieceModel(Model inner, int unknownId, SentencePieceProto proto) {
        this.inner = inner;
        this.unknownId = unknownId;
        this.proto = proto;
    }

    Model inner() {
        return inner;
    }

    SentencePieceProto proto() {
        return proto;
    }

    @Override
    public Vocabulary vocabulary() {
        return inner.vocabulary();
    }

    @Override
    public void tokenize(AlignedText word, Sink sink) {
        var merging = new Merging(word, sink);
        inner.tokenize(word, merging);
        merging.flush(-1);
    }

    /** Holds each token back until the next one shows whether they belong together. */
    private final class Merging implements Sink {
        private final AlignedText word;
        private final Sink sink;
        private int id = -1;
        private int from;
        private int to;

        Merging(AlignedText word, Sink sink) {
            this.word = word;
            this.sink = sink;
        }

        @Override
        public void token(int nextId, int nextFrom, int nextTo, @Nullable String surface) {
            if (id == unknownId && nextId == unknownId) {
                to = nextTo;
                return;
            }
            flush(nextFrom);
            id = nextId;
            from = nextFrom;
            to = nextTo;
        }

        /** Of the bytes of one character only the last has its range. */
        void flush(int nextFrom) {
            if (id >= 0) {
                sink.token(id, from, nextFrom == from ? from : to, id == unknownId ? word.string(from, to) : null);
            }
        }
    }
}
