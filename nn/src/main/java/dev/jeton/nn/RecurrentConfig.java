package dev.jeton.nn;

/**
 * The sizes of a recurrent layer.
 *
 * @param in features of the input
 * @param hidden features of the state
 * @param layers stacked on each other
 * @param bidirectional whether a second set of weights runs from the last token to the first
 * @param dropout probability of dropping elements between layers in training
 */
public record RecurrentConfig(long in, long hidden, int layers, boolean bidirectional, double dropout) {
    /** Checks the sizes. */
    public RecurrentConfig {
        if (in < 1 || hidden < 1 || layers < 1 || !(dropout >= 0 && dropout < 1)) {
            throw new IllegalArgumentException("recurrent: sizes and layers must be positive and dropout in [0, 1): in "
                    + in + ", hidden " + hidden + ", layers " + layers + ", dropout " + dropout);
        }
    }

    /** Returns one layer that runs forwards. */
    public static RecurrentConfig of(long in, long hidden) {
        return new RecurrentConfig(in, hidden, 1, false, 0);
    }

    /** Returns the same with so many layers. */
    public RecurrentConfig withLayers(int number) {
        return new RecurrentConfig(in, hidden, number, bidirectional, dropout);
    }

    /** Returns the same, running both ways. */
    public RecurrentConfig withBothDirections() {
        return new RecurrentConfig(in, hidden, layers, true, dropout);
    }

    /** Returns the same with dropout between layers. */
    public RecurrentConfig withDropout(double probability) {
        return new RecurrentConfig(in, hidden, layers, bidirectional, probability);
    }

    /** The number of directions. */
    int ways() {
        return bidirectional ? 2 : 1;
    }
}
