package dev.jeton.nn;

import dev.jeton.torch.Scope;
import dev.jeton.torch.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Long short-term memory (Hochreiter and Schmidhuber, 1997; with forget gates):
 * {@code c' = f · c + i · g}, {@code h' = o · tanh(c')}. Gates lie in the order input, forget, cell, output.
 */
public final class Lstm extends Recurrent {
    private Lstm(RecurrentConfig config) {
        super(config, 4);
    }

    /** Returns a layer of these sizes. */
    public static Lstm of(RecurrentConfig config) {
        return new Lstm(config);
    }

    /** Returns one layer that runs forwards. */
    public static Lstm of(long in, long hidden) {
        return new Lstm(RecurrentConfig.of(in, hidden));
    }

    /**
     * The states of all layers and directions.
     *
     * @param hidden {@code [layers · directions, B, H]}
     * @param cell {@code [layers · directions, B, H]}
     */
    public record States(Tensor hidden, Tensor cell) {}

    /**
     * What the layer returns.
     *
     * @param outputs the last layer's hidden state at every token {@code [B, T, H]}, both directions side by side; zero
     *     behind the end of a sequence
     * @param states the last states
     */
    public record Output(Tensor outputs, States states) {}

    /** Runs over {@code [B, T, in]} from states of zeros. */
    public Output forward(Tensor x) {
        return forward(x, null, null);
    }

    /** Runs over {@code [B, T, in]} from given states. */
    public Output forward(Tensor x, States initial) {
        return forward(x, initial, null);
    }

    /**
     * Runs over padded sequences.
     *
     * @param x {@code [B, T, in]}
     * @param initial the first states, zeros if absent
     * @param lengths how many tokens of each sequence count, all if absent
     */
    public Output forward(Tensor x, @Nullable States initial, long @Nullable [] lengths) {
        checkInput(x);
        try (Scope scope = Scope.open()) {
            States first = initial == null ? new States(zeroState(x), zeroState(x)) : initial;
            List<Tensor> hidden = split(first.hidden(), x, "hidden state");
            List<Tensor> cell = split(first.cell(), x, "cell state");
            List<State> states = new ArrayList<>();
            for (int i = 0; i < hidden.size(); i++) {
                states.add(new State(hidden.get(i), cell.get(i)));
            }
            Run run = run(x, states, lengths == null ? null : present(x, lengths));
            List<Tensor> cells = new ArrayList<>();
            for (State state : run.states()) {
                cells.add(Objects.requireNonNull(state.cell()));
            }
            States last = new States(stackHidden(scope, run), scope.keep(Tensor.stack(cells, 0)));
            return new Output(scope.keep(run.outputs()), last);
        }
    }

    @Override
    State next(Tensor input, State before, Tensor stateWeight, Tensor stateBias) {
        Tensor c = Objects.requireNonNull(before.cell());
        List<Tensor> gates =
                input.add(before.hidden().linear(stateWeight, stateBias)).chunk(4, 1); // 4 × [B, H]
        Tensor in = gates.get(0).sigmoid();
        Tensor forget = gates.get(1).sigmoid();
        Tensor fresh = gates.get(2).tanh();
        Tensor out = gates.get(3).sigmoid();
        Tensor cell = forget.mul(c).add(in.mul(fresh));
        return new State(out.mul(cell.tanh()), cell);
    }
}
