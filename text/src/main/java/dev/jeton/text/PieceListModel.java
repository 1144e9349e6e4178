package dev.jeton.text;

/**
 * SentencePiece's word and character models: each word (with its space) or each character is a piece or unknown.
 *
 * @param symbols pieces that are taken whole wherever they begin; null for the word model
 */
record PieceListModel(
        Vocabulary vocabulary, PieceTrie symbols, boolean words, boolean whitespaceAsSuffix, int unknownId)
        implements Model {

    @Override
    public void tokenize(AlignedText text, Sink sink) {
        int from = 0;
        while (from < text.size()) {
            int to = words ? wordEnd(text, from) : symbolEnd(text, from);
            int id = vocabulary.id(text.string(from, to));
            sink.token(id < 0 ? unknownId : id, from, to, null);
            from = to;
        }
    }

    private int wordEnd(AlignedText text, int from) {
        for (int i = from; i < text.size(); i++) {
            boolean space = text.point(i) == SentencePieceNormalizer.SPACE;
            if (space && whitespaceAsSuffix) {
                return i + 1;
            }
            if (space && i > from) {
                return i;
            }
        }
        return text.size();
    }

    private int symbolEnd(AlignedText text, int from) {
        long match = symbols.longest(text, from);
        return match >= 0 ? (int) (match >> 32) : from + 1;
    }
}
