package dev.jeton.text;

/** A normaliser on UTF-8 bytes, for the fast paths. */
interface ByteNormalizer {

    /**
     * Writes a part of a text into {@link Scratch#normal}, from its beginning; sets {@link Scratch#failed} where only the whole
     * pipeline can do it right.
     *
     * @param from where the part begins; the text begins at 0
     * @return the end of what was written
     */
    int normalize(byte[] text, int from, int to, Scratch scratch);
}
