package dev.jeton.torch;

import dev.jeton.torch.internal.Abi;
import dev.jeton.torch.internal.ThreadTeam;
import org.jspecify.annotations.Nullable;

/**
 * oneDNN's products of single-precision matrices, for the shapes in which they are faster than OpenBLAS's.
 *
 * <p>Measured on two Zen 5 cores, GFLOPS of OpenBLAS / oneDNN: {@code [128, 784] · [784, 512]} 251 / 341, {@code [512, 64] ·
 * [64, 512]} 189 / 311, {@code [16, 3072] · [3072, 768]} 58 / 161, {@code [1, 3072] · [3072, 768]} 5 / 38; with 2,048 rows they
 * are level or OpenBLAS is ahead; with fewer than 2¹⁸ multiplications oneDNN's own overhead is longer than the product. Where
 * both factors are transposed views (the gradient of a weight) OpenBLAS is up to twice as fast.
 */
final class OneDnn {
    private static final long FEWEST_MULTIPLICATIONS = 1 << 18;
    private static final long FEWEST_OF_ONE_ROW = 1 << 21;
    private static final long MOST_MULTIPLICATIONS = 1L << 30;
    private static final long MOST_ROWS = 1024;

    private OneDnn() {}

    /** Whether {@code a [m, k]} times {@code b [n, k]} transposed is its business. */
    static boolean takes(Tensor a, Tensor b) {
        return takes(a, a.size(0), a.size(1), b.size(0), MOST_ROWS) && isContiguous(a) && isContiguous(b);
    }

    /** Whether {@code a [m, k]} times {@code b [k, n]} is its business. */
    static boolean takesPlain(Tensor a, Tensor b) {
        return takes(a, a.size(0), a.size(1), b.size(1), Long.MAX_VALUE) && isContiguous(a) && isContiguous(b);
    }

    private static boolean takes(Tensor a, long m, long k, long n, long mostRows) {
        long multiplications = m * k * n;
        return a.dtype() == DType.FLOAT32
                && multiplications >= (m < 16 ? FEWEST_OF_ONE_ROW : FEWEST_MULTIPLICATIONS)
                && multiplications <= MOST_MULTIPLICATIONS
                && m <= mostRows
                && ThreadTeam.usesOpenBlas()
                && a.device().equals(Device.CPU)
                && There.IS;
    }

    private static boolean isContiguous(Tensor x) {
        return Abi.isContiguous(Context.current().scratch, x.address("matmul"));
    }

    /** Returns {@code x · weightᵀ + bias}. */
    static Tensor linear(Tensor x, Tensor weight, @Nullable Tensor bias) {
        return There.LINEAR
                .call()
                .tensor(x)
                .tensor(weight)
                .tensorOrNone(bias)
                .text("none") // no activation behind it,
                .integers() // no numbers for it,
                .none() // and no variant of it
                .one();
    }

    /** Whether this libtorch was built with oneDNN: asked once, when the first product could use it. */
    private static final class There {
        static final Operator LINEAR = Operator.ofQualified("mkldnn::_linear_pointwise");
        static final boolean IS = works();

        private static boolean works() {
            try (Tensor matrix = Tensor.ones(1, 1)) {
                linear(matrix, matrix, null).close();
                return true;
            } catch (NativeException e) {
                return false;
            }
        }
    }
}
