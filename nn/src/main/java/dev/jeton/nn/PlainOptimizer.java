package dev.jeton.nn;

import dev.jeton.torch.Tensor;
import java.util.List;

/** An optimizer made of tensor operators, one parameter after the other. */
abstract sealed class PlainOptimizer extends Optimizer permits RmsProp, Adagrad, Adadelta {
    PlainOptimizer(List<ParameterGroup> groups, double learningRate, double weightDecay) {
        super(groups, learningRate, weightDecay);
    }

    @Override
    final void update(List<Slot> ready, double rate, double decay) {
        for (Slot slot : ready) {
            Tensor g = slot.gradient();
            update(slot, decay == 0 ? g : g.add(slot.parameter.mul(decay)), rate);
        }
    }

    /** Changes one parameter by its gradient, decay included. */
    abstract void update(Slot slot, Tensor g, double rate);
}
