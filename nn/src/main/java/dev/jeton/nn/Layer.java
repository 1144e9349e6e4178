package dev.jeton.nn;

import dev.jeton.torch.DType;
import dev.jeton.torch.DTypeException;
import dev.jeton.torch.Device;
import dev.jeton.torch.Gradients;
import dev.jeton.torch.Scope;
import dev.jeton.torch.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The base of every layer and model: a tree of layers that own named parameters, which training changes, and buffers,
 * which it does not.
 *
 * <pre>{@code
 * final class Mlp extends Layer {
 *     private final Linear hidden = child("hidden", Linear.of(784, 256));
 *     private final Linear head = child("head", Linear.of(256, 10));
 *
 *     Tensor forward(Tensor pixels) { // [B, 784]
 *         return head.forward(hidden.forward(pixels).gelu()); // [B, 10]
 *     }
 * }
 * }</pre>
 *
 * <p>A parameter's full name is the names on the way to it joined with dots, as in PyTorch's {@code state_dict}:
 * {@code hidden.weight}. A layer owns its tensors: no scope frees them, {@link #close} does, or the garbage collector
 * once nothing refers to them. Layers are not thread-safe.
 */
public abstract class Layer implements AutoCloseable {
    private final Map<String, Tensor> parameters = new LinkedHashMap<>();
    private final Map<String, Tensor> buffers = new LinkedHashMap<>();
    private final Map<String, Tensor> constants = new LinkedHashMap<>();
    private final Map<String, Layer> children = new LinkedHashMap<>();
    private boolean training = true;

    /** For subclasses, which register what they own in their field initialisers. */
    protected Layer() {}

    // ---- registering
    // -------------------------------------------------------------------------------------------------

    /**
     * Makes a layer part of this one.
     *
     * @return the same layer
     * @throws IllegalArgumentException if the name is empty or taken
     */
    protected final <L extends Layer> L child(String name, L layer) {
        checkFree(name);
        children.put(name, layer);
        return layer;
    }

    /**
     * Makes layers part of this one, named {@code name.0}, {@code name.1} and so on.
     *
     * @return the same layers
     */
    protected final <L extends Layer> List<L> children(String name, List<L> layers) {
        List<L> all = List.copyOf(layers);
        for (int i = 0; i < all.size(); i++) {
            child(name + "." + i, all.get(i));
        }
        return all;
    }

    /**
     * Makes a tensor a parameter of this layer, which asks for its gradient. A tensor may be a parameter in several
     * places (tied weights): it is trained once.
     *
     * @return the same tensor
     */
    protected final Tensor parameter(String name, Tensor tensor) {
        checkFree(name);
        parameters.put(name, tensor.persist().requiresGrad());
        return tensor;
    }

    /**
     * Makes a tensor a buffer of this layer: stored with the parameters, but not trained.
     *
     * @return the same tensor
     */
    protected final Tensor buffer(String name, Tensor tensor) {
        checkFree(name);
        buffers.put(name, tensor.persist());
        return tensor;
    }

    /**
     * Makes a tensor follow this layer to other devices without being stored: what can be computed anew, such as tables
     * of angles.
     *
     * @return the same tensor
     */
    protected final Tensor constant(String name, Tensor tensor) {
        checkFree(name);
        constants.put(name, tensor.persist());
        return tensor;
    }

    private void checkFree(String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException(getClass().getSimpleName() + ": names must not be empty");
        }
        if (parameters.containsKey(name)
                || buffers.containsKey(name)
                || constants.containsKey(name)
                || children.containsKey(name)) {
            throw new IllegalArgumentException(getClass().getSimpleName() + ": the name '" + name + "' is taken");
        }
    }

    // ---- what it has
    // -------------------------------------------------------------------------------------------------

    /** Returns all parameters of this layer and those inside, frozen ones too, each once. */
    public final List<Tensor> parameters() {
        return List.copyOf(namedParameters().values());
    }

    /** Returns all parameters by full name; one that several layers share is listed once, under its first name. */
    public final Map<String, Tensor> namedParameters() {
        return named((layer, prefix, into) -> layer.parameters.forEach((name, t) -> into.put(prefix + name, t)), true);
    }

    /** Returns all buffers by full name. */
    public final Map<String, Tensor> namedBuffers() {
        return named((layer, prefix, into) -> layer.buffers.forEach((name, t) -> into.put(prefix + name, t)), false);
    }

    /**
     * Returns what is to be stored: all parameters and buffers by full name, themselves and not copies, in PyTorch's
     * order. A shared one stands under each of its names.
     */
    public final Map<String, Tensor> state() {
        return named(
                (layer, prefix, into) -> {
                    layer.parameters.forEach((name, t) -> into.put(prefix + name, t));
                    layer.buffers.forEach((name, t) -> into.put(prefix + name, t));
                },
                false);
    }

    /** Returns the layers directly inside this one by name. */
    public final Map<String, Layer> children() {
        return Collections.unmodifiableMap(children);
    }

    /** Returns the number of trainable and frozen numbers in all parameters, shared ones counted once. */
    public final long parameterCount() {
        return parameters().stream().mapToLong(Tensor::elements).sum();
    }

    /** Returns the number of numbers in all parameters that are not frozen, shared ones counted once. */
    public final long trainableCount() {
        return parameters().stream()
                .filter(Tensor::isRecorded)
                .mapToLong(Tensor::elements)
                .sum();
    }

    private interface Collector {
        void collect(Layer layer, String prefix, Map<String, Tensor> into);
    }

    private Map<String, Tensor> named(Collector collector, boolean once) {
        Map<String, Tensor> found = new LinkedHashMap<>();
        collect("", collector, found);
        if (once) {
            Set<Tensor> seen = Collections.newSetFromMap(new IdentityHashMap<>());
            found.values().removeIf(tensor -> !seen.add(tensor));
        }
        return Collections.unmodifiableMap(found);
    }

    private void collect(String prefix, Collector collector, Map<String, Tensor> into) {
        collector.collect(this, prefix, into);
        children.forEach((name, child) -> child.collect(prefix + name + ".", collector, into));
    }

    /** Returns every tensor of the tree once, constants too. */
    private Set<Tensor> everything() {
        Set<Tensor> all = Collections.newSetFromMap(new IdentityHashMap<>());
        collect(
                "",
                (layer, prefix, into) -> {
                    all.addAll(layer.parameters.values());
                    all.addAll(layer.buffers.values());
                    all.addAll(layer.constants.values());
                },
                new LinkedHashMap<>());
        return all;
    }

    // ---- loading
    // -----------------------------------------------------------------------------------------------------

    /**
     * Copies stored values into all parameters and buffers, converting their types.
     *
     * @throws CheckpointException if names are missing or unexpected or shapes differ; then nothing has changed
     */
    public final void load(Map<String, Tensor> stored) {
        StateDifference difference = StateDifference.between(state(), stored);
        if (!difference.isNone()) {
            throw new CheckpointException(getClass().getSimpleName() + ": " + difference.describe());
        }
        copy(stored, Set.of());
    }

    /**
     * Copies those stored values that fit, and leaves the rest as it is.
     *
     * @return what did not fit
     */
    public final StateDifference loadMatching(Map<String, Tensor> stored) {
        StateDifference difference = StateDifference.between(state(), stored);
        copy(stored, difference.unfilled());
        return difference;
    }

    private void copy(Map<String, Tensor> stored, Set<String> except) {
        try (var _ = Gradients.off()) {
            state().forEach((name, own) -> {
                if (!except.contains(name)) {
                    try (var _ = Scope.open()) { // a map that reads from a file holds one tensor at a time
                        own.copyInPlace(Objects.requireNonNull(stored.get(name), name));
                    }
                }
            });
        }
    }

    // ---- modes and places
    // --------------------------------------------------------------------------------------------

    /** Turns on what is done in training only: dropout, statistics of batches. New layers are in this mode. */
    public final void train() {
        setTraining(true);
    }

    /** Turns off what is done in training only. */
    public final void eval() {
        setTraining(false);
    }

    private void setTraining(boolean on) {
        training = on;
        children.values().forEach(child -> child.setTraining(on));
    }

    /** Whether this layer is in training mode. */
    public final boolean isTraining() {
        return training;
    }

    /** Moves all parameters and buffers to a device. Gradients are forgotten; make optimizers afterwards. */
    public final void to(Device device) {
        try (var _ = Gradients.off()) {
            for (Tensor tensor : everything()) {
                if (!tensor.device().equals(device)) {
                    try (var _ = Scope.open()) {
                        tensor.become(tensor.detach().to(device));
                    }
                }
            }
        }
    }

    /**
     * Converts all floating-point parameters and buffers. Gradients are forgotten; make optimizers afterwards.
     *
     * @throws DTypeException if the type is not floating point
     */
    public final void to(DType dtype) {
        if (!dtype.isFloating()) {
            throw new DTypeException("to: a layer's numbers must be floating point, got " + dtype);
        }
        try (var _ = Gradients.off()) {
            for (Tensor tensor : everything()) {
                if (tensor.dtype().isFloating() && tensor.dtype() != dtype) {
                    try (var _ = Scope.open()) {
                        tensor.become(tensor.detach().to(dtype));
                    }
                }
            }
        }
    }

    /** Keeps all parameters as they are: they ask for no gradient, and optimizers pass them over. */
    public final void freeze() {
        parameters().forEach(Tensor::requiresNoGrad);
    }

    /** Trains all parameters again. */
    public final void unfreeze() {
        parameters().forEach(Tensor::requiresGrad);
    }

    /**
     * Freezes the parameter of this full name, or all of the layer of this name: {@code encoder.layers.0}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public final void freeze(String prefix) {
        within(prefix).forEach(Tensor::requiresNoGrad);
    }

    /** Trains the parameter of this full name, or all of the layer of this name, again. */
    public final void unfreeze(String prefix) {
        within(prefix).forEach(Tensor::requiresGrad);
    }

    private List<Tensor> within(String prefix) {
        List<Tensor> found = new ArrayList<>();
        state().forEach((name, tensor) -> {
            if (name.equals(prefix) || name.startsWith(prefix + ".")) {
                found.add(tensor);
            }
        });
        found.retainAll(parameters());
        if (found.isEmpty()) {
            throw new IllegalArgumentException(
                    "no parameter of " + getClass().getSimpleName() + " is named '" + prefix + "' or lies inside it");
        }
        return found;
    }

    /** Forgets the gradients of all parameters. */
    public final void clearGradients() {
        parameters().forEach(Tensor::clearGrad);
    }

    /** Frees all parameters and buffers. */
    @Override
    public void close() {
        everything().forEach(Tensor::close);
    }

    // ---- printing
    // ----------------------------------------------------------------------------------------------------

    /** Returns what this layer is, in one line: for {@link #toString()}. */
    protected String describe() {
        return getClass().getSimpleName();
    }

    /** Returns the tree of layers, each with its number of parameters. */
    @Override
    public final String toString() {
        return LayerTree.print(this);
    }

    /** Lets {@link LayerTree} ask. */
    final String description() {
        return describe();
    }
}
