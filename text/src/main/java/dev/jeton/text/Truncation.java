package dev.jeton.text;

/**
 * How a text that is too long is cut.
 *
 * @param maxLength how many tokens may remain, special ones included
 * @param stride how many tokens each overflowing part repeats of the one before
 * @param strategy which of two texts gives
 * @param direction at which end tokens are cut off
 */
public record Truncation(int maxLength, int stride, Strategy strategy, Direction direction) {

    /** Which of two texts gives tokens. */
    public enum Strategy {
        /** The longer one, until both are equally long. */
        LONGEST_FIRST,
        /** The first. */
        ONLY_FIRST,
        /** The second. */
        ONLY_SECOND
    }

    /** An end of a text. */
    public enum Direction {
        /** The beginning. */
        LEFT,
        /** The end. */
        RIGHT
    }

    /** Checks the numbers. */
    public Truncation {
        if (maxLength < 0 || stride < 0) {
            throw new IllegalArgumentException(
                    "truncation: maxLength and stride must not be negative, got " + maxLength + " and " + stride);
        }
    }

    /** Cuts at the end, the longer text first. */
    public static Truncation to(int maxLength) {
        return new Truncation(maxLength, 0, Strategy.LONGEST_FIRST, Direction.RIGHT);
    }

    /** The same with an overlap of {@code tokens} between overflowing parts. */
    public Truncation withStride(int tokens) {
        return new Truncation(maxLength, tokens, strategy, direction);
    }

    /** The same with another strategy. */
    public Truncation withStrategy(Strategy other) {
        return new Truncation(maxLength, stride, other, direction);
    }

    /** The same, cut at another end. */
    public Truncation withDirection(Direction other) {
        return new Truncation(maxLength, stride, strategy, other);
    }
}
