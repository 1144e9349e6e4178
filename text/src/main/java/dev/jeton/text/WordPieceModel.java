package dev.jeton.text;

/** The longest piece first, all but the first of a word with a prefix; a word that cannot be made is unknown as a whole. */
final class WordPieceModel implements Model {
    private final Vocabulary vocabulary;
    private final String unknownToken;
    private final String prefix;
    private final int maxCharsPerWord;
    private final PieceTrie heads = new PieceTrie();
    private final PieceTrie tails = new PieceTrie();

    WordPieceModel(Vocabulary vocabulary, String unknownToken, String prefix, int maxCharsPerWord) {
        this.vocabulary = vocabulary;
        this.unknownToken = unknownToken;
        this.prefix = prefix;
        this.maxCharsPerWord = maxCharsPerWord;
        for (int id = 0; id < vocabulary.size(); id++) {
            String token = vocabulary.token(id);
            if (token == null || token.isEmpty() || vocabulary.id(token) != id) {
                continue;
            }
            heads.add(token, 0, id);
            if (token.startsWith(prefix) && token.length() > prefix.length()) {
                tails.add(token, prefix.length(), id);
            }
        }
    }

    @Override
    public Vocabulary vocabulary() {
        return vocabulary;
    }

    /** The pieces that begin a word. */
    PieceTrie heads() {
        return heads;
    }

    /** The pieces that go on with one, less their prefix. */
    PieceTrie tails() {
        return tails;
    }

    String unknownToken() {
        return unknownToken;
    }

    String prefix() {
        return prefix;
    }

    int maxCharsPerWord() {
        return maxCharsPerWord;
    }

    int unknownId() {
        int id = vocabulary.id(unknownToken);
        if (id < 0) {
            throw new TokenizerException(
                    "word piece: the vocabulary does not hold the unknown token \"" + unknownToken + "\"");
        }
        return id;
    }

    @Override
    public void tokenize(AlignedText word, Sink sink) {
        int size = word.size();
        if (size > maxCharsPerWord) {
            sink.token(unknownId(), 0, size, null);
            return;
        }
        int[] ids = new int[size];
        int[] ends = new int[size];
        int count = 0;
        for (int from = 0; from < size; from = ends[count - 1]) {
            long found = (from == 0 ? heads : tails).longest(word, from);
            if (found < 0) {
                sink.token(unknownId(), 0, size, null);
                return;
            }
            ids[count] = (int) found;
            ends[count++] = (int) (found >> 32);
        }
        for (int i = 0; i < count; i++) {
            sink.token(ids[i], i == 0 ? 0 : ends[i - 1], ends[i], null);
        }
    }
}
