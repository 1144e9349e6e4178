package dev.jeton.train;

import dev.jeton.nn.CheckpointException;
import dev.jeton.nn.Ema;
import dev.jeton.nn.Optimizer;
import dev.jeton.nn.Safetensors;
import dev.jeton.torch.Scope;
import dev.jeton.torch.Tensor;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tensors of a run: what goes into a checkpoint and comes out of it. */
final class Snapshot {
    private static final String OPTIMIZER = "optimizer.";
    private static final String EMA = "ema.";
    private static final String RANDOM = "random.";

    private final TrainingTask<?> task;
    private final @Nullable Ema ema;

    Snapshot(TrainingTask<?> task, @Nullable Ema ema) {
        this.task = task;
        this.ema = ema;
    }

    void save(Checkpoints checkpoints, RunState state) {
        try (var _ = Scope.open()) {
            Map<String, Tensor> training = new LinkedHashMap<>();
            task.optimizers()
                    .forEach((name, optimizer) -> optimizer
                            .state()
                            .forEach((key, tensor) -> training.put(OPTIMIZER + name + "." + key, tensor)));
            if (ema != null) {
                ema.state().forEach((name, tensor) -> training.put(EMA + name, tensor));
            }
            RandomState.save().forEach((device, tensor) -> training.put(RANDOM + device, tensor));
            checkpoints.save(state, task.model().state(), training);
        }
    }

    /** Gives the model, the optimizers, the averages and the random generators what a checked checkpoint holds. */
    void load(Path checkpoint) {
        loadWeights(checkpoint);
        Path file = checkpoint.resolve(Checkpoints.TRAINING);
        try (Safetensors stored = Safetensors.open(file)) {
            for (Map.Entry<String, Optimizer> entry : task.optimizers().entrySet()) {
                try (var _ = Scope.open()) {
                    entry.getValue().load(under(OPTIMIZER + entry.getKey() + ".", stored, file));
                }
            }
            try (var _ = Scope.open()) {
                RandomState.restore(under(RANDOM, stored, file));
            }
        }
    }

    /** Gives the model and the averages what a checkpoint holds, and nothing else. */
    void loadWeights(Path checkpoint) {
        try (Safetensors stored = Safetensors.open(checkpoint.resolve(Checkpoints.MODEL))) {
            task.model().load(stored.tensors());
        }
        if (ema != null) {
            Path file = checkpoint.resolve(Checkpoints.TRAINING);
            try (Safetensors stored = Safetensors.open(file);
                    var _ = Scope.open()) {
                ema.load(under(EMA, stored, file));
            }
        }
    }

    private static Map<String, Tensor> under(String prefix, Safetensors stored, Path file) {
        Map<String, Tensor> found = new LinkedHashMap<>();
        for (String name : stored.names()) {
            if (name.startsWith(prefix)) {
                found.put(name.substring(prefix.length()), stored.tensor(name));
            }
        }
        if (found.isEmpty()) {
            throw new CheckpointException(
                    file + ": holds nothing named " + prefix + "*: the run was begun with other options");
        }
        return found;
    }
}
