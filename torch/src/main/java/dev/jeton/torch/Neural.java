package dev.jeton.torch;

/** Operators of neural networks that have no family: attention, dropout, losses. */
public sealed interface Neural permits Tensor {
    /**
     * Returns for each query the average of the values, weighted by the softmax of the products of query and keys:
     * {@code softmax(query · keyᵀ · scale + mask) · value}. This tensor is the query.
     *
     * <p>Heads {@code N} of the query may be a multiple of those of key and value: then neighbouring query heads share
     * one. A row whose keys are all masked gives zeros.
     *
     * @param key {@code [B, N, S, K]} for this {@code [B, N, T, K]}; {@code N} may be absent in all three
     * @param value {@code [B, N, S, V]}
     * @param options mask, scale and dropout
     * @return {@code [B, N, T, V]}
     * @throws ShapeException if the shapes do not fit
     */
    default Tensor scaledDotProductAttention(Tensor key, Tensor value, Attention options) {
        return ScaledDotProduct.of(
                Autocast.operand((Tensor) this), Autocast.operand(key), Autocast.operand(value), options);
    }

    /**
     * Sets each element to zero with a probability, and divides the others by the rest of it, so that the expectation
     * stays.
     *
     * @param probability of becoming zero
     * @throws IllegalArgumentException if it is not between 0 and 1
     */
    default Tensor dropout(double probability) {
        return Dropout.of((Tensor) this, probability);
    }

    /** As {@link #dropout(double)}, but which elements become zero is chosen by a generator of the caller's. */
    default Tensor dropout(double probability, Generator generator) {
        return Dropout.of((Tensor) this, probability, generator);
    }

    /**
     * Returns the mean of the squared differences from another tensor, at least in single precision; NaN if there are none.
     *
     * @param other of this shape
     * @return a scalar
     * @throws ShapeException if the shapes differ
     */
    default Tensor meanSquaredError(Tensor other) {
        return SquaredError.of((Tensor) this, other);
    }

    /**
     * Returns the negative logarithm of the probability that the softmax of these logits gives to target classes.
     *
     * @param targets int64 class numbers {@code [...]} for this {@code [..., C]}: the classes are the last dimension
     * @param options what becomes of the samples, which targets count, smoothing and weights
     * @return a scalar, or {@code [...]} with {@link LossReduction#NONE}
     * @throws ShapeException if the shapes do not fit
     * @throws DTypeException if the targets are not int64
     */
    default Tensor crossEntropy(Tensor targets, CrossEntropy options) {
        return SoftmaxLoss.of((Tensor) this, targets, options);
    }
}
