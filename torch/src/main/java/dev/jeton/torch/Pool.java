package dev.jeton.torch;

/** Pooling of pictures by libtorch's kernels; sequences are pictures of height 1. */
final class Pool {
    private static final Operator MAX = Operator.of("max_pool2d_with_indices");
    private static final Operator MAX_BACKWARD = Operator.of("max_pool2d_with_indices_backward");
    private static final Operator AVERAGE = Operator.of("avg_pool2d");
    private static final Operator AVERAGE_BACKWARD = Operator.of("avg_pool2d_backward");
    private static final Operator ADAPTIVE = Operator.of("_adaptive_avg_pool2d");
    private static final Operator ADAPTIVE_BACKWARD = Operator.of("_adaptive_avg_pool2d_backward");
    private static final long[] NO_DILATION = {1, 1};

    private final String operator;
    private final long[] size;
    private final long[] stride;
    private final long[] padding;
    private final Window window;

    private Pool(String operator, int dimensions, Window window) {
        this.operator = operator;
        this.size = padded(Window.spread(operator, "size", window.size(), dimensions), 1);
        this.stride = padded(Window.spread(operator, "stride", window.stride(), dimensions), 1);
        this.padding = padded(Window.spread(operator, "padding", window.padding(), dimensions), 0);
        this.window = window;
    }

    /** Returns the numbers for pictures: sequences get one in front. */
    private static long[] padded(long[] numbers, long front) {
        return numbers.length == 2 ? numbers : new long[] {front, numbers[0]};
    }

    /** Returns the operator for an input, once it is known that the window fits. */
    static Pool of(String operator, int dimensions, Tensor x, Window window) {
        Check.rank(operator, "the input", x, dimensions + 2, dimensions == 1 ? "[B, C, L]" : "[B, C, H, W]");
        Check.floating(operator, x);
        Pool pool = new Pool(operator, dimensions, window);
        for (int i = 0; i < dimensions; i++) {
            long size = pool.size[2 - dimensions + i];
            long padding = pool.padding[2 - dimensions + i];
            long length = x.size(2 + i);
            if (padding > size / 2) {
                throw new ShapeException(
                        operator + ": padding must be at most half the window's size: " + padding + " of " + size);
            }
            if (length + 2 * padding < size) {
                throw new ShapeException(operator + ": the window must not be longer than the padded input: " + size
                        + " > " + (length + 2 * padding) + " in dimension " + (2 + i) + " of " + x.shape());
            }
        }
        return pool;
    }

    static Tensor asPictures(Tensor x) {
        return x.reshape(Shape.of(x.size(0), x.size(1), 1, x.size(2))); // [B, C, 1, L]
    }

    static Tensor asSequences(Tensor x) {
        return x.reshape(Shape.of(x.size(0), x.size(1), x.size(3))); // [B, C, L]
    }

    // ---- greatest
    // ----------------------------------------------------------------------------------------------------

    Tensor max(Tensor x) {
        Tensor[] found = MAX.call()
                .tensor(x)
                .integers(size)
                .integers(stride)
                .integers(padding)
                .integers(NO_DILATION)
                .flag(window.roundUp())
                .all(2);
        if (!Tape.records(x)) {
            found[1].close();
            return found[0];
        }
        return new Node(operator, found[0], x) {
            private final Tensor saved = save(x);
            private final Tensor places = save(found[1]);

            @Override
            Tensor gradient(int input, Tensor g) {
                return maxBackward(g, saved, places);
            }
        }.result();
    }

    /** Puts each element of {@code g} where its maximum stood; depends on {@code x} only through the places. */
    private Tensor maxBackward(Tensor g, Tensor x, Tensor places) {
        Tensor dx = MAX_BACKWARD
                .call()
                .tensor(g)
                .tensor(x)
                .integers(size)
                .integers(stride)
                .integers(padding)
                .integers(NO_DILATION)
                .flag(window.roundUp())
                .tensor(places)
                .one();
        if (!Tape.records(g)) {
            return dx;
        }
        return new Node(operator, dx, g) {
            private final Tensor savedPlaces = save(places);

            @Override
            Tensor gradient(int input, Tensor h) {
                Tensor rows = h.reshape(h.size(0), h.size(1), -1);
                Tensor at = savedPlaces.reshape(savedPlaces.size(0), savedPlaces.size(1), -1);
                return rows.gather(2, at).reshape(savedPlaces.shape());
            }
        }.result();
    }

    // ---- average
    // -----------------------------------------------------------------------------------------------------

    Tensor average(Tensor x) {
        Shape shape = x.shape();
        return new LinearMap(
                        operator,
                        t -> averageArguments(AVERAGE.call().tensor(t)).one(),
                        g -> averageArguments(AVERAGE_BACKWARD.call().tensor(g).tensor(unread(g, shape)))
                                .one())
                .of(x);
    }

    private Call averageArguments(Call call) {
        return call.integers(size)
                .integers(stride)
                .integers(padding)
                .flag(window.roundUp())
                .flag(window.countPadding())
                .none();
    }

    static Tensor adaptiveAverage(Tensor x, long height, long width) {
        Shape shape = x.shape();
        return new LinearMap(
                        "adaptiveAvgPool2d",
                        t -> ADAPTIVE.call().tensor(t).integers(height, width).one(),
                        g -> ADAPTIVE_BACKWARD.of(g, unread(g, shape)))
                .of(x);
    }

    /** An input of which a backward kernel reads nothing but the shape. */
    private static Tensor unread(Tensor g, Shape shape) {
        return Tensor.empty(shape, g.dtype(), g.device());
    }
}
