package dev.jeton.models.vq;

import dev.jeton.nn.Init;
import dev.jeton.nn.Linear;
import dev.jeton.torch.Tensor;

/**
 * Chooses the nearest row of a codebook that is never trained itself but seen through a matrix that is (SimVQ, arXiv
 * 2411.02038): each step moves all codes, so none dies.
 */
final class SimVqQuantizer extends Quantizer {
    private final Quantization.SimVq how;
    private final Tensor frozen;
    private final Linear transform;

    SimVqQuantizer(Quantization.SimVq how, int size) {
        super(size, how.codes());
        this.how = how;
        this.frozen =
                buffer("frozen_codebook", Init.normal(0, 1 / Math.sqrt(size)).make(how.codes(), size));
        this.transform = child("code_transform", Linear.withoutBias(size, size));
    }

    @Override
    Quantized choose(Tensor z) {
        Tensor codebook = transform.forward(frozen); // [Q, E]
        Tensor indices = Vectors.nearest(z, codebook); // [N]
        Tensor chosen = codebook.embedding(indices); // [N, E]
        Tensor loss =
                z.meanSquaredError(chosen.detach()).mul(how.commitment()).add(chosen.meanSquaredError(z.detach()));
        return new Quantized(how.estimator().through(z, chosen), indices.unsqueeze(1), loss);
    }

    @Override
    Tensor look(Tensor indices) {
        return transform.forward(frozen).embedding(indices.squeeze(1));
    }
}
