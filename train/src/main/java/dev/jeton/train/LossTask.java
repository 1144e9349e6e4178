package dev.jeton.train;

import dev.jeton.nn.Layer;
import dev.jeton.nn.Optimizer;
import dev.jeton.torch.Tensor;
import java.util.Map;
import java.util.function.BiFunction;

/** The usual task: one model, one loss, one optimizer. */
final class LossTask<M extends Layer, B> implements TrainingTask<B> {
    private static final String OPTIMIZER = "optimizer";

    private final M model;
    private final Optimizer optimizer;
    private final BiFunction<? super M, ? super B, Tensor> loss;

    LossTask(M model, Optimizer optimizer, BiFunction<? super M, ? super B, Tensor> loss) {
        this.model = model;
        this.optimizer = optimizer;
        this.loss = loss;
    }

    @Override
    public Layer model() {
        return model;
    }

    @Override
    public Map<String, Optimizer> optimizers() {
        return Map.of(OPTIMIZER, optimizer);
    }

    @Override
    public void step(Step<B> step) {
        step.minimise(OPTIMIZER, batch -> loss.apply(model, batch));
    }

    @Override
    public void validate(B batch, Recorder scores) {
        scores.record("loss", loss.apply(model, batch));
    }

    @Override
    public Object config() {
        return Map.of("model", model.getClass().getSimpleName());
    }
}
