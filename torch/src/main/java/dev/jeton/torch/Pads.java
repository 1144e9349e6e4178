package dev.jeton.torch;

import java.util.Arrays;

/** More around a tensor. */
final class Pads {
    private static final Operator PAD = Operator.of("pad");

    private Pads() {}

    static Tensor constant(Tensor x, double value, long... amounts) {
        long[] sizes = padded(x, amounts);
        for (long size : sizes) {
            if (size < 0) {
                throw new ShapeException("pad: more must not be taken away than there is: " + x.shape() + " by "
                        + Arrays.toString(amounts));
            }
        }
        Tensor y = PAD.call()
                .tensor(x)
                .integers(amounts)
                .text(Padding.ZERO.mode())
                .someReal(value)
                .one();
        if (!Tape.records(x)) {
            return y;
        }
        long[] back = Arrays.stream(amounts).map(amount -> -amount).toArray();
        return new Node("pad", y, x) {
            @Override
            Tensor gradient(int input, Tensor g) {
                return constant(g, 0, back);
            }
        }.result();
    }

    /** Pads with elements of the tensor itself. */
    static Tensor repeated(Tensor x, Padding padding, long... amounts) {
        padded(x, amounts);
        int dimensions = amounts.length / 2;
        if (dimensions < 1 || dimensions > 3 || x.rank() < dimensions + 1 || x.rank() > dimensions + 2) {
            throw new ShapeException("pad: " + padding + " takes amounts for the last one to three dimensions, before"
                    + " which there must be one or two more: " + x.shape() + " by " + Arrays.toString(amounts));
        }
        for (int i = 0; i < amounts.length; i++) {
            long size = x.size(-1 - i / 2);
            if (amounts[i] < 0 || (padding == Padding.REFLECT ? amounts[i] >= size : size == 0)) {
                throw new ShapeException("pad: there are not so many elements to repeat: " + x.shape() + " by "
                        + Arrays.toString(amounts));
            }
        }
        Tensor y = PAD.call()
                .tensor(x)
                .integers(amounts)
                .text(padding.mode())
                .none()
                .one();
        if (!Tape.records(x)) {
            return y;
        }
        Shape shape = x.shape();
        return new Node("pad", y, x) {
            @Override
            Tensor gradient(int input, Tensor g) {
                return repeatedBackward(g, shape, padding, amounts);
            }
        }.result();
    }

    /** Adds what came to the copies of an element, itself differentiable. */
    private static Tensor repeatedBackward(Tensor g, Shape shape, Padding padding, long[] amounts) {
        String name = padding == Padding.REFLECT ? "reflection_pad" : "replication_pad";
        Operator backward = Operator.of(name + amounts.length / 2 + "d_backward");
        Tensor like = Tensor.full(Shape.of(), 0, g.dtype(), g.device()).expand(shape); // only its shape is looked at
        Tensor sum =
                backward.call().tensor(g).tensor(like).integers(amounts).one().known(shape, g);
        if (!Tape.records(g)) {
            return sum;
        }
        return new Node("pad_backward", sum, g) {
            @Override
            Tensor gradient(int input, Tensor h) {
                return repeated(h, padding, amounts);
            }
        }.result();
    }

    private static long[] padded(Tensor x, long[] amounts) {
        if (amounts.length % 2 != 0 || amounts.length / 2 > x.rank()) {
            throw new ShapeException("pad: there must be two amounts a dimension, from the last on, for " + x.shape()
                    + ": " + Arrays.toString(amounts));
        }
        long[] sizes = x.shape().sizes();
        for (int i = 0; i < amounts.length; i++) {
            sizes[sizes.length - 1 - i / 2] += amounts[i];
        }
        return sizes;
    }
}
