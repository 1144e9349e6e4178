package dev.jeton.nn;

import dev.jeton.torch.Tensor;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code x Wᵀ + b} over the last dimension: {@code [..., in]} to {@code [..., out]}. Parameters: {@code weight}
 * {@code [out, in]} and {@code bias} {@code [out]}, both evenly distributed within {@code ±1/√in}, as in PyTorch.
 */
public final class Linear extends UnaryLayer {
    private final long in;
    private final long out;
    private final Tensor weight;
    private final @Nullable Tensor bias;

    private Linear(Tensor weight, @Nullable Tensor bias) {
        this.out = weight.size(0);
        this.in = weight.size(1);
        this.weight = parameter("weight", weight);
        this.bias = bias == null ? null : parameter("bias", bias);
    }

    /** Returns a layer with a bias. */
    public static Linear of(long in, long out) {
        Init init = Init.uniform(-1 / Math.sqrt(in), 1 / Math.sqrt(in));
        return new Linear(init.make(out, in), init.make(out));
    }

    /** Returns a layer without a bias. */
    public static Linear withoutBias(long in, long out) {
        return new Linear(Init.uniform(-1 / Math.sqrt(in), 1 / Math.sqrt(in)).make(out, in), null);
    }

    /** Returns a layer without a bias whose weight is another layer's, such as an embedding's: {@code [out, in]}. */
    public static Linear tied(Tensor weight) {
        return new Linear(weight, null);
    }

    /** Returns the weight {@code [out, in]}. */
    public Tensor weight() {
        return weight;
    }

    /** Returns the bias {@code [out]}, absent if the layer has none. */
    public Optional<Tensor> bias() {
        return Optional.ofNullable(bias);
    }

    @Override
    protected Tensor compute(Tensor x) {
        return x.linear(weight, bias);
    }

    @Override
    protected String describe() {
        return "Linear(" + in + " → " + out + (bias == null ? ", no bias)" : ")");
    }
}
