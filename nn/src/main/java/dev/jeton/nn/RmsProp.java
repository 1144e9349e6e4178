package dev.jeton.nn;

import dev.jeton.torch.Tensor;
import java.util.List;
import java.util.Set;

/** Divides gradients by a moving average of their size (Tieleman and Hinton, 2012). */
public final class RmsProp extends PlainOptimizer {
    private final Options options;

    /**
     * The settings.
     *
     * @param smoothing of the average of squares
     * @param epsilon added to its root
     * @param momentum of the steps
     * @param weightDecay added to gradients, times the parameters
     * @param centered whether the average's variance takes the place of its squares
     */
    public record Options(double smoothing, double epsilon, double momentum, double weightDecay, boolean centered) {
        /** Returns smoothing 0.99, ε 10⁻⁸, no momentum, no decay. */
        public static Options defaults() {
            return new Options(0.99, 1e-8, 0, 0, false);
        }

        /** Returns the same with momentum. */
        public Options withMomentum(double value) {
            return new Options(smoothing, epsilon, value, weightDecay, centered);
        }
    }

    private RmsProp(List<ParameterGroup> groups, double learningRate, Options options) {
        super(groups, learningRate, options.weightDecay());
        this.options = options;
    }

    /** Returns an optimizer with the usual settings. */
    public static RmsProp of(List<Tensor> parameters, double learningRate) {
        return of(parameters, learningRate, Options.defaults());
    }

    /** Returns an optimizer. */
    public static RmsProp of(List<Tensor> parameters, double learningRate, Options options) {
        return ofGroups(List.of(ParameterGroup.of(parameters)), learningRate, options);
    }

    /** Returns an optimizer that treats groups of parameters differently. */
    public static RmsProp ofGroups(List<ParameterGroup> groups, double learningRate, Options options) {
        return new RmsProp(groups, learningRate, options);
    }

    @Override
    void update(Slot slot, Tensor g, double rate) {
        Tensor squares = slot.memory("square_avg");
        squares.lerpInPlace(g.square(), 1 - options.smoothing());
        Tensor size = squares;
        if (options.centered()) {
            Tensor mean = slot.memory("grad_avg");
            mean.lerpInPlace(g, 1 - options.smoothing());
            size = squares.sub(mean.square());
        }
        Tensor direction = g.div(size.sqrt().add(options.epsilon()));
        if (options.momentum() > 0) {
            Tensor momentum = slot.memory("momentum_buffer");
            momentum.mulInPlace(options.momentum());
            momentum.addInPlace(direction);
            direction = momentum;
        }
        slot.parameter.addInPlace(direction.mul(-rate));
    }

    @Override
    Set<String> memoryNames() {
        return Set.of("square_avg", "grad_avg", "momentum_buffer");
    }
}
