package dev.jeton.text;

import org.jspecify.annotations.Nullable;

/** Turns words of UTF-8 bytes into ids. */
interface WordEncoder {

    /**
     * Adds a word's ids to the scratch memory.
     *
     * @param text the word lies in it from {@code from} to {@code to}; it goes on for at least 16 bytes
     * @return whether they are worth keeping
     */
    boolean encode(byte[] text, int from, int to, Scratch scratch);

    /**
     * Tells the end of each of a word's tokens by their ids, from {@code scratch.ids[first]} to the last one found.
     *
     * @return false where the ids do not tell
     */
    boolean ends(byte[] text, int from, int to, Scratch scratch, int first, int[] ends);

    /** How a token is written if that is not how the vocabulary writes it. */
    default @Nullable String surface(int id, byte[] text, int from, int to) {
        return null;
    }
}
