package dev.jeton.nn;

import dev.jeton.torch.Shape;
import dev.jeton.torch.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What stands between a model and stored tensors.
 *
 * @param missing names that the model has and the stored state lacks
 * @param unexpected names that are stored and the model lacks
 * @param misshaped names of both whose shapes differ
 */
public record StateDifference(List<String> missing, List<String> unexpected, List<Misshaped> misshaped) {
    /** How many names of each kind a message lists. */
    private static final int LISTED = 10;

    /**
     * A tensor whose stored shape is not the model's.
     *
     * @param name its full name
     * @param expected the model's shape
     * @param stored the stored shape
     */
    public record Misshaped(String name, Shape expected, Shape stored) {
        @Override
        public String toString() {
            return name + " (" + expected + " in the model, " + stored + " stored)";
        }
    }

    /** Copies the lists. */
    public StateDifference {
        missing = List.copyOf(missing);
        unexpected = List.copyOf(unexpected);
        misshaped = List.copyOf(misshaped);
    }

    static StateDifference between(Map<String, Tensor> own, Map<String, Tensor> stored) {
        List<String> missing = new ArrayList<>();
        List<String> unexpected = new ArrayList<>();
        List<Misshaped> misshaped = new ArrayList<>();
        for (String name : stored.keySet()) {
            if (!own.containsKey(name)) {
                unexpected.add(name);
            }
        }
        own.forEach((name, tensor) -> {
            Shape there = shapeOf(stored, name);
            if (there == null) {
                missing.add(name);
            } else if (!there.equals(tensor.shape())) {
                misshaped.add(new Misshaped(name, tensor.shape(), there));
            }
        });
        return new StateDifference(missing, unexpected, misshaped);
    }

    /** Whether everything fits. */
    public boolean isNone() {
        return missing.isEmpty() && unexpected.isEmpty() && misshaped.isEmpty();
    }

    /** Returns the model's names for which there is no fitting value. */
    Set<String> unfilled() {
        Set<String> names = new HashSet<>(missing);
        misshaped.forEach(each -> names.add(each.name()));
        return names;
    }

    /** Returns one sentence: the first names of each kind, and how many there are. */
    public String describe() {
        if (isNone()) {
            return "the stored state fits";
        }
        List<String> parts = new ArrayList<>();
        add(parts, "missing", missing);
        add(parts, "unexpected", unexpected);
        add(parts, "mis-shaped", misshaped);
        return "the stored state does not fit: " + String.join("; ", parts);
    }

    private static void add(List<String> parts, String kind, List<?> names) {
        if (!names.isEmpty()) {
            String listed = names.stream().limit(LISTED).map(Object::toString).collect(Collectors.joining(", "));
            parts.add(names.size() + " " + kind + ": " + listed + (names.size() > LISTED ? ", …" : ""));
        }
    }

    /** A shape without reading the tensor, where it lies in a file. */
    private static @Nullable Shape shapeOf(Map<String, Tensor> stored, String name) {
        if (stored instanceof StoredTensors file) {
            return file.shape(name);
        }
        Tensor tensor = stored.get(name);
        return tensor == null ? null : tensor.shape();
    }
}
