package dev.jeton.nn;

import dev.jeton.torch.Tensor;
import java.util.function.UnaryOperator;

/** A function without parameters as a layer, for {@link Sequential}: elsewhere the tensor's own methods do. */
public final class Activation extends UnaryLayer {
    private final String name;
    private final UnaryOperator<Tensor> function;

    private Activation(String name, UnaryOperator<Tensor> function) {
        this.name = name;
        this.function = function;
    }

    /**
     * Returns any function as a layer.
     *
     * @param name for printing
     */
    public static Activation of(String name, UnaryOperator<Tensor> function) {
        return new Activation(name, function);
    }

    /** {@code max(x, 0)}. */
    public static Activation relu() {
        return of("relu", Tensor::relu);
    }

    /** {@code min(max(x, 0), 6)}. */
    public static Activation relu6() {
        return of("relu6", Tensor::relu6);
    }

    /** {@code x} where positive, {@code slope · x} elsewhere. */
    public static Activation leakyRelu(double slope) {
        return of("leakyRelu(" + slope + ")", x -> x.leakyRelu(slope));
    }

    /** {@code x} where positive, {@code alpha · (exp(x) - 1)} elsewhere. */
    public static Activation elu(double alpha) {
        return of("elu(" + alpha + ")", x -> x.elu(alpha));
    }

    /** The self-normalising scaled elu. */
    public static Activation selu() {
        return of("selu", Tensor::selu);
    }

    /** {@code x · Φ(x)}. */
    public static Activation gelu() {
        return of("gelu", Tensor::gelu);
    }

    /** Gelu by its tanh approximation. */
    public static Activation geluTanh() {
        return of("geluTanh", Tensor::geluTanh);
    }

    /** {@code x · sigmoid(x)}. */
    public static Activation silu() {
        return of("silu", Tensor::silu);
    }

    /** {@code log(1 + exp(x))}. */
    public static Activation softplus() {
        return of("softplus", Tensor::softplus);
    }

    /** {@code x · tanh(softplus(x))}. */
    public static Activation mish() {
        return of("mish", Tensor::mish);
    }

    /** {@code x · relu6(x + 3) / 6}. */
    public static Activation hardswish() {
        return of("hardswish", Tensor::hardswish);
    }

    /** {@code 1 / (1 + exp(-x))}. */
    public static Activation sigmoid() {
        return of("sigmoid", Tensor::sigmoid);
    }

    /** {@code log(sigmoid(x))}. */
    public static Activation logSigmoid() {
        return of("logSigmoid", Tensor::logSigmoid);
    }

    /** The hyperbolic tangent. */
    public static Activation tanh() {
        return of("tanh", Tensor::tanh);
    }

    /** The first half of a dimension times the sigmoid of the second. */
    public static Activation glu(int dimension) {
        return of("glu(" + dimension + ")", x -> x.glu(dimension));
    }

    /** Exponentials that sum to one along a dimension. */
    public static Activation softmax(int dimension) {
        return of("softmax(" + dimension + ")", x -> x.softmax(dimension));
    }

    /** The logarithm of {@link #softmax}. */
    public static Activation logSoftmax(int dimension) {
        return of("logSoftmax(" + dimension + ")", x -> x.logSoftmax(dimension));
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
