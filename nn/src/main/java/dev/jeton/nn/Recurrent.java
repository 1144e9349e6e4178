package dev.jeton.nn;

import dev.jeton.torch.DType;
import dev.jeton.torch.Gradients;
import dev.jeton.torch.Scope;
import dev.jeton.torch.Shape;
import dev.jeton.torch.ShapeException;
import dev.jeton.torch.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the recurrent layers share: layers stacked on each other, each running over the tokens forwards or both ways,
 * with PyTorch's parameter names ({@code weight_ih_l0}, {@code bias_hh_l1_reverse}, …).
 *
 * <p>Sequences of different lengths run padded: behind its end a sequence's states stay and its outputs are zero, and the
 * way back starts at its last token, as with PyTorch's packed sequences.
 */
abstract sealed class Recurrent extends Layer permits Rnn, Lstm, Gru {
    private final RecurrentConfig config;
    private final List<Direction> directions = new ArrayList<>();

    /** The weights of one layer in one direction. */
    private record Direction(Tensor inputWeight, Tensor stateWeight, Tensor inputBias, Tensor stateBias) {}

    /**
     * What a cell carries from token to token: the hidden state and, in an LSTM, the cell's.
     *
     * @param hidden {@code [B, H]}
     * @param cell {@code [B, H]}
     */
    record State(Tensor hidden, @Nullable Tensor cell) {}

    /**
     * All outputs, and the last states of each layer and direction.
     *
     * @param outputs {@code [B, T, H]} of the last layer, both directions side by side
     * @param states as many as there are layers times directions
     */
    record Run(Tensor outputs, List<State> states) {}

    Recurrent(RecurrentConfig config, int gates) {
        this.config = config;
        long hidden = config.hidden();
        Init init = Init.uniform(-1 / Math.sqrt(hidden), 1 / Math.sqrt(hidden));
        for (int layer = 0; layer < config.layers(); layer++) {
            long in = layer == 0 ? config.in() : hidden * config.ways();
            for (int way = 0; way < config.ways(); way++) {
                String suffix = "_l" + layer + (way == 0 ? "" : "_reverse");
                directions.add(new Direction(
                        parameter("weight_ih" + suffix, init.make(gates * hidden, in)),
                        parameter("weight_hh" + suffix, init.make(gates * hidden, hidden)),
                        parameter("bias_ih" + suffix, init.make(gates * hidden)),
                        parameter("bias_hh" + suffix, init.make(gates * hidden))));
            }
        }
    }

    /**
     * Computes a state from the one before.
     *
     * @param input the token's share of all gates, bias included, {@code [B, gates · H]}
     * @param before the state at the token before
     */
    abstract State next(Tensor input, State before, Tensor stateWeight, Tensor stateBias);

    /** Runs over sequences; the caller's scope is open. */
    final Run run(Tensor x, List<State> initial, Tensor @Nullable [] present) {
        Tensor layerInput = x;
        List<State> last = new ArrayList<>();
        for (int layer = 0; layer < config.layers(); layer++) {
            if (layer > 0 && config.dropout() > 0 && isTraining()) {
                layerInput = layerInput.dropout(config.dropout());
            }
            List<Tensor> ways = new ArrayList<>();
            for (int way = 0; way < config.ways(); way++) {
                int index = layer * config.ways() + way;
                Way gone = way(layerInput, directions.get(index), way == 1, initial.get(index), present);
                ways.add(gone.outputs());
                last.add(gone.last());
            }
            layerInput = ways.size() == 1 ? ways.getFirst() : Tensor.cat(ways, 2); // [B, T, ways · H]
        }
        return new Run(layerInput, last);
    }

    /** One layer's way over the tokens: its outputs {@code [B, T, H]} and last state. */
    private record Way(Tensor outputs, State last) {}

    private Way way(Tensor x, Direction direction, boolean backwards, State initial, Tensor @Nullable [] present) {
        List<Tensor> inputs = // T × [B, gates · H]
                x.linear(direction.inputWeight(), direction.inputBias()).unbind(1);
        int tokens = inputs.size();
        Tensor[] outputs = new Tensor[tokens];
        State state = initial;
        for (int i = 0; i < tokens; i++) {
            int token = backwards ? tokens - 1 - i : i;
            State after = next(inputs.get(token), state, direction.stateWeight(), direction.stateBias());
            if (present == null) {
                outputs[token] = after.hidden();
                state = after;
            } else {
                outputs[token] = after.hidden().maskedFill(present[token].not(), 0);
                state = choose(present[token], after, state);
            }
        }
        return new Way(Tensor.stack(List.of(outputs), 1), state);
    }

    /** Returns the new state of the sequences that are still running, and the old one of the others. */
    private static State choose(Tensor running, State after, State before) {
        Tensor newCell = after.cell();
        Tensor oldCell = before.cell();
        return new State(
                running.where(after.hidden(), before.hidden()),
                newCell == null || oldCell == null ? null : running.where(newCell, oldCell));
    }

    // ---- arguments
    // ---------------------------------------------------------------------------------------------------

    final RecurrentConfig config() {
        return config;
    }

    final void checkInput(Tensor x) {
        if (x.rank() != 3 || x.size(2) != config.in() || x.size(1) == 0) {
            throw new ShapeException(
                    describe() + ": the input must have shape [B, T, " + config.in() + "], got " + x.shape());
        }
    }

    /** Zeros for every layer and direction: {@code [layers · ways, B, H]}. */
    final Tensor zeroState(Tensor x) {
        Shape shape = Shape.of((long) config.layers() * config.ways(), x.size(0), config.hidden());
        return Tensor.full(shape, 0, x.dtype(), x.device());
    }

    /** Cuts {@code [layers · ways, B, H]} into the states of each layer and direction. */
    final List<Tensor> split(Tensor states, Tensor x, String what) {
        Shape expected = Shape.of((long) config.layers() * config.ways(), x.size(0), config.hidden());
        if (!states.shape().equals(expected)) {
            throw new ShapeException(
                    describe() + ": the " + what + " must have shape " + expected + ", got " + states.shape());
        }
        return states.unbind(0);
    }

    /** For each token which sequences are still running: {@code [B, 1]}, boolean. */
    final Tensor[] present(Tensor x, long[] lengths) {
        if (lengths.length != x.size(0)) {
            throw new ShapeException(describe() + ": one length a sequence is needed: " + x.size(0) + " sequences, "
                    + lengths.length + " lengths");
        }
        for (long length : lengths) {
            if (length < 1 || length > x.size(1)) {
                throw new ShapeException(describe() + ": lengths must be from 1 to " + x.size(1) + ", got " + length);
            }
        }
        try (var _ = Gradients.off()) {
            Tensor ends = Tensor.of(lengths).reshape(-1, 1).to(x.device());
            Tensor[] present = new Tensor[Math.toIntExact(x.size(1))];
            for (int token = 0; token < present.length; token++) {
                present[token] = ends.gt(token).to(DType.BOOL);
            }
            return present;
        }
    }

    /** Runs over padded sequences with a cell that carries nothing but its hidden state. */
    final RecurrentOutput hiddenOnly(Tensor x, @Nullable Tensor hidden, long @Nullable [] lengths) {
        checkInput(x);
        try (Scope scope = Scope.open()) {
            Tensor first = hidden == null ? zeroState(x) : hidden;
            List<State> states = split(first, x, "hidden state").stream()
                    .map(h -> new State(h, null))
                    .toList();
            Run run = run(x, states, lengths == null ? null : present(x, lengths));
            return new RecurrentOutput(scope.keep(run.outputs()), stackHidden(scope, run));
        }
    }

    /** Puts states of all layers and directions together again. */
    static Tensor stackHidden(Scope scope, Run run) {
        return scope.keep(Tensor.stack(run.states().stream().map(State::hidden).toList(), 0));
    }

    @Override
    protected String describe() {
        return getClass().getSimpleName() + "(" + config.in() + " → " + config.hidden() + ", " + config.layers()
                + (config.layers() == 1 ? " layer" : " layers") + (config.bidirectional() ? ", both ways)" : ")");
    }
}
