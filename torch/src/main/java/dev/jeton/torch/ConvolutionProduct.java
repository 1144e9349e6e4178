package dev.jeton.torch;

import org.jspecify.annotations.Nullable;

/**
 * A convolution as a bilinear product of input and weight.
 *
 * <p>One sum of products of three tensors stands behind it, {@code Σ x·w·g}: of input, weight and something shaped like
 * the output. Its derivative by {@code g} is the convolution, by {@code x} and by {@code w} the gradients of input and
 * weight. All further derivatives are again one of these three.
 */
final class ConvolutionProduct {
    private static final Operator CONVOLUTION = Operator.of("convolution");
    private static final Operator BACKWARD = Operator.of("convolution_backward");

    private final String operator;
    private final long[] stride;
    private final long[] padding;
    private final long[] dilation;
    private final long[] outputPadding;
    private final boolean transposed;
    private final int groups;

    private ConvolutionProduct(String operator, int dimensions, boolean transposed, Convolution options) {
        this.operator = operator;
        this.stride = Window.spread(operator, "stride", options.stride(), dimensions);
        this.padding = Window.spread(operator, "padding", options.padding(), dimensions);
        this.dilation = Window.spread(operator, "dilation", options.dilation(), dimensions);
        this.outputPadding = Window.spread(operator, "outputPadding", options.outputPadding(), dimensions);
        this.transposed = transposed;
        this.groups = options.groups();
    }

    static ConvolutionProduct of(String operator, int dimensions, boolean transposed, Convolution options) {
        return new ConvolutionProduct(operator, dimensions, transposed, options);
    }

    Tensor apply(Tensor input, Tensor kernel, @Nullable Tensor shift) {
        Tensor x = Autocast.operand(input);
        Tensor weight = Autocast.operand(kernel);
        Tensor bias = shift == null ? null : Autocast.operand(shift);
        check(x, weight, bias);
        return output(x, weight, bias);
    }

    // ---- the three products
    // ------------------------------------------------------------------------------------------

    /** The convolution itself. */
    private Tensor output(Tensor x, Tensor weight, @Nullable Tensor bias) {
        Tensor y = SubPixels.takes(x, weight, this)
                ? SubPixels.of(x, weight, bias, this)
                : arguments(CONVOLUTION.call().tensor(x).tensor(weight).tensorOrNone(bias), transposed)
                        .one();
        Tensor[] operands = bias == null ? new Tensor[] {x, weight} : new Tensor[] {x, weight, bias};
        if (!Tape.records(operands)) {
            return y;
        }
        Shape xShape = x.shape();
        Shape weightShape = weight.shape();
        return new Node(operator, y, operands) {
            private final Tensor savedX = saveFor(1, x);
            private final Tensor savedWeight = saveFor(0, weight);

            @Override
            void gradients(Tensor g, @Nullable Tensor[] into) {
                if (Context.current().recording) {
                    into[0] = needs(0) ? inputGradient(g, savedWeight, xShape) : null;
                    into[1] = needs(1) ? weightGradient(g, savedX, weightShape) : null;
                    if (into.length > 2) {
                        into[2] = needs(2) ? biasGradient(g) : null;
                    }
                    return;
                }
                // all at once: oneDNN finds the bias's gradient while it computes the weight's
                boolean biased = into.length > 2 && needs(2);
                @Nullable
                Tensor[] all = backward(
                        g,
                        needs(1) ? savedX : Tensor.empty(xShape, g.dtype(), g.device()),
                        needs(0) ? savedWeight : Tensor.empty(weightShape, g.dtype(), g.device()),
                        needs(0),
                        needs(1),
                        biased);
                System.arraycopy(all, 0, into, 0, into.length);
            }
        }.result();
    }

    /** The derivative of {@code Σ x·w·g} by {@code x}. */
    private Tensor inputGradient(Tensor g, Tensor weight, Shape xShape) {
        Tensor unread = Tensor.empty(xShape, g.dtype(), g.device());
        Tensor dx = there(backward(g, unread, weight, true, false, false)[0]);
        if (!Tape.records(g, weight)) {
            return dx;
        }
        Shape weightShape = weight.shape();
        return new Node(operator, dx, g, weight) {
            private final Tensor savedG = saveFor(1, g);
            private final Tensor savedWeight = saveFor(0, weight);

            @Override
            Tensor gradient(int input, Tensor h) {
                return input == 0 ? output(h, savedWeight, null) : weightGradient(savedG, h, weightShape);
            }
        }.result();
    }

    /** The derivative of {@code Σ x·w·g} by {@code w}. */
    private Tensor weightGradient(Tensor g, Tensor x, Shape weightShape) {
        Tensor unread = Tensor.empty(weightShape, g.dtype(), g.device());
        Tensor dw = there(backward(g, x, unread, false, true, false)[1]);
        if (!Tape.records(g, x)) {
            return dw;
        }
        Shape xShape = x.shape();
        return new Node(operator, dw, g, x) {
            private final Tensor savedG = saveFor(1, g);
            private final Tensor savedX = saveFor(0, x);

            @Override
            Tensor gradient(int input, Tensor h) {
                return input == 0 ? output(savedX, h, null) : inputGradient(savedG, h, xShape);
            }
        }.result();
    }

    /** The sum over all but the channels: where those lie side by side, of the rows of a matrix, in a fifth of the time. */
    private static Tensor biasGradient(Tensor g) {
        if (g.rank() == 4 && !g.isContiguous()) {
            Tensor rows = g.permute(0, 2, 3, 1);
            if (rows.isContiguous()) {
                return rows.reshape(Shape.of(g.elements() / g.size(1), g.size(1)))
                        .sum(false, 0);
            }
        }
        return g.sum(false, Affine.allButChannels(g.rank()));
    }

    private @Nullable Tensor[] backward(
            Tensor g, Tensor x, Tensor weight, boolean ofInput, boolean ofWeight, boolean ofBias) {
        if (ofWeight && isMirrored()) {
            return new @Nullable Tensor[] {
                ofInput ? differentiate(g, x, weight, transposed, true, false, false)[0] : null,
                differentiate(x, g, weight, /* asTransposed= */ false, false, true, false)[1],
                ofBias ? biasGradient(g) : null
            };
        }
        return differentiate(g, x, weight, transposed, ofInput, ofWeight, ofBias);
    }

    /**
     * Whether the weight's gradient is better computed as that of the convolution from output to input, which has the same
     * weight: oneDNN needs a third less time for it, in float32 and bfloat16. More padding of the output than a stride would
     * make that convolution's result longer than the input.
     */
    private boolean isMirrored() {
        if (!transposed) {
            return false;
        }
        for (int i = 0; i < stride.length; i++) {
            if (outputPadding[i] >= stride[i]) {
                return false;
            }
        }
        return true;
    }

    private @Nullable Tensor[] differentiate(
            Tensor g,
            Tensor x,
            Tensor weight,
            boolean asTransposed,
            boolean ofInput,
            boolean ofWeight,
            boolean ofBias) {
        Call call = BACKWARD.call().tensor(g).tensor(x).tensor(weight).someIntegers(g.size(1));
        return arguments(call, asTransposed).flags(ofInput, ofWeight, ofBias).several(3);
    }

    private Call arguments(Call call, boolean asTransposed) {
        return call.integers(stride)
                .integers(padding)
                .integers(dilation)
                .flag(asTransposed)
                .integers(asTransposed ? outputPadding : new long[stride.length])
                .integer(groups);
    }

    private static Tensor there(@Nullable Tensor gradient) {
        return java.util.Objects.requireNonNull(gradient);
    }

    /** Whether this is a transposed convolution of pictures whose kernel has no gaps and sees all channels. */
    boolean isPlainTransposed() {
        return transposed && stride.length == 2 && dilation[0] == 1 && dilation[1] == 1 && groups == 1;
    }

    long stride(int dimension) {
        return stride[dimension];
    }

    long padding(int dimension) {
        return padding[dimension];
    }

    long outputPadding(int dimension) {
        return outputPadding[dimension];
    }

    // ---- what must fit
    // -----------------------------------------------------------------------------------------------

    private void check(Tensor x, Tensor weight, @Nullable Tensor bias) {
        int dimensions = stride.length;
        String spatial = dimensions == 1 ? "L]" : "H, W]";
        Check.rank(operator, "the input", x, dimensions + 2, "[B, C, " + spatial);
        Check.rank(
                operator,
                "the weight",
                weight,
                dimensions + 2,
                (transposed ? "[C, D/groups, K" : "[D, C/groups, K") + (dimensions == 1 ? "]" : ", K]"));
        Check.floating(operator, x);
        Check.alike(operator, x, weight, bias);
        long channels = transposed ? weight.size(0) : weight.size(1) * groups;
        if (x.size(1) != channels || weight.size(0) % groups != 0) {
            throw new ShapeException(operator + ": channels must match: input " + x.shape() + ", weight "
                    + weight.shape() + ", groups " + groups + ": the weight is for " + channels + " channels"
                    + (weight.size(0) % groups != 0 ? ", and " + weight.size(0) + " are not divisible by groups" : ""));
        }
        Check.shape(operator, "the bias", Shape.of(transposed ? weight.size(1) * groups : weight.size(0)), bias);
        for (int i = 0; i < dimensions; i++) {
            checkExtent(i, x.shape(), weight.shape());
        }
    }

    private void checkExtent(int i, Shape x, Shape weight) {
        long span = dilation[i] * (weight.size(i + 2) - 1) + 1;
        if (transposed) {
            long length = (x.size(i + 2) - 1) * stride[i] - 2 * padding[i] + span + outputPadding[i];
            if (length < 1) {
                throw new ShapeException(operator + ": the result would be empty in dimension " + (i + 2) + ": input "
                        + x + ", weight " + weight + ", padding " + padding[i]);
            }
            if (outputPadding[i] >= Math.max(stride[i], dilation[i])) {
                throw new ShapeException(operator + ": outputPadding must be less than stride or dilation: "
                        + outputPadding[i] + ", stride " + stride[i] + ", dilation " + dilation[i]);
            }
        } else {
            if (x.size(i + 2) + 2 * padding[i] < span) {
                throw new ShapeException(operator + ": the kernel must not be longer than the padded input: "
                        + span + " > " + (x.size(i + 2) + 2 * padding[i]) + " in dimension " + (i + 2) + ": input " + x
                        + ", weight " + weight + ", padding " + padding[i] + ", dilation " + dilation[i]);
            }
            if (outputPadding[i] != 0) {
                throw new ShapeException(operator + ": outputPadding is only for transposed convolutions");
            }
        }
    }
}
