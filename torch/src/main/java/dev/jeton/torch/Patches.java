package dev.jeton.torch;

/** Cutting pictures of one size into the patches that a kernel sees, and adding them up again. */
final class Patches {
    private static final Operator IM2COL = Operator.of("im2col");
    private static final Operator COL2IM = Operator.of("col2im");

    private final String operator;
    private final long[] kernel;
    private final long[] stride;
    private final long[] padding;
    private final long[] dilation;
    private final long[] picture;
    private final long count;

    private Patches(String operator, long[] kernel, Convolution options, long[] picture) {
        this.operator = operator;
        this.kernel = kernel;
        this.picture = picture;
        stride = Window.spread(operator, "stride", options.stride(), 2);
        padding = Window.spread(operator, "padding", options.padding(), 2);
        dilation = Window.spread(operator, "dilation", options.dilation(), 2);
        count = along(0) * along(1);
    }

    static Patches of(String operator, int height, int width, Convolution options, long onHeight, long onWidth) {
        return new Patches(operator, new long[] {height, width}, options, new long[] {onHeight, onWidth});
    }

    /** Returns how many patches lie in one direction. */
    private long along(int i) {
        long rest = picture[i] + 2 * padding[i] - dilation[i] * (kernel[i] - 1) - 1;
        if (kernel[i] < 1 || rest < 0) {
            throw new ShapeException(operator + ": the kernel must be at least 1 and at most the padded picture: "
                    + kernel[i] + " on " + picture[i] + ", padding " + padding[i] + ", dilation " + dilation[i]);
        }
        return rest / stride[i] + 1;
    }

    Tensor unfold(Tensor x) {
        return new LinearMap(operator, this::cut, this::addUp).of(x);
    }

    Tensor fold(Tensor x) {
        if (x.size(1) % (kernel[0] * kernel[1]) != 0 || x.size(2) != count) {
            throw new ShapeException(operator + ": the input must be [B, C·" + kernel[0] + "·" + kernel[1] + ", "
                    + count + "] for this kernel and picture, it has shape " + x.shape());
        }
        return new LinearMap(operator, this::addUp, this::cut).of(x);
    }

    private Tensor cut(Tensor x) {
        return arguments(IM2COL.call().tensor(x)).one();
    }

    private Tensor addUp(Tensor x) {
        return arguments(COL2IM.call().tensor(x).integers(picture)).one();
    }

    private Call arguments(Call call) {
        return call.integers(kernel).integers(dilation).integers(padding).integers(stride);
    }
}
