package dev.jeton.text;

/** {@link WordPieceModel} on bytes. */
final class WordPieceWords implements WordEncoder {
    private final WordPieceModel model;

    WordPieceWords(WordPieceModel model) {
        this.model = model;
    }

    @Override
    public void encode(byte[] text, int from, int to, Scratch scratch) {
        int first = scratch.size;
        if (Utf8.count(text, from, to) > model.maxCharsPerWord()) {
            scratch.add(model.unknownId());
            return;
        }
        for (int at = from; at < to; ) {
            long found = (at == from ? model.heads() : model.tails()).longest(text, at, to);
            if (found < 0) {
                scratch.size = first;
                scratch.add(model.unknownId());
                return;
            }
            scratch.add((int) found);
            at = (int) (found >> 32);
        }
    }
}
