package dev.jeton.torch;

import java.util.List;

/** Reading and writing places that other tensors name. Indices are int64. */
public sealed interface Indexing permits Tensor {
    // ---- along one dimension
    // ---------------------------------------------------------------------------------------

    /**
     * Returns, for each place of {@code index}, the element that lies there but for one dimension, in which it lies where the
     * index says: {@code y[i][j] = x[index[i][j]][j]} for dimension 0.
     *
     * @param index of as many dimensions, not larger than this tensor but in {@code dimension}
     */
    default Tensor gather(int dimension, Tensor index) {
        Tensor x = (Tensor) this;
        int d = Places.along("gather", x, dimension, index);
        Tensor y = Kernel.GATHER
                .call()
                .tensor(x)
                .integer(d)
                .tensor(index)
                .flag(false)
                .one();
        if (!Tape.records(x)) {
            return y;
        }
        Shape shape = x.shape();
        return new Node("gather", y, x) {
            private final Tensor places = save(index);

            @Override
            Tensor gradient(int input, Tensor g) {
                return Tensor.full(shape, 0, g.dtype(), g.device()).scatterAdd(d, places, g);
            }
        }.result();
    }

    /** Returns a copy with {@code source} written to the places that {@link #gather} would read. */
    default Tensor scatter(int dimension, Tensor index, Tensor source) {
        Tensor x = (Tensor) this;
        int d = Places.into("scatter", x, dimension, index, source);
        Tensor y = Kernel.SCATTER
                .call()
                .tensor(x)
                .integer(d)
                .tensor(index)
                .tensor(source)
                .one()
                .like(x);
        if (!Tape.records(x, source)) {
            return y;
        }
        Shape from = source.shape();
        return new Node("scatter", y, x, source) {
            private final Tensor places = save(index);

            @Override
            Tensor gradient(int input, Tensor g) {
                return input == 0 ? g.scatter(d, places, 0) : Places.within(g.gather(d, places), from);
            }
        }.result();
    }

    /** Returns a copy with a value written to the places that {@link #gather} would read. */
    default Tensor scatter(int dimension, Tensor index, double value) {
        Tensor x = (Tensor) this;
        return scatter(
                dimension,
                index,
                Tensor.full(Shape.of(), value, x.dtype(), x.device()).expand(index.shape()));
    }

    /** Returns a copy with {@code source} added to the places that {@link #gather} would read. */
    default Tensor scatterAdd(int dimension, Tensor index, Tensor source) {
        Tensor x = (Tensor) this;
        int d = Places.into("scatterAdd", x, dimension, index, source);
        Tensor y = Kernel.SCATTER_ADD
                .call()
                .tensor(x)
                .integer(d)
                .tensor(index)
                .tensor(source)
                .one()
                .like(x);
        if (!Tape.records(x, source)) {
            return y;
        }
        Shape from = source.shape();
        return new Node("scatter_add", y, x, source) {
            private final Tensor places = saveFor(1, index);

            @Override
            Tensor gradient(int input, Tensor g) {
                return input == 0 ? g : Places.within(g.gather(d, places), from);
            }
        }.result();
    }

    /** Returns the places of a dimension that a list of indices names, in its order. */
    default Tensor indexSelect(int dimension, Tensor index) {
        Tensor x = (Tensor) this;
        int d = x.shape().index("indexSelect", dimension);
        Places.list("indexSelect", x, index);
        Tensor y = Kernel.INDEX_SELECT.call().tensor(x).integer(d).tensor(index).one();
        if (!Tape.records(x)) {
            return y;
        }
        Shape shape = x.shape();
        return new Node("index_select", y, x) {
            private final Tensor places = save(index);

            @Override
            Tensor gradient(int input, Tensor g) {
                return Places.selectBackward(g, shape, d, places);
            }
        }.result();
    }

    /** Returns a copy with {@code source} added to the places of a dimension that a list of indices names. */
    default Tensor indexAdd(int dimension, Tensor index, Tensor source) {
        Tensor x = (Tensor) this;
        int d = x.shape().index("indexAdd", dimension);
        Places.list("indexAdd", x, index);
        Check.shape("indexAdd", "the source", x.shape().with(d, index.elements()), source.shape());
        return x.add(Places.selectBackward(source, x.shape(), d, index));
    }

    // ---- anywhere
    // ----------------------------------------------------------------------------------------------------

    /**
     * Returns the elements at places named dimension by dimension, from the first on: {@code y[k…] = x[i[k…]][j[k…]]}. The
     * indices are broadcast to one shape, which takes the place of their dimensions. Negative ones count from the back.
     * Booleans of the shape of one or more dimensions choose where they are true.
     */
    default Tensor index(Tensor... indices) {
        return Places.index((Tensor) this, List.of(indices));
    }

    /** Returns a copy with values written, or added, to the places that {@link #index} would read. */
    default Tensor indexPut(List<Tensor> indices, Tensor values, boolean accumulate) {
        return Places.indexPut((Tensor) this, indices, values, accumulate);
    }

    /** Returns the elements where a mask is true, in row-major order; both are broadcast to one shape. */
    default Tensor maskedSelect(Tensor mask) {
        Tensor x = (Tensor) this;
        Check.mask("maskedSelect", mask);
        Shape shape = Shape.broadcast("maskedSelect", x.shape(), mask.shape());
        return x.expand(shape).reshape(-1).index(mask.expand(shape).reshape(-1));
    }

    /** Returns where elements are not 0, as int64 {@code [count, rank]} in row-major order. */
    default Tensor nonzero() {
        return Kernel.NONZERO.of((Tensor) this);
    }

    // ---- tables
    // ------------------------------------------------------------------------------------------------------

    /**
     * Returns the rows of this table that indices name.
     *
     * @param indices int64 or int32, of any shape
     * @return of the shape of the indices and, last, of a row
     */
    default Tensor embedding(Tensor indices) {
        return Places.embedding((Tensor) this, indices, -1);
    }

    /**
     * Returns the rows of this table that indices name; one row gets no gradient.
     *
     * @param paddingIndex which one, counted from the back where negative
     */
    default Tensor embedding(Tensor indices, long paddingIndex) {
        Tensor table = (Tensor) this;
        long rows = table.size(0);
        long index = paddingIndex < 0 ? paddingIndex + rows : paddingIndex;
        if (index < 0 || index >= rows) {
            throw new ShapeException(
                    "embedding: the padding index must be a row of " + table.shape() + ": " + paddingIndex);
        }
        return Places.embedding(table, indices, index);
    }

    /** Returns int64 vectors, last, that are 1 at the place these indices name and 0 elsewhere. */
    default Tensor oneHot(long classes) {
        Tensor x = (Tensor) this;
        Check.indices("oneHot", x);
        if (classes < 1) {
            throw new ShapeException("oneHot: there must be a class, there are " + classes);
        }
        return Kernel.ONE_HOT.call().tensor(x).integer(classes).one();
    }

    // ---- search
    // ------------------------------------------------------------------------------------------------------

    /**
     * Returns, for each element, how many boundaries are smaller, as int64.
     *
     * @param boundaries of one dimension, in increasing order
     * @param right whether boundaries equal to the element count too
     */
    default Tensor bucketize(Tensor boundaries, boolean right) {
        if (boundaries.rank() != 1) {
            throw new ShapeException("bucketize: boundaries must have one dimension: " + boundaries.shape());
        }
        return Kernel.BUCKETIZE
                .call()
                .tensor((Tensor) this)
                .tensor(boundaries)
                .flag(false)
                .flag(right)
                .one();
    }

    /**
     * Returns, for each value, where it belongs in this sorted tensor, as int64.
     *
     * @param values searched in the last dimension; the others are those of this tensor, unless it has only one
     * @param right whether after equal elements rather than before
     */
    default Tensor searchSorted(Tensor values, boolean right) {
        Tensor sorted = (Tensor) this;
        Shape batch = sorted.shape();
        if (batch.rank() != 1
                && (batch.rank() != values.rank() || !values.shape().with(-1, 0).equals(batch.with(-1, 0)))) {
            throw new ShapeException(
                    "searchSorted: all dimensions but the last must be equal: " + batch + " and " + values.shape());
        }
        return Kernel.SEARCH_SORTED
                .call()
                .tensor(sorted)
                .tensor(values)
                .flag(false)
                .flag(right)
                .none()
                .none()
                .one();
    }

    /** libtorch's names. */
    final class Kernel {
        private static final Operator GATHER = Operator.of("gather");
        private static final Operator SCATTER = Operator.of("scatter", "src");
        private static final Operator SCATTER_ADD = Operator.of("scatter_add");
        private static final Operator INDEX_SELECT = Operator.of("index_select");
        private static final Operator NONZERO = Operator.of("nonzero");
        private static final Operator ONE_HOT = Operator.of("one_hot");
        private static final Operator BUCKETIZE = Operator.of("bucketize", "Tensor");
        private static final Operator SEARCH_SORTED = Operator.of("searchsorted", "Tensor");

        private Kernel() {}
    }
}
