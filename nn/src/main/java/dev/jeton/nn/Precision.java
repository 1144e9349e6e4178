package dev.jeton.nn;

import dev.jeton.torch.Autocast;
import dev.jeton.torch.DType;

/**
 * In which numbers a run computes. Weights, gradients and what optimizers remember are float32 either way.
 *
 * <pre>{@code
 * Tensor loss;
 * try (var precise = Precision.BF16_MIXED.open()) {
 *     loss = Loss.crossEntropy(model.forward(x), y);
 * }
 * loss.backward();
 * }</pre>
 */
public enum Precision {
    /** Everything in float32. */
    FP32(DType.FLOAT32),
    /** Products, convolutions and attention in bfloat16; sums, norms, softmax and losses in float32. */
    BF16_MIXED(DType.BFLOAT16);

    private final DType products;

    Precision(DType products) {
        this.products = products;
    }

    /** Computes in this precision on this thread until the result is closed. */
    public Autocast open() {
        return Autocast.to(products);
    }
}
