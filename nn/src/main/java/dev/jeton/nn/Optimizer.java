package dev.jeton.nn;

import dev.jeton.torch.Gradients;
import dev.jeton.torch.Scope;
import dev.jeton.torch.Shape;
import dev.jeton.torch.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Changes parameters so that a loss becomes smaller, by their gradients.
 *
 * <pre>{@code
 * var optimizer = AdamW.of(model.parameters(), 1e-3);
 * loss.backward();
 * optimizer.step(); // and forgets the gradients
 * }</pre>
 *
 * <p>What an optimizer remembers of each parameter is made at the first step, beside the parameter: move a model to its
 * device before. Parameters without a gradient are passed over.
 */
public abstract sealed class Optimizer implements AutoCloseable permits AdamFamily, Sgd, PlainOptimizer {
    private static final String STATE = "state.";
    private static final String STEP = "step";
    private static final String RATE = "learning_rate";

    private final List<ParameterGroup> groups;
    private final List<Slot> slots = new ArrayList<>();
    private final double weightDecay;
    private double learningRate;

    /** A parameter and what is remembered of it, by PyTorch's names. */
    static final class Slot {
        final Tensor parameter;
        final Map<String, Tensor> memory = new LinkedHashMap<>();

        /** How many steps changed the parameter, the present one included. */
        long steps;

        Slot(Tensor parameter) {
            this.parameter = parameter;
        }

        Tensor gradient() {
            return parameter.grad();
        }

        /** Returns what was remembered under a name, zeros of the parameter's shape at first. */
        Tensor memory(String name) {
            return memory.computeIfAbsent(name, n -> parameter.zerosLike().persist());
        }

        /** Whether two parameters can be changed by one native call. */
        boolean goesWith(Slot other) {
            return steps == other.steps
                    && parameter.dtype() == other.parameter.dtype()
                    && parameter.device().equals(other.parameter.device());
        }
    }

    Optimizer(List<ParameterGroup> groups, double learningRate, double weightDecay) {
        this.groups = List.copyOf(groups);
        this.weightDecay = weightDecay;
        setLearningRate(learningRate);
        Set<Tensor> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (ParameterGroup group : this.groups) {
            for (Tensor parameter : group.parameters()) {
                if (!seen.add(parameter)) {
                    throw new IllegalArgumentException("optimizer: a parameter of shape " + parameter.shape()
                            + " is in two groups, or twice in one");
                }
                slots.add(new Slot(parameter));
            }
        }
        if (slots.isEmpty()) {
            throw new IllegalArgumentException("optimizer: there are no parameters to change");
        }
    }

    /** Changes every parameter that has a gradient, and forgets the gradients. */
    public final void step() {
        try (var _ = Gradients.off()) {
            int first = 0;
            for (ParameterGroup group : groups) {
                int last = first + group.parameters().size();
                List<Slot> ready = slots.subList(first, last).stream()
                        .filter(slot -> slot.parameter.hasGrad())
                        .toList();
                first = last;
                ready.forEach(slot -> slot.steps++);
                if (!ready.isEmpty()) {
                    try (var _ = Scope.open()) {
                        update(
                                ready,
                                learningRate * group.rateScale(),
                                group.weightDecay().orElse(weightDecay));
                    }
                }
            }
        }
        clearGradients();
    }

    /** Changes parameters that all have gradients; recording is off and a scope open. */
    abstract void update(List<Slot> ready, double rate, double decay);

    /** Cuts slots into those that go together, each in one native call. */
    static List<List<Slot>> batches(List<Slot> ready) {
        List<List<Slot>> batches = new ArrayList<>();
        for (Slot slot : ready) {
            batches.stream()
                    .filter(batch -> batch.getFirst().goesWith(slot))
                    .findFirst()
                    .orElseGet(() -> {
                        List<Slot> fresh = new ArrayList<>();
                        batches.add(fresh);
                        return fresh;
                    })
                    .add(slot);
        }
        return batches;
    }

    /** Returns what slots remember under a name. */
    static List<Tensor> memories(List<Slot> batch, String name) {
        return batch.stream().map(slot -> slot.memory(name)).toList();
    }

    static List<Tensor> parameters(List<Slot> batch) {
        return batch.stream().map(slot -> slot.parameter).toList();
    }

    static List<Tensor> gradients(List<Slot> batch) {
        return batch.stream().map(Slot::gradient).toList();
    }

    /** Forgets the gradients of all parameters. */
    public final void clearGradients() {
        slots.forEach(slot -> slot.parameter.clearGrad());
    }

    /** Returns the learning rate of the next step. */
    public final double learningRate() {
        return learningRate;
    }

    /**
     * Sets the learning rate from the next step on; groups multiply it by their own scale.
     *
     * @throws IllegalArgumentException if it is negative or not a number
     */
    public final void setLearningRate(double rate) {
        if (!(rate >= 0)) {
            throw new IllegalArgumentException("optimizer: the learning rate must not be negative, got " + rate);
        }
        this.learningRate = rate;
    }

    /** Returns all parameters, in the order of the groups. */
    public final List<Tensor> parameters() {
        return slots.stream().map(slot -> slot.parameter).toList();
    }

    // ---- storing
    // -----------------------------------------------------------------------------------------------------

    /**
     * Returns what is to be stored, to go on exactly where this optimizer is: {@code state.3.exp_avg} is what PyTorch
     * keeps as {@code exp_avg} of parameter 3, counted through all groups; {@code learning_rate} stands beside it. The
     * tensors are this optimizer's own, not copies; scalars are new, in the innermost scope.
     */
    public final Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        for (int i = 0; i < slots.size(); i++) {
            String prefix = STATE + i + ".";
            Slot slot = slots.get(i);
            if (slot.steps > 0) {
                state.put(prefix + STEP, Tensor.scalar(slot.steps));
                slot.memory.forEach((name, tensor) -> state.put(prefix + name, tensor));
            }
        }
        state.put(RATE, Tensor.scalar(learningRate));
        return state;
    }

    /** The names of what this kind of optimizer may remember. */
    abstract Set<String> memoryNames();

    /**
     * Takes a stored state over: copies of its tensors.
     *
     * @throws CheckpointException if it is not that of such an optimizer over such parameters; then nothing has changed
     */
    public final void load(Map<String, Tensor> stored) {
        List<Slot> restored =
                slots.stream().map(slot -> new Slot(slot.parameter)).toList();
        double rate = learningRate;
        try (var _ = Scope.open();
                var _ = Gradients.off()) {
            for (String name : stored.keySet()) {
                Tensor tensor = stored.get(name);
                if (name.equals(RATE)) {
                    rate = tensor.item();
                } else {
                    restore(name, tensor, restored);
                }
            }
        }
        close();
        for (int i = 0; i < slots.size(); i++) {
            slots.get(i).steps = restored.get(i).steps;
            slots.get(i).memory.putAll(restored.get(i).memory);
        }
        setLearningRate(rate);
    }

    private void restore(String name, Tensor tensor, List<Slot> restored) {
        String[] parts = name.split("\\.", -1);
        boolean known = parts.length == 3
                && name.startsWith(STATE)
                && parts[1].matches("\\d{1,9}")
                && (parts[2].equals(STEP) || memoryNames().contains(parts[2]));
        int index = known ? Integer.parseInt(parts[1]) : 0;
        if (!known || index >= slots.size()) {
            throw new CheckpointException(getClass().getSimpleName() + ": '" + name + "' has no place in the state of "
                    + slots.size() + " parameters");
        }
        Slot slot = restored.get(index);
        boolean counter = parts[2].equals(STEP);
        Shape expected = counter ? Shape.of() : slot.parameter.shape();
        if (!tensor.shape().equals(expected)) {
            throw new CheckpointException(getClass().getSimpleName() + ": '" + name + "' must have shape " + expected
                    + ", it has " + tensor.shape());
        }
        if (counter) {
            slot.steps = (long) tensor.item();
        } else {
            Tensor own = tensor.to(slot.parameter.device()).to(slot.parameter.dtype());
            slot.memory.put(parts[2], own.copy().persist());
        }
    }

    /** Frees what this optimizer remembers; the parameters stay. */
    @Override
    public void close() {
        for (Slot slot : slots) {
            slot.memory.values().forEach(Tensor::close);
            slot.memory.clear();
            slot.steps = 0;
        }
    }
}
