package dev.jeton.torch;

/** Zeros at random. */
final class Dropout {
    private static final Operator FORWARD = Operator.of("native_dropout");
    private static final Operator BACKWARD = Operator.of("native_dropout_backward");

    private Dropout() {}

    static Tensor of(Tensor x, double probability) {
        check(x, probability);
        if (probability == 0) {
            return x;
        }
        Tensor[] results = FORWARD.call()
                .tensor(x)
                .real(probability)
                .someInteger(1) // training
                .all(2);
        Tensor y = results[0].like(x);
        Tensor mask = results[1];
        double scale = probability == 1 ? 0 : 1 / (1 - probability);
        return Tape.records(x) ? recorded(y, x, mask, scale) : y;
    }

    /** With a mask of a generator's numbers. */
    static Tensor of(Tensor x, double probability, Generator generator) {
        check(x, probability);
        if (probability == 0) {
            return x;
        }
        Tensor mask =
                generator.bernoulli(1 - probability, x.shape()).to(DType.BOOL).to(x.device());
        return masked(x, mask, probability == 1 ? 0 : 1 / (1 - probability));
    }

    private static void check(Tensor x, double probability) {
        Check.floating("dropout", x);
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException(
                    "dropout: the probability must be between 0 and 1, it is " + probability);
        }
    }

    /** {@code g · mask · scale}: the derivative of dropout, and of itself. */
    private static Tensor masked(Tensor g, Tensor mask, double scale) {
        Tensor y = BACKWARD.call().tensor(g).tensor(mask).real(scale).one().like(g);
        return Tape.records(g) ? recorded(y, g, mask, scale) : y;
    }

    private static Tensor recorded(Tensor y, Tensor x, Tensor mask, double scale) {
        return new Node("dropout", y, x) {
            private final Tensor saved = save(mask);

            @Override
            Tensor gradient(int input, Tensor g) {
                return masked(g, saved, scale);
            }
        }.result();
    }
}
