package dev.jeton.nn;

import dev.jeton.torch.Tensor;
import java.util.List;
import java.util.Set;

/** Steps as large as the last ones were for gradients as large as the last ones were (Zeiler, 2012, arXiv 1212.5701). */
public final class Adadelta extends PlainOptimizer {
    private static final double SMOOTHING = 0.9;
    private static final double EPSILON = 1e-6;

    private Adadelta(List<ParameterGroup> groups, double learningRate) {
        super(groups, learningRate, 0);
    }

    /** Returns an optimizer; the paper's learning rate is 1. */
    public static Adadelta of(List<Tensor> parameters, double learningRate) {
        return ofGroups(List.of(ParameterGroup.of(parameters)), learningRate);
    }

    /** Returns an optimizer that treats groups of parameters differently. */
    public static Adadelta ofGroups(List<ParameterGroup> groups, double learningRate) {
        return new Adadelta(groups, learningRate);
    }

    @Override
    void update(Slot slot, Tensor g, double rate) {
        Tensor squares = slot.memory("square_avg");
        squares.lerpInPlace(g.square(), 1 - SMOOTHING);
        Tensor steps = slot.memory("acc_delta");
        Tensor step = steps.add(EPSILON).sqrt().div(squares.add(EPSILON).sqrt()).mul(g);
        steps.lerpInPlace(step.square(), 1 - SMOOTHING);
        slot.parameter.addInPlace(step.mul(-rate));
    }

    @Override
    Set<String> memoryNames() {
        return Set.of("square_avg", "acc_delta");
    }
}
