package dev.jeton.nn;

import dev.jeton.torch.Tensor;
import org.jspecify.annotations.Nullable;

/** Elman's recurrent layer: {@code h' = f(W x + b + U h + c)} with tanh or relu for {@code f}. */
public final class Rnn extends Recurrent {
    private final boolean relu;

    private Rnn(RecurrentConfig config, boolean relu) {
        super(config, 1);
        this.relu = relu;
    }

    /** Returns a layer with tanh. */
    public static Rnn tanh(RecurrentConfig config) {
        return new Rnn(config, false);
    }

    /** Returns a layer with relu. */
    public static Rnn relu(RecurrentConfig config) {
        return new Rnn(config, true);
    }

    /** Runs over {@code [B, T, in]} from states of zeros. */
    public RecurrentOutput forward(Tensor x) {
        return forward(x, null, null);
    }

    /** Runs over {@code [B, T, in]} from given states {@code [layers · directions, B, H]}. */
    public RecurrentOutput forward(Tensor x, Tensor hidden) {
        return forward(x, hidden, null);
    }

    /**
     * Runs over padded sequences.
     *
     * @param x {@code [B, T, in]}
     * @param hidden the first states {@code [layers · directions, B, H]}, zeros if absent
     * @param lengths how many tokens of each sequence count, all if absent
     */
    public RecurrentOutput forward(Tensor x, @Nullable Tensor hidden, long @Nullable [] lengths) {
        return hiddenOnly(x, hidden, lengths);
    }

    @Override
    State next(Tensor input, State before, Tensor stateWeight, Tensor stateBias) {
        Tensor sum = input.add(before.hidden().linear(stateWeight, stateBias)); // [B, H]
        return new State(relu ? sum.relu() : sum.tanh(), null);
    }
}
