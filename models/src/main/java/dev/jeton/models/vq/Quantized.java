package dev.jeton.models.vq;

import dev.jeton.torch.Scope;
import dev.jeton.torch.Tensor;

/**
 * Vectors as codes.
 *
 * @param values {@code [..., E]}, the vectors that the codes stand for; gradients pass through them to what was quantised
 * @param indices {@code [..., L]}, int64: the codes, {@code L} of them for each vector
 * @param loss a scalar to add to the model's own: what draws vectors and codes together, zero where nothing has to
 */
public record Quantized(Tensor values, Tensor indices, Tensor loss) {
    /** Hands all to the scope around one. */
    Quantized keepIn(Scope scope) {
        return new Quantized(scope.keep(values), scope.keep(indices), scope.keep(loss));
    }
}
