package dev.jeton.torch;

/**
 * Elements brought to mean 0 and variance 1 over dimensions, or only to mean square 1, by recorded operators: what
 * normalisations become when their derivatives are recorded for second derivatives.
 *
 * @param elements the result
 * @param rate what the elements less their mean were multiplied by
 */
record Standardised(Tensor elements, Tensor rate, boolean centred, int... dimensions) {
    static Standardised of(Tensor x, boolean centred, double epsilon, int... dimensions) {
        Tensor deviation = centred ? x.sub(x.mean(true, dimensions)) : x;
        Tensor rate = deviation.square().mean(true, dimensions).add(epsilon).rsqrt();
        return new Standardised(deviation.mul(rate), rate, centred, dimensions);
    }

    /** Returns the gradient with respect to {@code x}, given that of the elements. */
    Tensor gradient(Tensor g) {
        Tensor along = g.mul(elements).mean(true, dimensions);
        Tensor across = g.sub(elements.mul(along));
        return (centred ? across.sub(g.mean(true, dimensions)) : across).mul(rate);
    }
}
