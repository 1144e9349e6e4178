package dev.jeton.text;

/** Turns words of UTF-8 bytes into ids. */
interface WordEncoder {

    /**
     * Adds a word's ids to the scratch memory.
     *
     * @param text the word lies in it from {@code from} to {@code to}; it goes on for at least 16 bytes
     */
    void encode(byte[] text, int from, int to, Scratch scratch);
}
