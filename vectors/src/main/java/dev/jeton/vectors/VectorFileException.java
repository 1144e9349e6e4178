package dev.jeton.vectors;

import java.nio.file.Path;

/** A file of word vectors breaks its format; the message names the file, the place and the rule. */
public final class VectorFileException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    VectorFileException(Path file, String placeAndRule) {
        super(file + ": " + placeAndRule);
    }

    /** The beginning of a line, as much of it as a message should quote. */
    static String quoted(String line) {
        return "'" + (line.length() <= 60 ? line : line.substring(0, 60) + "…") + "'";
    }
}
