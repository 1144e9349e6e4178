package dev.jeton.torch;

/** What the operators of {@link Ordering} share: checks, and the way of gradients back to the chosen places. */
final class Ranking {
    private Ranking() {}

    /** The largest or smallest along a dimension. */
    static Ranked extreme(Operator kernel, Tensor x, int dimension, boolean keep) {
        int index = x.shape().index(kernel.name(), dimension);
        Reduction over = Reduction.of(kernel.name(), x.shape(), index);
        over.requireElements(kernel.name());
        Tensor[] results = kernel.call().tensor(x).integer(index).flag(keep).all(2);
        Tensor values = results[0];
        Tensor places = results[1];
        if (!Tape.records(x)) {
            return new Ranked(values, places);
        }
        Shape shape = x.shape();
        Node node = new Node(kernel.name(), values, x) {
            private final Tensor saved = save(places);

            @Override
            Tensor gradient(int input, Tensor g) {
                return zeros(g, shape).scatterAdd(index, saved.reshape(over.kept()), g.reshape(over.kept()));
            }
        };
        return new Ranked(node.result(), places);
    }

    /** Elements along a dimension in another order, all or some. */
    static Ranked recorded(String operator, Tensor x, int dimension, Tensor values, Tensor places) {
        if (!Tape.records(x)) {
            return new Ranked(values, places);
        }
        Shape shape = x.shape();
        Node node = new Node(operator, values, x) {
            private final Tensor saved = save(places);

            @Override
            Tensor gradient(int input, Tensor g) {
                return zeros(g, shape).scatterAdd(dimension, saved, g);
            }
        };
        return new Ranked(node.result(), places);
    }

    /** The place of the largest or smallest of all. */
    static Tensor place(Operator kernel, Tensor x) {
        Reduction.of(kernel.name(), x.shape()).requireElements(kernel.name());
        return kernel.call().tensor(x).none().flag(false).one();
    }

    /** The place of the largest or smallest along a dimension, of which {@code extreme} gives the value. */
    static Tensor place(Operator kernel, Operator extreme, Tensor x, int dimension) {
        int index = x.shape().index(kernel.name(), dimension);
        Reduction.of(kernel.name(), x.shape(), index).requireElements(kernel.name());
        if (Dense.ranks(x, index)) {
            try (Tensor extremes =
                    extreme.call().tensor(x).integers(index).flag(false).one()) {
                return Dense.places(x, extremes);
            }
        }
        return kernel.call().tensor(x).someInteger(index).flag(false).one();
    }

    private static Tensor zeros(Tensor like, Shape shape) {
        return Tensor.full(shape, 0, like.dtype(), like.device());
    }
}
