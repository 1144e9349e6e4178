package dev.jeton.text;

/** Each word is a token or unknown. */
record WordLevelModel(Vocabulary vocabulary, String unknownToken) implements Model {
    @Override
    public void tokenize(AlignedText word, Sink sink) {
        int id = vocabulary.id(word.toString());
        if (id < 0) {
            id = vocabulary.id(unknownToken);
        }
        if (id < 0) {
            throw new TokenizerException("word level: the vocabulary holds neither the word \"" + word
                    + "\" nor the unknown token \"" + unknownToken + "\"");
        }
        sink.token(id, 0, word.size(), null);
    }
}
