package dev.jeton.nn;

import dev.jeton.torch.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The gated recurrent unit (Cho et al., 2014, arXiv 1406.1078), in PyTorch's variant, which resets after the product:
 * {@code n = tanh(W x + b + r · (U h + c))}, {@code h' = (1 - z) · n + z · h}. Gates lie in the order reset, update, new.
 */
public final class Gru extends Recurrent {
    private Gru(RecurrentConfig config) {
        super(config, 3);
    }

    /** Returns a layer of these sizes. */
    public static Gru of(RecurrentConfig config) {
        return new Gru(config);
    }

    /** Returns one layer that runs forwards. */
    public static Gru of(long in, long hidden) {
        return new Gru(RecurrentConfig.of(in, hidden));
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
        Tensor h = before.hidden();
        List<Tensor> ofInput = input.chunk(3, 1); // 3 × [B, H]
        List<Tensor> ofState = h.linear(stateWeight, stateBias).chunk(3, 1);
        Tensor reset = ofInput.get(0).add(ofState.get(0)).sigmoid();
        Tensor update = ofInput.get(1).add(ofState.get(1)).sigmoid();
        Tensor fresh = ofInput.get(2).add(reset.mul(ofState.get(2))).tanh();
        return new State(fresh.add(update.mul(h.sub(fresh))), null);
    }
}
