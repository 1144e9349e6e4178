package dev.jeton.torch;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gradients of scalars with respect to any tensors, and the switch that turns their recording off. */
public final class Gradients {
    private Gradients() {}

    /**
     * Returns the gradients of a scalar with respect to tensors, leaves or results. Tensors that it does not depend on
     * get zeros. The leaves' own {@link Tensor#grad()} stays as it is.
     *
     * @param y a tensor of one element
     * @param tensors what to differentiate by
     * @param graph what becomes of the recorded operators; {@link Graph#RECORD} makes the gradients differentiable
     * @return one gradient a tensor, of its shape, in the innermost scope
     */
    public static List<Tensor> of(Tensor y, List<Tensor> tensors, Graph graph) {
        try (Scope scope = Scope.open()) {
            Tensor seed = Backward.unitSeed(y);
            Tensor[] targets = tensors.toArray(Tensor[]::new);
            @Nullable Tensor[] found = Backward.capture(y, seed, targets, graph);
            Tensor[] all = new Tensor[found.length];
            for (int i = 0; i < all.length; i++) {
                Tensor g = found[i];
                all[i] = scope.keep(g == null ? targets[i].zerosLike() : g);
            }
            return List.of(all);
        }
    }

    /** Returns the gradient of a scalar with respect to one tensor, and frees the graph. */
    public static Tensor of(Tensor y, Tensor x) {
        return of(y, List.of(x), Graph.FREE).getFirst();
    }

    /** Returns the gradient of a scalar with respect to one tensor. */
    public static Tensor of(Tensor y, Tensor x, Graph graph) {
        return of(y, List.of(x), graph).getFirst();
    }

    /**
     * Turns recording off on this thread until the result is closed.
     *
     * <pre>{@code
     * try (var off = Gradients.off()) {
     *     return model.forward(x);
     * }
     * }</pre>
     */
    public static Switch off() {
        return new Switch(false);
    }

    /** Turns recording on on this thread until the result is closed: inside a part where it is off. */
    public static Switch on() {
        return new Switch(true);
    }

    /** Whether this thread records operators. */
    public static boolean areRecorded() {
        return Context.current().recording;
    }

    /** A setting that lasts until it is closed. */
    public static final class Switch implements AutoCloseable {
        private final Context context = Context.current();
        private final boolean before = context.recording;

        private Switch(boolean on) {
            context.recording = on;
        }

        @Override
        public void close() {
            context.recording = before;
        }
    }
}
