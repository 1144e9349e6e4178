package dev.jeton.torch;

import java.util.Arrays;
import java.util.List;

/**
 * The window that a pooling operator moves over its input. Each list has one number for all spatial dimensions, or one
 * for each.
 *
 * @param size how many elements it covers
 * @param stride by how many elements it moves
 * @param padding how many elements are thought of at both ends of the input: at most half the size
 * @param roundUp whether a last window that reaches beyond the end counts
 * @param countPadding whether an average divides by the padding too
 */
public record Window(
        List<Integer> size, List<Integer> stride, List<Integer> padding, boolean roundUp, boolean countPadding) {
    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if a size or stride is less than 1, or a padding less than 0
     */
    public Window {
        size = atLeast(1, "window: size", size);
        stride = atLeast(1, "window: stride", stride);
        padding = atLeast(0, "window: padding", padding);
    }

    /** Returns windows of a size that touch without overlapping: one size for all dimensions, or one for each. */
    public static Window of(int... size) {
        List<Integer> sizes = Arrays.stream(size).boxed().toList();
        return new Window(sizes, sizes, List.of(0), false, true);
    }

    /** Returns this window with another stride. */
    public Window withStride(int... stride) {
        return new Window(size, Arrays.stream(stride).boxed().toList(), padding, roundUp, countPadding);
    }

    /** Returns this window with another padding. */
    public Window withPadding(int... padding) {
        return new Window(size, stride, Arrays.stream(padding).boxed().toList(), roundUp, countPadding);
    }

    /** Returns this window with a last place that may reach beyond the end. */
    public Window roundedUp() {
        return new Window(size, stride, padding, true, countPadding);
    }

    /** Returns this window with averages over the elements of the input only. */
    public Window withoutCountingPadding() {
        return new Window(size, stride, padding, roundUp, false);
    }

    /** Checks and copies a list of numbers a dimension. */
    static List<Integer> atLeast(int least, String what, List<Integer> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException(what + " must have one number, or one a dimension: it has none");
        }
        for (int value : values) {
            if (value < least) {
                throw new IllegalArgumentException(what + " must be at least " + least + ", it is " + values);
            }
        }
        return List.copyOf(values);
    }

    /** Returns one number for each dimension. */
    static long[] spread(String operator, String what, List<Integer> values, int dimensions) {
        if (values.size() != 1 && values.size() != dimensions) {
            throw new ShapeException(operator + ": " + what + " must have one number, or " + dimensions
                    + " for as many dimensions: it is " + values);
        }
        long[] spread = new long[dimensions];
        Arrays.setAll(spread, i -> values.get(values.size() == 1 ? 0 : i));
        return spread;
    }
}
