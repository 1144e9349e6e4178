package dev.jeton.torch;

/** Numbers at equal distances, and matrices made of them. */
final class Ranges {
    private static final Operator LINSPACE = Operator.of("linspace", "Tensor_Tensor");
    private static final Operator EYE = Operator.of("eye");

    private Ranges() {}

    static Tensor arange(long start, long end, long step) {
        if (step == 0) {
            throw new IllegalArgumentException("arange: the step must not be 0");
        }
        long count = step > 0 ? Math.ceilDiv(end - start, step) : Math.ceilDiv(start - end, -step);
        return Elements.generate(Math.max(0, count), i -> start + i * step);
    }

    /** As libtorch: computed in double precision, then rounded to float32. */
    static Tensor arange(double start, double end, double step) {
        double count = Math.ceil((end - start) / step);
        if (!(count <= Integer.MAX_VALUE)) {
            throw new IllegalArgumentException(
                    "arange: from " + start + " to " + end + " by " + step + " is no finite range");
        }
        float[] values = new float[Math.max(0, (int) count)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (start + i * step);
        }
        return Tensor.of(values);
    }

    static Tensor linspace(double start, double end, long count) {
        Check.notNegative("linspace", "the count", count);
        return LINSPACE.call()
                .tensor(Tensor.scalar((float) start))
                .tensor(Tensor.scalar((float) end))
                .integer(count)
                .none()
                .none()
                .none()
                .none()
                .one();
    }

    static Tensor eye(long size) {
        Check.notNegative("eye", "the size", size);
        return EYE.call().integer(size).none().none().none().none().one();
    }
}
