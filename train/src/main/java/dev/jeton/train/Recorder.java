package dev.jeton.train;

import dev.jeton.torch.DType;
import dev.jeton.torch.Device;
import dev.jeton.torch.Gradients;
import dev.jeton.torch.Scope;
import dev.jeton.torch.ShapeException;
import dev.jeton.torch.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Averages of numbers by name. Those on a GPU are added up there, and waited for only when they are read. */
public final class Recorder {
    private final Map<String, Average> averages = new LinkedHashMap<>();
    private @Nullable String main;
    private double latest = Double.NaN;
    private long weight = 1;

    Recorder() {}

    private static final class Average {
        private double sum;
        private long count;
        private @Nullable Tensor pending;

        void add(double value, long weight) {
            sum += weight * value;
            count += weight;
        }

        void add(Tensor value, long weight) {
            try (var _ = Scope.open();
                    var _ = Gradients.off()) {
                Tensor wide = value.detach().to(DType.FLOAT64).mul(weight);
                Tensor before = pending;
                pending = (before == null ? wide.copy() : before.add(wide)).persist();
                count += weight;
                if (before != null) {
                    before.close();
                }
            }
        }

        double mean() {
            collect();
            return sum / count;
        }

        void collect() {
            Tensor waiting = pending;
            if (waiting != null) {
                sum += waiting.item();
                waiting.close();
                pending = null;
            }
        }
    }

    /** A sum of weighted values and of their weights: what is stored of an average. */
    record Total(double sum, long count) {}

    /** Says how many times the numbers that follow count. */
    void weigh(long examples) {
        weight = examples;
    }

    /** Adds a number to the average of its name. */
    public void record(String name, double value) {
        average(name).add(value, weight);
        noteLatest(name, value);
    }

    private void noteLatest(String name, double value) {
        if (main == null || (isLoss(name) && !isLoss(main))) {
            main = name;
        }
        if (name.equals(main)) {
            latest = value;
        }
    }

    private static boolean isLoss(String name) {
        return name.equals("loss") || name.endsWith("/loss");
    }

    /**
     * Adds a number to the average of its name.
     *
     * @param value one element
     */
    public void record(String name, Tensor value) {
        if (value.elements() != 1) {
            throw new ShapeException("record: '" + name + "' must have one element, the shape is " + value.shape());
        }
        if (value.device().equals(Device.CPU)) {
            record(name, value.item());
        } else {
            average(name).add(value, weight);
        }
    }

    private Average average(String name) {
        return averages.computeIfAbsent(name, n -> new Average());
    }

    /** Returns the last known value of the loss, or of what was recorded first where there is none; NaN before. */
    double latest() {
        return latest;
    }

    boolean isEmpty() {
        return averages.isEmpty();
    }

    /** Returns the averages and begins anew. */
    Map<String, Double> take() {
        Map<String, Double> means = new LinkedHashMap<>();
        averages.forEach((name, average) -> {
            means.put(name, average.mean());
            noteLatest(name, average.mean());
        });
        averages.clear();
        return means;
    }

    Map<String, Total> totals() {
        Map<String, Total> totals = new LinkedHashMap<>();
        averages.forEach((name, average) -> {
            average.collect();
            totals.put(name, new Total(average.sum, average.count));
        });
        return totals;
    }

    void restore(Map<String, Total> totals) {
        averages.clear();
        totals.forEach((name, total) -> {
            Average average = average(name);
            average.sum = total.sum();
            average.count = total.count();
        });
    }

    /** Frees what was not read. */
    void clear() {
        averages.values().forEach(Average::collect);
        averages.clear();
    }
}
