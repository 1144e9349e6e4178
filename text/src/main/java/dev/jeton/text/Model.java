package dev.jeton.text;

import org.jspecify.annotations.Nullable;

/** What turns a word into tokens. */
sealed interface Model
        permits BpeModel, WordPieceModel, UnigramModel, WordLevelModel, SentencePieceModel, PieceListModel {

    /** Gives the word's tokens to {@code sink}, from left to right. */
    void tokenize(AlignedText word, Sink sink);

    Vocabulary vocabulary();

    /** Takes the tokens of a word. */
    interface Sink {
        /**
         * A token.
         *
         * @param from first code point of the word that it covers
         * @param to end of what it covers
         * @param surface its text, where that is not the vocabulary's
         */
        void token(int id, int from, int to, @Nullable String surface);
    }
}
