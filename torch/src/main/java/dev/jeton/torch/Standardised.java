package dev.jeton.torch;

/**
 * Elements brought to mean 0 and variance 1 over dimensions, or only to mean square 1, by recorded operators: what
 * normalisations become when their derivatives are recorded for second derivatives.
 */
final class Standardised {
    private final Tensor elements;
    private final Tensor rate; // what the elements less their mean were multiplied by
    private final boolean centred;
    private final int[] dimensions;

    private Standardised(Tensor elements, Tensor rate, boolean centred, int[] dimensions) {
        this.elements = elements;
        this.rate = rate;
        this.centred = centred;
        this.dimensions = dimensions;
    }

    static Standardised of(Tensor x, boolean centred, double epsilon, int... dimensions) {
        Tensor deviation = centred ? x.sub(x.mean(true, dimensions)) : x;
        Tensor rate = deviation.square().mean(true, dimensions).add(epsilon).rsqrt();
        return new Standardised(deviation.mul(rate), rate, centred, dimensions);
    }

    Tensor elements() {
        return elements;
    }

    /** Returns the gradient with respect to {@code x}, given that of the elements. */
    Tensor gradient(Tensor g) {
        Tensor along = g.mul(elements).mean(true, dimensions);
        Tensor across = g.sub(elements.mul(along));
        return (centred ? across.sub(g.mean(true, dimensions)) : across).mul(rate);
    }
}
