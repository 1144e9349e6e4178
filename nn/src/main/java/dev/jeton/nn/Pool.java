package dev.jeton.nn;

import dev.jeton.torch.Tensor;
import dev.jeton.torch.Window;
import java.util.function.UnaryOperator;

/** Reduces windows of sequences {@code [B, C, T]} or pictures {@code [B, C, H, W]} to one element each. */
public final class Pool extends UnaryLayer {
    private final String name;
    private final UnaryOperator<Tensor> function;

    private Pool(String name, UnaryOperator<Tensor> function) {
        this.name = name;
        this.function = function;
    }

    /** Keeps the greatest of each window of pictures. */
    public static Pool max2d(Window window) {
        return new Pool("MaxPool2d(" + window.size() + ")", x -> x.maxPool2d(window));
    }

    /** Averages each window of pictures. */
    public static Pool average2d(Window window) {
        return new Pool("AvgPool2d(" + window.size() + ")", x -> x.avgPool2d(window));
    }

    /** Keeps the greatest of each window of sequences. */
    public static Pool max1d(Window window) {
        return new Pool("MaxPool1d(" + window.size() + ")", x -> x.maxPool1d(window));
    }

    /** Averages each window of sequences. */
    public static Pool average1d(Window window) {
        return new Pool("AvgPool1d(" + window.size() + ")", x -> x.avgPool1d(window));
    }

    /** Averages as many windows as make pictures of this size. */
    public static Pool averageTo(long height, long width) {
        return new Pool("AdaptiveAvgPool2d(" + height + " × " + width + ")", x -> x.adaptiveAvgPool2d(height, width));
    }

    @Override
    protected Tensor compute(Tensor x) {
        return function.apply(x);
    }

    @Override
    protected String describe() {
        return name;
    }
}
