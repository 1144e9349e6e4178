package dev.jeton.nn;

import dev.jeton.torch.FusedUpdate;
import java.util.List;
import java.util.Set;

/** What {@link Adam} and {@link AdamW} share: one native call updates all parameters of a group. */
abstract sealed class AdamFamily extends Optimizer permits Adam, AdamW {
    private static final Set<String> NAMES = Set.of("exp_avg", "exp_avg_sq", "max_exp_avg_sq");

    private final AdamOptions options;

    AdamFamily(List<ParameterGroup> groups, double learningRate, AdamOptions options) {
        super(groups, learningRate, options.weightDecay());
        this.options = options;
    }

    /** Whether weights decay apart from the gradients. */
    abstract boolean decoupled();

    @Override
    final void update(List<Slot> ready, double rate, double decay) {
        FusedUpdate.Adam numbers =
                new FusedUpdate.Adam(rate, options.beta1(), options.beta2(), options.epsilon(), decay, decoupled());
        for (List<Slot> batch : batches(ready)) {
            FusedUpdate.Moments moments = new FusedUpdate.Moments(
                    memories(batch, "exp_avg"),
                    memories(batch, "exp_avg_sq"),
                    options.amsgrad() ? memories(batch, "max_exp_avg_sq") : List.of());
            FusedUpdate.adam(parameters(batch), gradients(batch), moments, batch.getFirst().steps, numbers);
        }
    }

    @Override
    final Set<String> memoryNames() {
        return NAMES;
    }
}
