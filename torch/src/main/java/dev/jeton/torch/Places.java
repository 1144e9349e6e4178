package dev.jeton.torch;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the operators of {@link Indexing} share: checks, and the derivatives that are operators themselves. */
final class Places {
    private static final Operator INDEX = Operator.of("index", "Tensor");
    private static final Operator INDEX_PUT = Operator.of("index_put");
    private static final Operator SELECT_BACKWARD = Operator.of("index_select_backward");
    private static final Operator EMBEDDING = Operator.of("embedding");
    private static final Operator EMBEDDING_BACKWARD = Operator.of("embedding_dense_backward");

    private Places() {}

    // ---- checks
    // ------------------------------------------------------------------------------------------------------

    /** Checks indices for {@code gather}: returns the dimension, counted from the front. */
    static int along(String operator, Tensor x, int dimension, Tensor index) {
        int d = x.shape().index(operator, dimension);
        Check.indices(operator, index);
        Check.sameDevice(operator, x, index);
        boolean fits = index.rank() == x.rank();
        for (int i = 0; fits && i < x.rank(); i++) {
            fits = i == d || index.size(i) <= x.size(i);
        }
        if (!fits) {
            throw new ShapeException(operator + ": the index must have as many dimensions, and no larger ones but "
                    + dimension + ": " + x.shape() + " by " + index.shape());
        }
        return d;
    }

    /** Checks indices and what is written there: returns the dimension, counted from the front. */
    static int into(String operator, Tensor x, int dimension, Tensor index, Tensor source) {
        int d = along(operator, x, dimension, index);
        Check.sameType(operator, x, source);
        boolean fits = source.rank() == index.rank();
        for (int i = 0; fits && i < index.rank(); i++) {
            fits = index.size(i) <= source.size(i);
        }
        if (!fits) {
            throw new ShapeException(operator + ": the source must be at least as large as the index: " + source.shape()
                    + " for " + index.shape());
        }
        return d;
    }

    /** Checks a list of indices. */
    static void list(String operator, Tensor x, Tensor index) {
        Check.indices(operator, index);
        Check.sameDevice(operator, x, index);
        if (index.rank() != 1) {
            throw new ShapeException(operator + ": the index must have one dimension: " + index.shape());
        }
    }

    /** Puts a gradient of the size of an index into the place of a larger source. */
    static Tensor within(Tensor g, Shape source) {
        if (g.shape().equals(source)) {
            return g;
        }
        long[] amounts = new long[2 * source.rank()];
        for (int i = 0; i < source.rank(); i++) {
            amounts[2 * i + 1] = source.size(-1 - i) - g.size(-1 - i);
        }
        return g.pad(Padding.ZERO, amounts);
    }

    // ---- lists of indices
    // --------------------------------------------------------------------------------------------

    /** Zeros with g added to the named places of a dimension. */
    static Tensor selectBackward(Tensor g, Shape shape, int dimension, Tensor index) {
        Tensor sum = SELECT_BACKWARD
                .call()
                .tensor(g)
                .integers(shape.raw())
                .integer(dimension)
                .tensor(index)
                .one()
                .known(shape, g);
        if (!Tape.records(g)) {
            return sum;
        }
        return new Node("index_select_backward", sum, g) {
            private final Tensor places = save(index);

            @Override
            Tensor gradient(int input, Tensor h) {
                return h.indexSelect(dimension, places);
            }
        }.result();
    }

    // ---- anywhere
    // ----------------------------------------------------------------------------------------------------

    static Tensor index(Tensor x, List<Tensor> indices) {
        checkIndices("index", x, indices);
        Tensor y =
                INDEX.call().tensor(x).tensorsOrNone(new ArrayList<>(indices)).one();
        if (!Tape.records(x)) {
            return y;
        }
        Shape shape = x.shape();
        return new Node("index", y, x) {
            private final List<Tensor> places = indices.stream().map(this::save).toList();

            @Override
            Tensor gradient(int input, Tensor g) {
                return Tensor.full(shape, 0, g.dtype(), g.device()).indexPut(places, g, true);
            }
        }.result();
    }

    static Tensor indexPut(Tensor x, List<Tensor> indices, Tensor values, boolean accumulate) {
        checkIndices("indexPut", x, indices);
        Check.sameType("indexPut", x, values);
        Tensor y = INDEX_PUT
                .call()
                .tensor(x)
                .tensorsOrNone(new ArrayList<>(indices))
                .tensor(values)
                .flag(accumulate)
                .one()
                .like(x);
        if (!Tape.records(x, values)) {
            return y;
        }
        Shape from = values.shape();
        return new Node("index_put", y, x, values) {
            private final List<Tensor> places = indices.stream().map(this::save).toList();

            @Override
            Tensor gradient(int input, Tensor g) {
                if (input == 1) {
                    return Broadcasting.sumTo(g.index(places.toArray(Tensor[]::new)), from);
                }
                return accumulate ? g : g.indexPut(places, Scalars.like(g, 0), false);
            }
        }.result();
    }

    private static void checkIndices(String operator, Tensor x, List<Tensor> indices) {
        if (indices.isEmpty()) {
            throw new ShapeException(operator + ": there must be an index");
        }
        int taken = 0;
        @Nullable Shape common = null;
        for (Tensor index : indices) {
            if (index.dtype() == DType.BOOL) {
                for (int i = 0; i < index.rank(); i++) {
                    if (taken + i >= x.rank() || x.size(taken + i) != index.size(i)) {
                        throw new ShapeException(operator + ": a mask must have the sizes of the dimensions it chooses"
                                + " from: " + index.shape() + " from dimension " + taken + " of " + x.shape());
                    }
                }
                taken += index.rank();
            } else {
                Check.indices(operator, index);
                common = common == null ? index.shape() : Shape.broadcast(operator, common, index.shape());
                taken++;
            }
        }
        if (taken > x.rank()) {
            throw new ShapeException(operator + ": there are indices for " + taken + " dimensions of " + x.shape());
        }
    }

    // ---- tables
    // ------------------------------------------------------------------------------------------------------

    static Tensor embedding(Tensor table, Tensor indices, long padding) {
        if (table.rank() != 2) {
            throw new ShapeException("embedding: the table must have two dimensions: " + table.shape());
        }
        if (indices.dtype() != DType.INT64 && indices.dtype() != DType.INT32) {
            throw new DTypeException("embedding: indices must be int64 or int32, they are " + indices.describe());
        }
        Check.sameDevice("embedding", table, indices);
        Tensor y = EMBEDDING
                .call()
                .tensor(table)
                .tensor(indices)
                .integer(padding)
                .flag(false)
                .flag(false)
                .one();
        if (!Tape.records(table)) {
            return y;
        }
        Shape shape = table.shape();
        return new Node("embedding", y, table) {
            private final Tensor places = save(indices);

            @Override
            Tensor gradient(int input, Tensor g) {
                return embeddingBackward(g, places, shape, padding);
            }
        }.result();
    }

    /** Zeros with the rows of g added to the named ones but the padding; itself differentiable. */
    private static Tensor embeddingBackward(Tensor g, Tensor indices, Shape table, long padding) {
        Tensor sum = EMBEDDING_BACKWARD
                .call()
                .tensor(g)
                .tensor(indices)
                .integer(table.size(0))
                .integer(padding)
                .flag(false)
                .one()
                .known(table, g);
        if (!Tape.records(g)) {
            return sum;
        }
        return new Node("embedding_backward", sum, g) {
            private final Tensor places = save(indices);

            @Override
            Tensor gradient(int input, Tensor h) {
                Tensor rows = h.embedding(places);
                return padding < 0
                        ? rows
                        : rows.maskedFill(places.eq((double) padding).unsqueeze(-1), 0);
            }
        }.result();
    }
}
