package dev.jeton.nn;

import dev.jeton.torch.Convolution;
import dev.jeton.torch.Shape;
import dev.jeton.torch.Tensor;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the convolutions share: a kernel and a bias, evenly distributed within {@code ±1/√fan-in} as in PyTorch, and how
 * the kernel moves.
 */
abstract sealed class ConvolutionLayer extends UnaryLayer permits Conv1d, Conv2d, ConvTranspose1d, ConvTranspose2d {
    private final long in;
    private final long out;
    private final Tensor weight;
    private final @Nullable Tensor bias;
    private final Convolution options;

    /** Makes the weights of a convolution {@code [out, in / groups, kernel…]}, or of a transposed one with in and out exchanged. */
    ConvolutionLayer(long in, long out, long[] kernel, Convolution options, boolean transposed, boolean biased) {
        int groups = options.groups();
        if (in < 1 || out < 1 || in % groups != 0 || out % groups != 0) {
            throw new IllegalArgumentException("convolution: channels must be positive multiples of the " + groups
                    + " groups: " + in + " in, " + out + " out");
        }
        this.in = in;
        this.out = out;
        this.options = options;
        long[] sizes = new long[kernel.length + 2];
        sizes[0] = transposed ? in : out;
        sizes[1] = (transposed ? out : in) / groups;
        System.arraycopy(kernel, 0, sizes, 2, kernel.length);
        double bound = 1 / Math.sqrt(Init.fanIn(Shape.of(sizes)));
        Init init = Init.uniform(-bound, bound);
        this.weight = parameter("weight", init.make(sizes));
        this.bias = biased ? parameter("bias", init.make(out)) : null;
    }

    /** Convolves with the layer's kernel. */
    abstract Tensor convolve(Tensor x, Tensor kernel, @Nullable Tensor shift, Convolution how);

    @Override
    protected final Tensor compute(Tensor x) {
        return convolve(x, weight, bias, options);
    }

    /** Returns the kernel. */
    public final Tensor weight() {
        return weight;
    }

    /** Returns the bias {@code [out]}, absent if the layer has none. */
    public final Optional<Tensor> bias() {
        return Optional.ofNullable(bias);
    }

    @Override
    protected final String describe() {
        StringBuilder text = new StringBuilder(getClass().getSimpleName())
                .append("(" + in + " → " + out + ", kernel ")
                .append(weight.size(2));
        for (int i = 3; i < weight.rank(); i++) {
            text.append("×").append(weight.size(i));
        }
        Convolution plain = Convolution.defaults();
        append(text, "stride", options.stride(), plain.stride());
        append(text, "padding", options.padding(), plain.padding());
        append(text, "dilation", options.dilation(), plain.dilation());
        append(text, "output padding", options.outputPadding(), plain.outputPadding());
        append(text, "groups", options.groups(), plain.groups());
        return text.append(bias == null ? ", no bias)" : ")").toString();
    }

    private static void append(StringBuilder text, String what, Object value, Object usual) {
        if (!value.equals(usual)) {
            text.append(", ").append(what).append(" ").append(value);
        }
    }
}
