package dev.jeton.torch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parts of tensors and the way of gradients back: into zeros, or side by side with those of the other parts. */
final class Part {
    private static final Operator SLICE = Operator.of("slice", "Tensor");
    private static final Operator SLICE_BACKWARD = Operator.of("slice_backward");
    private static final Operator SELECT = Operator.of("select", "int");
    private static final Operator SELECT_BACKWARD = Operator.of("select_backward");

    private Part() {}

    /** Every {@code step}-th place from {@code start} to {@code end}; all are valid. */
    static Tensor slice(Tensor x, int dimension, long start, long end, long step) {
        Tensor y = SLICE.call()
                .tensor(x)
                .integer(dimension)
                .someInteger(start)
                .someInteger(end)
                .integer(step)
                .view(x);
        if (!Tape.records(x)) {
            return y;
        }
        Shape shape = x.shape();
        return new Node("slice", y, x) {
            @Override
            Tensor gradient(int input, Tensor g) {
                return sliceBackward(g, shape, dimension, start, end, step);
            }
        }.result();
    }

    /** Zeros with g in the places of a slice. */
    private static Tensor sliceBackward(Tensor g, Shape shape, int dimension, long start, long end, long step) {
        Tensor padded = SLICE_BACKWARD
                .call()
                .tensor(g)
                .integers(shape.raw())
                .integer(dimension)
                .integer(start)
                .integer(end)
                .integer(step)
                .one()
                .known(shape, g);
        if (!Tape.records(g)) {
            return padded;
        }
        return new Node("slice_backward", padded, g) {
            @Override
            Tensor gradient(int input, Tensor h) {
                return slice(h, dimension, start, end, step);
            }
        }.result();
    }

    /** One place of a dimension. */
    static Tensor select(Tensor x, int dimension, long place) {
        Tensor y = SELECT.call().tensor(x).integer(dimension).integer(place).view(x);
        if (!Tape.records(x)) {
            return y;
        }
        Shape shape = x.shape();
        return new Node("select", y, x) {
            @Override
            Tensor gradient(int input, Tensor g) {
                return selectBackward(g, shape, dimension, place);
            }
        }.result();
    }

    /** Zeros with g in one place. */
    private static Tensor selectBackward(Tensor g, Shape shape, int dimension, long place) {
        Tensor padded = SELECT_BACKWARD
                .call()
                .tensor(g)
                .integers(shape.raw())
                .integer(dimension)
                .integer(place)
                .one()
                .known(shape, g);
        if (!Tape.records(g)) {
            return padded;
        }
        return new Node("select_backward", padded, g) {
            @Override
            Tensor gradient(int input, Tensor h) {
                return select(h, dimension, place);
            }
        }.result();
    }

    /** Parts of these sizes, which add up. */
    static List<Tensor> split(Tensor x, long[] sizes, int dimension) {
        Tensor[] parts = new Tensor[sizes.length];
        try (var _ = Gradients.off()) {
            long start = 0;
            for (int i = 0; i < parts.length; i++) {
                parts[i] = slice(x, dimension, start, start + sizes[i], 1);
                start += sizes[i];
            }
        }
        return parts("split", x, parts, gradients -> Tensor.cat(gradients, dimension));
    }

    /** Each place of a dimension. */
    static List<Tensor> unbind(Tensor x, int dimension) {
        Tensor[] parts = new Tensor[Math.toIntExact(x.size(dimension))];
        try (var _ = Gradients.off()) {
            Arrays.setAll(parts, i -> select(x, dimension, i));
        }
        Shape whole = x.shape();
        long[] strides = x.strides();
        return parts("unbind", x, parts, gradients -> together(gradients, dimension, whole, strides));
    }

    /** Stacks tensors: in the order of the whole's memory where that has no gaps, so that no view of it must be undone. */
    private static Tensor together(List<Tensor> parts, int dimension, Shape whole, long[] strides) {
        Tensor first = parts.getFirst();
        if (Context.current().recording || first.isCuda() || !Dense.haveNoGaps(whole, strides)) {
            return Tensor.stack(parts, dimension);
        }
        Tensor stacked = Elements.empty(whole, strides, first.dtype(), Device.CPU);
        try (var _ = FiniteChecks.off()) {
            for (int i = 0; i < parts.size(); i++) {
                stacked.select(dimension, i).copyInPlace(parts.get(i));
            }
        }
        return stacked;
    }

    private interface Joining {
        Tensor of(List<Tensor> gradients);
    }

    /** Records parts that together are the whole. */
    private static List<Tensor> parts(String operator, Tensor x, Tensor[] parts, Joining joining) {
        if (parts.length == 0 || !Tape.records(x)) {
            return List.of(parts);
        }
        Shape[] shapes = new Shape[parts.length];
        Arrays.setAll(shapes, i -> parts[i].shape());
        Node node = new Node(operator, parts.length, x) {
            @Override
            void gradients(@Nullable Tensor[] g, @Nullable Tensor[] into) {
                Tensor like = first(g);
                List<Tensor> complete = new ArrayList<>();
                for (int i = 0; i < g.length; i++) {
                    Tensor part = g[i];
                    complete.add(part != null ? part : Tensor.full(shapes[i], 0, like.dtype(), like.device()));
                }
                into[0] = joining.of(complete);
            }
        };
        for (int i = 0; i < parts.length; i++) {
            node.bind(i, parts[i]);
        }
        return List.of(parts);
    }

    private static Tensor first(@Nullable Tensor[] g) {
        for (Tensor part : g) {
            if (part != null) {
                return part;
            }
        }
        throw new AssertionError("a derivative was asked for without any gradient");
    }
}
