package dev.jeton.nn;

import dev.jeton.torch.Scope;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recurrent layers against PyTorch: outputs, last states and gradients, float64. */
class GoldenRecurrentTest {
    private static final RecurrentConfig ONE = RecurrentConfig.of(5, 6);
    private static final RecurrentConfig TWO_BOTH_WAYS = ONE.withLayers(2).withBothDirections();

    @ParameterizedTest
    @ValueSource(strings = {"rnn_tanh", "rnn_relu"})
    void rnn(String name) {
        try (var _ = Scope.open();
                var layer = name.equals("rnn_tanh") ? Rnn.tanh(TWO_BOTH_WAYS) : Rnn.relu(ONE)) {
            GoldenCase golden = GoldenCase.read(name);
            golden.loaded(layer);
            RecurrentOutput out = layer.forward(golden.input("x"), golden.input("h0"));
            golden.check(Map.of("y", out.outputs(), "h", out.hidden()), layer.namedParameters());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gru", "gru_uni"})
    void gru(String name) {
        try (var _ = Scope.open();
                var layer = Gru.of(name.equals("gru") ? TWO_BOTH_WAYS : ONE)) {
            GoldenCase golden = GoldenCase.read(name);
            golden.loaded(layer);
            RecurrentOutput out = layer.forward(golden.input("x"), golden.input("h0"));
            golden.check(Map.of("y", out.outputs(), "h", out.hidden()), layer.namedParameters());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lstm", "lstm_uni"})
    void lstm(String name) {
        try (var _ = Scope.open();
                var layer = Lstm.of(name.equals("lstm") ? TWO_BOTH_WAYS : ONE.withLayers(2))) {
            GoldenCase golden = GoldenCase.read(name);
            golden.loaded(layer);
            Lstm.Output out = layer.forward(golden.input("x"), new Lstm.States(golden.input("h0"), golden.input("c0")));
            check(golden, out, layer);
        }
    }

    @Test
    void lstmOverPaddedSequences() {
        try (var _ = Scope.open();
                var layer = Lstm.of(ONE.withBothDirections())) {
            GoldenCase golden = GoldenCase.read("lstm_packed");
            golden.loaded(layer);
            check(golden, layer.forward(golden.input("x"), null, new long[] {7, 4, 1}), layer);
        }
    }

    private static void check(GoldenCase golden, Lstm.Output out, Layer layer) {
        golden.check(
                Map.of(
                        "y",
                        out.outputs(),
                        "h",
                        out.states().hidden(),
                        "c",
                        out.states().cell()),
                layer.namedParameters());
    }
}
