package dev.jeton.nn;

import dev.jeton.torch.Tensor;
import java.util.List;
import java.util.Set;

/** Divides gradients by the root of the sum of all their squares so far (Duchi et al., 2011). */
public final class Adagrad extends PlainOptimizer {
    private static final double EPSILON = 1e-10;

    private Adagrad(List<ParameterGroup> groups, double learningRate) {
        super(groups, learningRate, 0);
    }

    /** Returns an optimizer. */
    public static Adagrad of(List<Tensor> parameters, double learningRate) {
        return ofGroups(List.of(ParameterGroup.of(parameters)), learningRate);
    }

    /** Returns an optimizer that treats groups of parameters differently. */
    public static Adagrad ofGroups(List<ParameterGroup> groups, double learningRate) {
        return new Adagrad(groups, learningRate);
    }

    @Override
    void update(Slot slot, Tensor g, double rate) {
        Tensor sum = slot.memory("sum");
        sum.addInPlace(g.square());
        slot.parameter.addInPlace(g.div(sum.sqrt().add(EPSILON)).mul(-rate));
    }

    @Override
    Set<String> memoryNames() {
        return Set.of("sum");
    }
}
