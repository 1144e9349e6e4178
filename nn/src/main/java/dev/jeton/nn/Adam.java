package dev.jeton.nn;

import dev.jeton.torch.Tensor;
import java.util.List;

/** Adam (Kingma and Ba, 2014, arXiv 1412.6980): steps of gradients averaged over time, divided by their averaged size. Weight
 * decay is added to the gradients; see {@link AdamW} for the better kind. */
public final class Adam extends AdamFamily {
    private Adam(List<ParameterGroup> groups, double learningRate, AdamOptions options) {
        super(groups, learningRate, options);
    }

    /** Returns an optimizer with the usual settings. */
    public static Adam of(List<Tensor> parameters, double learningRate) {
        return of(parameters, learningRate, AdamOptions.defaults());
    }

    /** Returns an optimizer. */
    public static Adam of(List<Tensor> parameters, double learningRate, AdamOptions options) {
        return ofGroups(List.of(ParameterGroup.of(parameters)), learningRate, options);
    }

    /** Returns an optimizer that treats groups of parameters differently. */
    public static Adam ofGroups(List<ParameterGroup> groups, double learningRate, AdamOptions options) {
        return new Adam(groups, learningRate, options);
    }

    @Override
    boolean decoupled() {
        return false;
    }
}
