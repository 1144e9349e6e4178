package dev.jeton.text;

import org.jspecify.annotations.Nullable;

/** {@link UnigramModel} on the bytes of a word; a space stands for the visible one. */
final class UnigramWords implements WordEncoder {
    private static final byte[] SPACE = Utf8.encode(Character.toString(SentencePieceNormalizer.SPACE));

    private final UnigramModel model;
    private final DoubleArray pieces;
    /** The base of what goes on behind a visible space, and the piece that is only that. */
    private final int spaceBase;

    private final int spaceId;
    /** By id, how many bytes a piece has. */
    private final int[] lengths;

    UnigramWords(UnigramModel model) {
        this.model = model;
        pieces = DoubleArray.of(model.trie());
        int unit = pieces.next(DoubleArray.ROOT, SPACE[0]);
        unit = unit == 0 ? 0 : pieces.next(DoubleArray.base(unit), SPACE[1]);
        int base = DoubleArray.base(unit);
        unit = unit == 0 ? 0 : pieces.next(base, SPACE[2]);
        spaceBase = DoubleArray.base(unit);
        spaceId = DoubleArray.endsPiece(unit) ? pieces.id(base, SPACE[2]) : -1;
        lengths = new int[model.vocabulary().size()];
        for (int id = 0; id < lengths.length; id++) {
            String piece = model.vocabulary().token(id);
            for (int i = 0; piece != null && i < piece.length(); i++) {
                char sign = piece.charAt(i);
                boolean half = Character.isSurrogate(sign);
                lengths[id] += sign == SentencePieceNormalizer.SPACE ? 1 : half ? 2 : Utf8.length(sign);
            }
        }
        for (int value = 0; model.isSentencePiece() && model.byteFallback() && value < 256; value++) {
            lengths[model.byteId(value)] = 1;
        }
    }

    @Override
    public boolean encode(byte[] text, int from, int to, Scratch scratch) {
        encode(text, from, to, 0, scratch);
        return !scratch.failed;
    }

    /** The same where the text before has scored something already, which rounding hangs on. */
    void encode(byte[] text, int from, int to, float score, Scratch scratch) {
        BestCut cut = scratch.cut;
        find(text, from, to, score, cut);
        for (int i = 0; i < cut.count(); i++) {
            if (cut.id(i) >= 0) {
                scratch.add(cut.id(i));
            } else if (model.byteFallback()) {
                addBytes(text, from + cut.start(i), from + cut.end(i), scratch);
            } else {
                scratch.failed |= model.unknownId() < 0;
                scratch.add(model.unknownId());
            }
        }
    }

    private void addBytes(byte[] text, int from, int to, Scratch scratch) {
        for (int i = from; i < to; i++) {
            if (text[i] != ' ') {
                scratch.add(model.byteId(text[i]));
                continue;
            }
            for (byte value : SPACE) {
                scratch.add(model.byteId(value));
            }
        }
    }

    private void find(byte[] text, int from, int to, float score, BestCut cut) {
        int size = to - from;
        cut.open(size, score, model.isSentencePiece());
        for (int at = 0; at < size; ) {
            int next = Math.min(size, at + Utf8.sequenceLength(text[from + at]));
            boolean single = false;
            int end = at;
            int base = DoubleArray.ROOT;
            if (text[from + at] == ' ') {
                base = spaceBase;
                end++;
                if (spaceId >= 0) {
                    cut.offer(at, end, spaceId, cut.score(at) + model.score(spaceId));
                    single = true;
                }
            }
            while (base != 0 && end < size) {
                byte value = text[from + end++];
                int unit = pieces.next(base, value);
                if (unit == 0) {
                    break;
                }
                if (DoubleArray.endsPiece(unit)) {
                    int id = pieces.id(base, value);
                    cut.offer(at, end, id, cut.score(at) + model.score(id));
                    single |= end == next;
                }
                base = DoubleArray.base(unit);
            }
            if (!single) {
                cut.offerUnknown(at, next, cut.score(at) + model.unknownScore());
            }
            at = next;
        }
        cut.close();
    }

    /** What the text has scored behind known pieces. */
    float score(float before, int[] ids, int from, int to) {
        float sum = before;
        for (int i = from; i < to; i++) {
            sum = (float) (sum + model.score(ids[i]));
        }
        return sum;
    }

    @Override
    public boolean ends(byte[] text, int from, int to, Scratch scratch, int first, int[] ends) {
        int end = from;
        for (int i = first; i < scratch.size; i++) {
            int id = scratch.ids[i];
            if (id == model.unknownId()) {
                return endsOfCut(text, from, to, scratch, first, ends);
            }
            end += lengths[id];
            ends[i - first] = end;
        }
        return end == to; // elsewhere bytes share the range of all that is unknown
    }

    private boolean endsOfCut(byte[] text, int from, int to, Scratch scratch, int first, int[] ends) {
        BestCut cut = scratch.cut;
        if (!model.isSentencePiece()) { // whose words with unknown parts are never kept, so that the cut is still here
            find(text, from, to, 0, cut);
        }
        for (int i = 0; i < cut.count(); i++) {
            ends[i] = from + cut.end(i);
        }
        return cut.count() == scratch.size - first;
    }

    @Override
    public @Nullable String surface(int id, byte[] text, int from, int to) {
        return id == model.unknownId()
                ? Utf8.string(text, from, to).replace(' ', (char) SentencePieceNormalizer.SPACE)
                : null;
    }
}
