package dev.jeton.torch;

import java.util.ArrayList;
import java.util.List;

/** Running totals along a dimension, and the product, whose derivative is made of running products. */
final class Cumulative {
    private static final Operator SUM = Operator.of("cumsum");
    private static final Operator PRODUCTS = Operator.of("cumprod");
    private static final Operator LOG_SUM_EXP = Operator.of("logcumsumexp");
    private static final Operator PRODUCT = Operator.of("prod", "dim_int");

    private Cumulative() {}

    static Tensor sum(Tensor x, int dimension) {
        int index = x.shape().index("cumsum", dimension);
        Tensor y = SUM.call().tensor(x).integer(index).none().one();
        if (!Tape.records(x)) {
            return y;
        }
        return new Node("cumsum", y, x) {
            @Override
            Tensor gradient(int input, Tensor g) {
                return fromBehind(g, index);
            }
        }.result();
    }

    /** The sums of all elements from each on. */
    private static Tensor fromBehind(Tensor g, int dimension) {
        return g.flip(dimension).cumsum(dimension).flip(dimension);
    }

    static Tensor logSumExp(Tensor x, int dimension) {
        Check.floating("logCumSumExp", x);
        int index = x.shape().index("logCumSumExp", dimension);
        Tensor y = LOG_SUM_EXP.call().tensor(x).integer(index).one().like(x);
        if (!Tape.records(x)) {
            return y;
        }
        return new Node("logcumsumexp", y, x) {
            private final Tensor argument = save(x);
            private final Tensor total = save(y);

            @Override
            Tensor gradient(int input, Tensor g) {
                // Σ g exp(x - y) over all later y, positive and negative g apart so that it stays in logarithms
                return share(g.clampMin(0)).sub(share(g.neg().clampMin(0)));
            }

            private Tensor share(Tensor g) {
                Tensor terms = g.log().sub(total).flip(index);
                return terms.logCumSumExp(index).flip(index).add(argument).exp();
            }
        }.result();
    }

    // ---- products
    // ----------------------------------------------------------------------------------------------------

    static Tensor products(Tensor x, int dimension) {
        int index = x.shape().index("cumprod", dimension);
        Tensor y = PRODUCTS.call().tensor(x).integer(index).none().one();
        return Tape.records(x)
                ? Elementwise.recorded("cumprod", y, x, x, (g, saved) -> productsBackward(g, saved, index))
                : y;
    }

    /** For each k: the sum of g times the running products without their factor k, over all from k on. */
    private static Tensor productsBackward(Tensor g, Tensor x, int dimension) {
        long size = x.size(dimension);
        if (size == 0) {
            return g;
        }
        if (x.eq(0).any().item() == 0) {
            return fromBehind(g.mul(x.cumprod(dimension)), dimension).div(x);
        }
        List<Tensor> parts = new ArrayList<>();
        for (long k = 0; k < size; k++) {
            Tensor one = x.narrow(dimension, k, 1).onesLike();
            Tensor rest = Tensor.cat(List.of(one, x.narrow(dimension, k + 1, size - k - 1)), dimension)
                    .cumprod(dimension);
            Tensor omitted = rest.mul(x.narrow(dimension, 0, k).prod(dimension).unsqueeze(dimension));
            parts.add(g.narrow(dimension, k, size - k).mul(omitted).sum(true, dimension));
        }
        return Tensor.cat(parts, dimension);
    }

    static Tensor product(Tensor x, int dimension) {
        int index = x.shape().index("prod", dimension);
        Reduction over = Reduction.of("prod", x.shape(), index);
        Tensor y = PRODUCT.call().tensor(x).integer(index).flag(false).none().one();
        return Tape.records(x)
                ? Elementwise.recorded(
                        "prod", y, x, x, (g, saved) -> over.spread(g).mul(others(saved, index)))
                : y;
    }

    /** For each element the product of all others, also where some are 0. */
    private static Tensor others(Tensor x, int dimension) {
        long size = x.size(dimension);
        if (size == 0) {
            return x;
        }
        Tensor one = x.narrow(dimension, 0, 1).onesLike();
        Tensor before = Tensor.cat(List.of(one, x.narrow(dimension, 0, size - 1)), dimension)
                .cumprod(dimension);
        Tensor behind = Tensor.cat(List.of(one, x.narrow(dimension, 1, size - 1).flip(dimension)), dimension)
                .cumprod(dimension)
                .flip(dimension);
        return before.mul(behind);
    }
}
