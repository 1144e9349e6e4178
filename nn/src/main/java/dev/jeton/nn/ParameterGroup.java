package dev.jeton.nn;

import dev.jeton.torch.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Parameters that an optimizer treats alike.
 *
 * @param parameters which ones
 * @param rateScale what the optimizer's learning rate is multiplied by
 * @param weightDecay in place of the optimizer's own, if present
 */
public record ParameterGroup(List<Tensor> parameters, double rateScale, OptionalDouble weightDecay) {
    /** Copies the list. */
    public ParameterGroup {
        parameters = List.copyOf(parameters);
    }

    /** Returns a group that is treated as the optimizer says. */
    public static ParameterGroup of(List<Tensor> parameters) {
        return new ParameterGroup(parameters, 1, OptionalDouble.empty());
    }

    /** Returns two groups: matrices and kernels, and the biases and scales of norms, whose weights do not decay. */
    public static List<ParameterGroup> decayingMatricesOnly(List<Tensor> parameters) {
        List<Tensor> matrices = new ArrayList<>();
        List<Tensor> others = new ArrayList<>();
        parameters.forEach(parameter -> (parameter.rank() >= 2 ? matrices : others).add(parameter));
        return List.of(of(matrices), of(others).withWeightDecay(0));
    }

    /** Returns the same parameters with another multiple of the learning rate. */
    public ParameterGroup withRateScale(double scale) {
        return new ParameterGroup(parameters, scale, weightDecay);
    }

    /** Returns the same parameters with a weight decay of their own. */
    public ParameterGroup withWeightDecay(double decay) {
        return new ParameterGroup(parameters, rateScale, OptionalDouble.of(decay));
    }
}
