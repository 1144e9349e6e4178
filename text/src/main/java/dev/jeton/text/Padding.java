package dev.jeton.text;

import java.util.OptionalInt;

/**
 * How short texts are filled up.
 *
 * @param length how many tokens a text has then; absent: as many as the longest of the batch
 * @param multipleOf the length is rounded up to a multiple of this (1: as it is)
 * @param direction the end that is filled
 * @param id the pad's id
 * @param typeId the pad's type id
 * @param token how the pad is written
 */
public record Padding(
        OptionalInt length, int multipleOf, Truncation.Direction direction, int id, int typeId, String token) {

    /** Checks the numbers. */
    public Padding {
        if (multipleOf < 1 || (length.isPresent() && length.getAsInt() < 0)) {
            throw new IllegalArgumentException("padding: multipleOf must be at least 1 and length not negative, got "
                    + multipleOf + " and " + length);
        }
    }

    /** Fills up at the end to the longest of the batch. */
    public static Padding longest(int id, String token) {
        return new Padding(OptionalInt.empty(), 1, Truncation.Direction.RIGHT, id, 0, token);
    }

    /** The same to a fixed length. */
    public Padding withLength(int tokens) {
        return new Padding(OptionalInt.of(tokens), multipleOf, direction, id, typeId, token);
    }

    /** The same, the length rounded up to a multiple. */
    public Padding withMultipleOf(int tokens) {
        return new Padding(length, tokens, direction, id, typeId, token);
    }

    /** The same at another end. */
    public Padding withDirection(Truncation.Direction other) {
        return new Padding(length, multipleOf, other, id, typeId, token);
    }

    int target(int longest) {
        int wanted = length.orElse(longest);
        return Math.ceilDiv(wanted, multipleOf) * multipleOf;
    }
}
