package dev.jeton.nn;

import dev.jeton.torch.Tensor;
import java.util.List;

/** Adam with weight decay apart from the gradients (Loshchilov and Hutter, 2017, arXiv 1711.05101): the default choice. */
public final class AdamW extends AdamFamily {
    private AdamW(List<ParameterGroup> groups, double learningRate, AdamOptions options) {
        super(groups, learningRate, options);
    }

    /** Returns an optimizer with the usual settings and a weight decay of 0.01. */
    public static AdamW of(List<Tensor> parameters, double learningRate) {
        return of(parameters, learningRate, AdamOptions.defaults().withWeightDecay(0.01));
    }

    /** Returns an optimizer. */
    public static AdamW of(List<Tensor> parameters, double learningRate, AdamOptions options) {
        return ofGroups(List.of(ParameterGroup.of(parameters)), learningRate, options);
    }

    /** Returns an optimizer that treats groups of parameters differently. */
    public static AdamW ofGroups(List<ParameterGroup> groups, double learningRate, AdamOptions options) {
        return new AdamW(groups, learningRate, options);
    }

    @Override
    boolean decoupled() {
        return true;
    }
}
