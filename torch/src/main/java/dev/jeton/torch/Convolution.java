package dev.jeton.torch;

import java.util.Arrays;
import java.util.List;

/**
 * How a kernel moves over its input. Each list has one number for all spatial dimensions, or one for each.
 *
 * @param stride by how many elements the kernel moves
 * @param padding how many zeros are thought of at both ends of the input
 * @param dilation how far apart the kernel's elements lie in the input
 * @param outputPadding how many elements longer the result of a transposed convolution is at its far end
 * @param groups into how many groups channels are divided that see only one another
 */
public record Convolution(
        List<Integer> stride, List<Integer> padding, List<Integer> dilation, List<Integer> outputPadding, int groups) {
    private static final Convolution DEFAULTS = new Convolution(List.of(1), List.of(0), List.of(1), List.of(0), 1);

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if a stride, a dilation or the number of groups is less than 1, or a padding
     *     less than 0
     */
    public Convolution {
        stride = Window.atLeast(1, "convolution: stride", stride);
        padding = Window.atLeast(0, "convolution: padding", padding);
        dilation = Window.atLeast(1, "convolution: dilation", dilation);
        outputPadding = Window.atLeast(0, "convolution: outputPadding", outputPadding);
        if (groups < 1) {
            throw new IllegalArgumentException("convolution: groups must be at least 1, it is " + groups);
        }
    }

    /** Returns stride 1 without padding, dilation or groups. */
    public static Convolution defaults() {
        return DEFAULTS;
    }

    /** Returns these options with another stride: one for all dimensions, or one for each. */
    public Convolution withStride(int... stride) {
        return new Convolution(listed(stride), padding, dilation, outputPadding, groups);
    }

    /** Returns these options with another padding: one for all dimensions, or one for each. */
    public Convolution withPadding(int... padding) {
        return new Convolution(stride, listed(padding), dilation, outputPadding, groups);
    }

    /** Returns these options with another dilation: one for all dimensions, or one for each. */
    public Convolution withDilation(int... dilation) {
        return new Convolution(stride, padding, listed(dilation), outputPadding, groups);
    }

    /** Returns these options with another output padding: one for all dimensions, or one for each. */
    public Convolution withOutputPadding(int... outputPadding) {
        return new Convolution(stride, padding, dilation, listed(outputPadding), groups);
    }

    /** Returns these options with another number of groups. */
    public Convolution withGroups(int groups) {
        return new Convolution(stride, padding, dilation, outputPadding, groups);
    }

    private static List<Integer> listed(int[] values) {
        return Arrays.stream(values).boxed().toList();
    }
}
