package dev.jeton.train;

import dev.jeton.nn.CheckpointException;
import dev.jeton.torch.DType;
import dev.jeton.torch.Generator;
import dev.jeton.torch.Shape;
import dev.jeton.torch.Tensor;
import java.lang.foreign.ValueLayout;
import java.util.Map;

/** The state of the random numbers that operators draw. */
final class RandomState {
    private static final String CPU = "cpu";

    private RandomState() {}

    static void seed(long seed) {
        Generator.standard().seed(seed);
    }

    /** Returns the state, to be stored. */
    static Map<String, Tensor> save() {
        byte[] state = Generator.standard().state();
        return Map.of(CPU, Tensor.of(state, Shape.of(state.length)));
    }

    /**
     * Goes on with the random numbers from a stored state.
     *
     * @throws CheckpointException if it is none
     */
    static void restore(Map<String, Tensor> stored) {
        Tensor state = stored.get(CPU);
        if (state == null || state.dtype() != DType.UINT8) {
            throw new CheckpointException(
                    "random: there must be a state named '" + CPU + "' of bytes, there is " + stored.keySet());
        }
        try {
            Generator.standard().restore(state.contiguous().memory().toArray(ValueLayout.JAVA_BYTE));
        } catch (IllegalArgumentException e) {
            throw new CheckpointException("random: " + e.getMessage(), e);
        }
    }
}
