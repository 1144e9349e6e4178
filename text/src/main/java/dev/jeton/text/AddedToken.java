package dev.jeton.text;

/**
 * A token that is found in the text before anything else happens to it.
 *
 * @param content the text that it is found by
 * @param special whether it controls the model, so that decoding can leave it out
 * @param singleWord whether it counts only where no word character touches it
 * @param lstrip whether it takes the white space before it along
 * @param rstrip whether it takes the white space behind it along
 * @param normalized whether it is looked for in the normalised text (and is itself normalised)
 */
public record AddedToken(
        String content, boolean special, boolean singleWord, boolean lstrip, boolean rstrip, boolean normalized) {

    /** A control token: found in the text as it is. */
    public static AddedToken special(String content) {
        return new AddedToken(content, true, false, false, false, false);
    }

    /** A token of the user's: found in the normalised text. */
    public static AddedToken of(String content) {
        return new AddedToken(content, false, false, false, false, true);
    }
}
