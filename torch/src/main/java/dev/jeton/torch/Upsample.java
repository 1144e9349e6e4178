package dev.jeton.torch;

import org.jspecify.annotations.Nullable;

/** Larger pictures by libtorch's kernels. */
final class Upsample {
    private static final Operator NEAREST_1D = Operator.of("upsample_nearest1d");
    private static final Operator NEAREST_1D_BACKWARD = Operator.of("upsample_nearest1d_backward");
    private static final Operator NEAREST = Operator.of("upsample_nearest2d");
    private static final Operator NEAREST_BACKWARD = Operator.of("upsample_nearest2d_backward");
    private static final Operator LINEAR = Operator.of("upsample_bilinear2d");
    private static final Operator LINEAR_BACKWARD = Operator.of("upsample_bilinear2d_backward");
    private static final Operator CUBIC = Operator.of("upsample_bicubic2d");
    private static final Operator CUBIC_BACKWARD = Operator.of("upsample_bicubic2d_backward");

    private Upsample() {}

    static Tensor to(Tensor x, long height, long width, Interpolation interpolation) {
        check(x, height, width);
        return pictures(x, height, width, null, interpolation);
    }

    static Tensor by(Tensor x, double factor, Interpolation interpolation) {
        Check.rank("upsample2d", "the input", x, 4, "[B, C, H, W]");
        long height = (long) Math.floor((double) x.size(2) * factor);
        long width = (long) Math.floor((double) x.size(3) * factor);
        check(x, height, width);
        return pictures(x, height, width, factor, interpolation);
    }

    private static void check(Tensor x, long height, long width) {
        Check.rank("upsample2d", "the input", x, 4, "[B, C, H, W]");
        Check.floating("upsample2d", x);
        if (height < 1 || width < 1 || x.size(1) < 1 || x.size(2) < 1 || x.size(3) < 1) {
            throw new ShapeException(
                    "upsample2d: sizes must be at least 1: input " + x.shape() + ", result " + height + " × " + width);
        }
    }

    private static Tensor pictures(
            Tensor x, long height, long width, @Nullable Double factor, Interpolation interpolation) {
        Operator forward = switch (interpolation) {
            case NEAREST -> NEAREST;
            case LINEAR, LINEAR_ALIGNED -> LINEAR;
            case CUBIC, CUBIC_ALIGNED -> CUBIC;
        };
        Operator backward = switch (interpolation) {
            case NEAREST -> NEAREST_BACKWARD;
            case LINEAR, LINEAR_ALIGNED -> LINEAR_BACKWARD;
            case CUBIC, CUBIC_ALIGNED -> CUBIC_BACKWARD;
        };
        Shape from = x.shape();
        return new LinearMap(
                        "upsample2d",
                        t -> arguments(forward.call().tensor(t).integers(height, width), factor, interpolation),
                        g -> arguments(
                                backward.call()
                                        .tensor(g)
                                        .integers(height, width)
                                        .integers(from.raw()),
                                factor,
                                interpolation))
                .of(x);
    }

    private static Tensor arguments(Call call, @Nullable Double factor, Interpolation interpolation) {
        Call placed = interpolation == Interpolation.NEAREST ? call : call.flag(interpolation.isAligned());
        return factor == null
                ? placed.none().none().one()
                : placed.someReal(factor).someReal(factor).one();
    }

    static Tensor nearest1d(Tensor x, long length) {
        Check.rank("upsampleNearest1d", "the input", x, 3, "[B, C, L]");
        Check.floating("upsampleNearest1d", x);
        if (length < 1 || x.size(1) < 1 || x.size(2) < 1) {
            throw new ShapeException(
                    "upsampleNearest1d: sizes must be at least 1: input " + x.shape() + ", length " + length);
        }
        Shape from = x.shape();
        return new LinearMap(
                        "upsampleNearest1d",
                        t -> NEAREST_1D.call().tensor(t).integers(length).none().one(),
                        g -> NEAREST_1D_BACKWARD
                                .call()
                                .tensor(g)
                                .integers(length)
                                .integers(from.raw())
                                .none()
                                .one())
                .of(x);
    }
}
