package dev.jeton.models.vq;

import dev.jeton.torch.DType;
import dev.jeton.torch.Tensor;
import java.util.stream.IntStream;

/**
 * Takes the sign of each number of a vector as a bit (lookup-free quantisation, MAGVIT-v2, arXiv 2310.05737). The code is
 * the bits as a number, the vector's first number being the highest bit.
 *
 * <p>The loss asks for certain choices and for all codes to be used alike: {@code entropyWeight · (H(c | z) - diversity ·
 * H(c))}, where code {@code c} has probability {@code softmax(-τ |z - c|²)}. Bits are independent given {@code z}, which
 * makes both exact without the {@code [N, 2^E]} probabilities: {@code H(c | z)} is the sum of the bits' entropies, and the
 * mean distribution is a product of matrices whose columns are the combinations of one half of the bits.
 */
final class LookupFreeQuantizer extends Quantizer {
    private final Quantization.LookupFree how;
    private final double[] weights;

    LookupFreeQuantizer(Quantization.LookupFree how, int size) {
        super(size, 1 << size);
        this.how = how;
        weights =
                IntStream.range(0, size).mapToDouble(i -> 1L << (size - 1 - i)).toArray();
    }

    @Override
    Quantized choose(Tensor z) {
        Tensor bits = z.detach().gt(0); // [N, E]
        Tensor signs = bits.to(z.dtype()).mul(2).sub(1);
        Tensor exact = bits.to(DType.FLOAT64);
        Tensor indices =
                exact.mul(ScalarBound.row(weights, exact)).sum(true, -1).to(DType.INT64); // [N, 1]
        Tensor loss = entropy(z)
                .mul(how.entropyWeight())
                .add(z.meanSquaredError(signs).mul(how.commitment()));
        return new Quantized(GradientEstimator.STRAIGHT_THROUGH.through(z, signs), indices, loss);
    }

    private Tensor entropy(Tensor z) {
        Tensor logits = z.mul(4 * how.inverseTemperature()); // of a bit being set
        Tensor logOn = logits.logSigmoid();
        Tensor logOff = logits.neg().logSigmoid();
        Tensor on = logOn.exp(); // [N, E]
        Tensor off = logOff.exp();
        Tensor ofEach = on.mul(logOn).add(off.mul(logOff)).sum(-1).mean().neg();
        int half = size() / 2;
        Tensor high = combinations(on, off, 0, half); // [N, 2^half]
        Tensor low = combinations(on, off, half, size());
        Tensor ofAll = high.transpose(0, 1).matmul(low).div(z.size(0)); // [2^half, 2^(E-half)]
        Tensor diversity = ofAll.mul(ofAll.clampMin(1e-30).log()).sum().neg();
        return ofEach.sub(diversity.mul(how.diversity()));
    }

    /** Returns the probabilities of all combinations of some bits, the first bit being the highest. */
    private static Tensor combinations(Tensor on, Tensor off, int from, int to) {
        Tensor all = on.narrow(1, 0, 1).onesLike(); // [N, 1]
        for (int i = from; i < to; i++) {
            Tensor pair = Tensor.stack(java.util.List.of(off.select(1, i), on.select(1, i)), 1); // [N, 2]
            all = all.unsqueeze(2).mul(pair.unsqueeze(1)).flatten(1, 2); // [N, 2^(i-from+1)]
        }
        return all;
    }

    @Override
    Tensor look(Tensor indices) {
        Tensor exact = indices.to(DType.FLOAT64); // [N, 1]
        Tensor bits = exact.div(ScalarBound.row(weights, exact)).floor().remainder(2); // [N, E]
        return bits.mul(2).sub(1).to(DType.FLOAT32);
    }
}
