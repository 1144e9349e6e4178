package dev.jeton.torch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One backward pass: walks the recorded operators from a result to its origins, each after all that used its results,
 * and multiplies by their derivatives (reverse accumulation).
 */
final class Backward {
    private final Context context;
    private final Graph graph;
    private final @Nullable Targets targets;
    private final List<Node> entered = new ArrayList<>();
    private final List<Node> order = new ArrayList<>();

    /** The tensors whose gradients are asked for, where it is not all leaves. */
    private static final class Targets {
        final Tensor[] tensors;
        final @Nullable Tensor[] gradients;
        final IdentityHashMap<Node, List<Integer>> of = new IdentityHashMap<>();
        final IdentityHashMap<Node, Boolean> useful = new IdentityHashMap<>();

        Targets(Tensor[] tensors) {
            this.tensors = tensors;
            this.gradients = new Tensor[tensors.length];
            for (int i = 0; i < tensors.length; i++) {
                Node origin = tensors[i].origin();
                if (origin != null) {
                    of.computeIfAbsent(origin, n -> new ArrayList<>()).add(i);
                }
            }
        }

        /** Marks the nodes from which a target is reached; {@code order} has each before its inputs. */
        void markUseful(List<Node> order) {
            for (int i = order.size() - 1; i >= 0; i--) {
                Node node = order.get(i);
                boolean leads = of.containsKey(node);
                for (Node input : node.inputs) {
                    leads |= input != null && isUseful(input);
                }
                if (leads) {
                    useful.put(node, true);
                }
            }
        }

        boolean isUseful(Node node) {
            return of.containsKey(node) || useful.containsKey(node);
        }
    }

    private Backward(Context context, Graph graph, @Nullable Targets targets) {
        this.context = context;
        this.graph = graph;
        this.targets = targets;
    }

    /** Adds the gradients of {@code root} to all leaves it came from. */
    static void accumulate(Tensor root, Tensor seed, Graph graph) {
        new Backward(Context.current(), graph, null).run(root, seed);
    }

    /** Returns the gradients of {@code root} with respect to tensors, null where it does not depend on one. */
    static @Nullable Tensor[] capture(Tensor root, Tensor seed, Tensor[] tensors, Graph graph) {
        Targets targets = new Targets(tensors);
        new Backward(Context.current(), graph, targets).run(root, seed);
        return targets.gradients;
    }

    /** The gradient of a scalar with respect to itself. */
    static Tensor unitSeed(Tensor y) {
        if (y.elements() != 1) {
            throw new ShapeException(
                    "backward: the result must have one element, or a gradient of its shape must be given:"
                            + " it has shape " + y.shape() + "; reduce it with sum() or mean()");
        }
        return y.onesLike();
    }

    private void run(Tensor root, Tensor seed) {
        Node start = root.origin();
        if (start == null) {
            throw new IllegalStateException(
                    "backward: the result does not depend on any tensor that requires a gradient"
                            + " (or was computed while recording was off)");
        }
        boolean recorded = context.recording;
        context.recording = graph == Graph.RECORD;
        try (Scope scope = Scope.open()) {
            if (graph == Graph.RECORD) {
                scope.keepGraph();
            }
            sort(start);
            if (targets != null) {
                targets.markUseful(order);
            }
            deliver(start, root.output, seed, scope);
            for (Node node : order) {
                walk(node, scope);
            }
            if (targets != null) {
                handOut(targets, scope);
            }
        } finally {
            context.recording = recorded;
            for (Node node : entered) {
                node.pass = null;
                discard(node);
            }
        }
    }

    /** Lists the operators behind the result so that each stands before those it got its inputs from. */
    private void sort(Node start) {
        if (start instanceof Leaf) {
            return;
        }
        ArrayDeque<Node> open = new ArrayDeque<>();
        enter(start);
        open.push(start);
        while (!open.isEmpty()) {
            Node node = open.pop();
            for (Node input : node.inputs) {
                if (input != null && !(input instanceof Leaf)) {
                    if (input.pass != this) {
                        enter(input);
                        open.push(input);
                    }
                    input.pending++;
                }
            }
        }
        open.push(start);
        while (!open.isEmpty()) {
            Node node = open.pop();
            order.add(node);
            for (Node input : node.inputs) {
                if (input != null && !(input instanceof Leaf) && --input.pending == 0) {
                    open.push(input);
                }
            }
        }
    }

    private void enter(Node node) {
        if (node.pass != null) {
            throw new IllegalStateException(
                    "backward: another thread is walking over the same graph: a graph serves one"
                            + " backward at a time");
        }
        node.pass = this;
        node.pending = 0;
        entered.add(node);
    }

    private static void discard(Node node) {
        @Nullable Tensor @Nullable [] incoming = node.incoming;
        node.incoming = null;
        if (incoming != null) {
            for (Tensor g : incoming) {
                if (g != null) {
                    g.close();
                }
            }
        }
    }

    /** Multiplies by one operator's derivative and passes the results on. */
    private void walk(Node node, Scope scope) {
        @Nullable Tensor[] incoming = node.incoming;
        if (incoming == null) {
            return;
        }
        if (targets != null) {
            captureFrom(node, incoming, targets);
            if (!targets.useful.containsKey(node)) {
                discard(node);
                return;
            }
        }
        node.checkSaved();
        int mark = scope.mark();
        @Nullable Tensor[] results = new Tensor[node.inputs.length];
        node.gradients(incoming, results);
        for (int i = 0; i < results.length; i++) {
            Node input = node.inputs[i];
            Tensor g = results[i];
            if (input != null && g != null && (targets == null || targets.isUseful(input))) {
                deliver(input, node.inputOutputs[i], g, scope);
            }
        }
        discard(node);
        if (graph == Graph.FREE) {
            node.release();
        }
        scope.releaseFrom(mark);
    }

    /** Adds a gradient to what a node has received so far. */
    private void deliver(Node node, int output, Tensor g, Scope scope) {
        if (node instanceof Leaf leaf) {
            if (targets == null) {
                leaf.accumulate(g);
            } else {
                captureAt(leaf, g, targets);
            }
            return;
        }
        @Nullable Tensor[] incoming = node.incoming;
        if (incoming == null) {
            incoming = new Tensor[node.outputs];
            node.incoming = incoming;
        }
        Tensor before = incoming[output];
        incoming[output] = before == null ? own(g, scope) : sum(before, g);
    }

    /** Takes a gradient that the derivative made out of the working scope; one that is held elsewhere is shared. */
    private static Tensor own(Tensor g, Scope scope) {
        if (g.scope == scope) {
            g.leaveScope();
            return g;
        }
        return g.twin();
    }

    private static Tensor sum(Tensor before, Tensor g) {
        Tensor sum = before.add(g);
        sum.leaveScope();
        before.close();
        return sum;
    }

    private static void captureFrom(Node node, @Nullable Tensor[] incoming, Targets targets) {
        for (int target : targets.of.getOrDefault(node, List.of())) {
            Tensor g = incoming[targets.tensors[target].output];
            if (g != null) {
                targets.gradients[target] = g.twin();
            }
        }
    }

    private static void captureAt(Leaf leaf, Tensor g, Targets targets) {
        for (int target : targets.of.getOrDefault(leaf, List.of())) {
            Tensor before = targets.gradients[target];
            if (before == null) {
                targets.gradients[target] = g.twin();
            } else {
                targets.gradients[target] = sum(before, g);
            }
        }
    }

    /** Gives the captured gradients to the scope around the pass. */
    private static void handOut(Targets targets, Scope scope) {
        for (Tensor g : targets.gradients) {
            if (g != null) {
                scope.own(g);
                scope.keep(g);
            }
        }
    }
}
