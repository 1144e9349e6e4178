package dev.jeton.nn;

import dev.jeton.torch.FusedUpdate;
import dev.jeton.torch.Tensor;
import java.util.List;
import java.util.Set;

/** Stochastic gradient descent: steps against the gradient, with momentum where asked for. */
public final class Sgd extends Optimizer {
    private static final String MOMENTUM = "momentum_buffer";

    private final Options options;

    /**
     * The settings.
     *
     * @param momentum how much of the last step goes on
     * @param nesterov whether the step looks ahead along the momentum
     * @param weightDecay added to gradients, times the parameters
     */
    public record Options(double momentum, boolean nesterov, double weightDecay) {
        /** Checks the ranges. */
        public Options {
            if (!(momentum >= 0 && momentum < 1 && weightDecay >= 0)) {
                throw new IllegalArgumentException("sgd: momentum must be in [0, 1) and weight decay not negative, got "
                        + momentum + " and " + weightDecay);
            }
            if (nesterov && momentum == 0) {
                throw new IllegalArgumentException("sgd: Nesterov's steps need a momentum above 0");
            }
        }

        /** Returns plain steps. */
        public static Options defaults() {
            return new Options(0, false, 0);
        }

        /** Returns the same with momentum. */
        public Options withMomentum(double value) {
            return new Options(value, nesterov, weightDecay);
        }

        /** Returns the same with Nesterov's momentum. */
        public Options withNesterovMomentum(double value) {
            return new Options(value, true, weightDecay);
        }

        /** Returns the same with weight decay. */
        public Options withWeightDecay(double decay) {
            return new Options(momentum, nesterov, decay);
        }
    }

    private Sgd(List<ParameterGroup> groups, double learningRate, Options options) {
        super(groups, learningRate, options.weightDecay());
        this.options = options;
    }

    /** Returns an optimizer that takes plain steps. */
    public static Sgd of(List<Tensor> parameters, double learningRate) {
        return of(parameters, learningRate, Options.defaults());
    }

    /** Returns an optimizer. */
    public static Sgd of(List<Tensor> parameters, double learningRate, Options options) {
        return ofGroups(List.of(ParameterGroup.of(parameters)), learningRate, options);
    }

    /** Returns an optimizer that treats groups of parameters differently. */
    public static Sgd ofGroups(List<ParameterGroup> groups, double learningRate, Options options) {
        return new Sgd(groups, learningRate, options);
    }

    @Override
    void update(List<Slot> ready, double rate, double decay) {
        FusedUpdate.Sgd numbers = new FusedUpdate.Sgd(rate, options.momentum(), 0, decay, options.nesterov());
        for (List<Slot> batch : batches(ready)) {
            boolean first = batch.getFirst().steps == 1;
            List<Tensor> velocities = options.momentum() == 0 ? List.of() : memories(batch, MOMENTUM);
            FusedUpdate.sgd(parameters(batch), gradients(batch), velocities, first, numbers);
        }
    }

    @Override
    Set<String> memoryNames() {
        return Set.of(MOMENTUM);
    }
}
