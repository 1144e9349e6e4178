package dev.jeton.text;

/** {@link WordPieceModel} on bytes. */
final class WordPieceWords implements WordEncoder {
    private final WordPieceModel model;
    private final int prefixLength;
    /** By id, how many bytes a token has, its prefix included. */
    private final int[] lengths;

    WordPieceWords(WordPieceModel model) {
        this.model = model;
        prefixLength = Utf8.encode(model.prefix()).length;
        lengths = new int[model.vocabulary().size()];
        for (int id = 0; id < lengths.length; id++) {
            String token = model.vocabulary().token(id);
            lengths[id] = token == null ? 0 : Utf8.encode(token).length;
        }
    }

    @Override
    public boolean encode(byte[] text, int from, int to, Scratch scratch) {
        int first = scratch.size;
        if (Utf8.count(text, from, to) > model.maxCharsPerWord()) {
            scratch.add(model.unknownId());
            return true;
        }
        for (int at = from; at < to; ) {
            long found = (at == from ? model.heads() : model.tails()).longest(text, at, to);
            if (found < 0) {
                scratch.size = first;
                scratch.add(model.unknownId());
                return true;
            }
            scratch.add((int) found);
            at = (int) (found >> 32);
        }
        return true;
    }

    @Override
    public boolean ends(byte[] text, int from, int to, Scratch scratch, int first, int[] ends) {
        int end = from;
        for (int i = first; i < scratch.size; i++) {
            end += lengths[scratch.ids[i]] - (i == first ? 0 : prefixLength);
            ends[i - first] = end;
        }
        if (scratch.size == first + 1) {
            ends[0] = to; // the unknown token, perhaps
            return true;
        }
        return end == to;
    }
}
