package dev.jeton.torch;

import dev.jeton.torch.internal.Abi;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An array of numbers with a shape, an element type and a device, and, where asked for, a gradient.
 *
 * <p>Operators are methods, by families: {@link Pointwise}, {@link Functions}, {@link Comparisons},
 * {@link Activations}, {@link Reductions}, {@link Ordering}, {@link Products}, {@link Views}, {@link Slices},
 * {@link Conversions}, {@link Indexing}, {@link InPlace}, {@link Neural}. They return new tensors in the innermost
 * {@link Scope} and leave their operands as they are; those whose names end in {@code InPlace} change this tensor. Operands
 * of different element types are promoted as in PyTorch and NumPy, shapes are broadcast.
 *
 * <p>A tensor is not thread-safe; different threads may compute with different tensors, and read the same ones.
 */
public final class Tensor
        implements AutoCloseable,
                Pointwise,
                Functions,
                Comparisons,
                Activations,
                Reductions,
                Ordering,
                Products,
                Views,
                Slices,
                Conversions,
                Indexing,
                Convolutions,
                Pooling,
                Resampling,
                Normalisation,
                InPlace,
                Neural {
    private static final Cleaner CLEANER = Cleaner.create();

    Handle handle;
    private final boolean view;
    private boolean closed;
    private Cleaner.@Nullable Cleanable cleanable;
    private @Nullable Arena memoryArena;

    private @Nullable Shape shape;
    private @Nullable DType dtype;
    private @Nullable Device device;

    /** The scope that frees this tensor, and its place there. */
    @Nullable
    Scope scope;

    int slot;

    /** The recorded operator that this is a result of, and which of its results. */
    @Nullable
    Node node;

    int output;

    /** Where this tensor's gradient goes, if it is an origin of gradients. */
    private @Nullable Leaf leaf;

    /** For what a node saved: the count of changes in place when it was saved. */
    int versionWhenSaved;

    private Tensor(Handle handle, boolean view) {
        this.handle = handle;
        this.view = view;
    }

    // ---- making --------------------------------------------------------------------------------------------------

    /** Takes over a handle that an operator returned. */
    static Tensor result(Context context, String operator, long address) {
        Tensor tensor = new Tensor(new Handle(address, new Handle.Version()), false);
        return enlist(context, operator, tensor);
    }

    /** Takes over a handle whose memory is part of another tensor's. */
    static Tensor view(Context context, String operator, long address, Tensor base) {
        Tensor tensor = new Tensor(new Handle(address, base.handle.version), true);
        return enlist(context, operator, tensor);
    }

    private static Tensor enlist(Context context, String operator, Tensor tensor) {
        Scope innermost = context.scope;
        if (innermost == null) {
            tensor.watch();
        } else {
            innermost.own(tensor);
        }
        if (context.finiteChecks != FiniteChecks.Mode.OFF) {
            FiniteChecks.check(context, operator, tensor);
        }
        return tensor;
    }

    /** Notes what is known of a result without asking libtorch. */
    Tensor known(Shape knownShape, Tensor like) {
        shape = knownShape;
        device = like.device;
        return this;
    }

    /** Notes that a result has an operand's shape, type and device. */
    Tensor like(Tensor operand) {
        shape = operand.shape;
        dtype = operand.dtype;
        device = operand.device;
        return this;
    }

    /** Returns a second owner of the same native tensor, with the same place in the graph, that no scope frees. */
    Tensor twin() {
        Tensor twin = new Tensor(handle.share(), view);
        twin.node = node;
        twin.output = output;
        twin.leaf = leaf;
        twin.shape = shape;
        twin.dtype = dtype;
        twin.device = device;
        twin.versionWhenSaved = handle.version.changes;
        return twin;
    }

    // ---- life ----------------------------------------------------------------------------------------------------

    /** Frees this tensor now rather than at the end of its scope. Closing twice does nothing. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        Scope owner = scope;
        if (owner != null && owner.belongsTo(Context.current())) {
            owner.disown(this);
        }
        release();
    }

    /** Lets go of the native tensor, once. */
    void release() {
        if (closed) {
            return;
        }
        closed = true;
        if (leaf != null && leaf.belongsTo(this)) {
            leaf.set(null);
        }
        if (memoryArena != null) {
            memoryArena.close();
        }
        if (cleanable == null) {
            handle.release();
        } else {
            cleanable.clean();
        }
    }

    /** Whether this tensor was freed. */
    public boolean isClosed() {
        return closed;
    }

    /** Leaves a tensor that no scope owns to the garbage collector's care. */
    void watch() {
        if (cleanable == null) {
            Handle watched = handle;
            cleanable = CLEANER.register(this, watched::release);
        }
    }

    void leaveScope() {
        Scope owner = scope;
        if (owner != null) {
            owner.disown(this);
        }
    }

    /**
     * Takes this tensor out of every scope: it lives until it is closed or the garbage collector finds it. What weights
     * of models are.
     *
     * @return this tensor
     */
    public Tensor persist() {
        address("persist");
        leaveScope();
        watch();
        return this;
    }

    /**
     * Makes this tensor hold what another holds, type and device included: how weights move to another device. Its place
     * as a leaf stays, its gradient is forgotten; what was recorded before keeps the old elements.
     *
     * @throws ShapeException if the shapes differ
     * @throws IllegalStateException if this tensor is a result of recorded operators
     */
    public void become(Tensor other) {
        address("become");
        if (node != null) {
            throw new IllegalStateException("become: this tensor is a result of " + node.operator + ", not a leaf");
        }
        if (!other.shape().equals(shape())) {
            throw new ShapeException("become: shapes must be equal: " + shape() + " ≠ " + other.shape());
        }
        clearGrad();
        boolean watched = cleanable != null;
        Handle old = handle;
        handle = other.handle.share();
        dtype = other.dtype();
        device = other.device();
        if (watched) {
            java.util.Objects.requireNonNull(cleanable).clean();
            cleanable = null;
            watch();
        } else {
            old.release();
        }
    }

    /** Returns the native address for an operator that is about to use it. */
    long address(String operator) {
        if (closed) {
            throw Mistake.closed(operator);
        }
        return handle.address;
    }

    boolean isCuda() {
        return device().isCuda();
    }

    boolean isView() {
        return view;
    }

    void changed() {
        handle.version.changes++;
    }

    // ---- what it is ------------------------------------------------------------------------------------------------

    /** Returns the sizes. */
    public Shape shape() {
        Shape known = shape;
        if (known == null) {
            known = Shape.adopt(Abi.sizes(Context.current().scratch, address("shape")));
            shape = known;
        }
        return known;
    }

    /** Returns the size of a dimension, counted from the back where negative. */
    public long size(int dimension) {
        return shape().size(dimension);
    }

    /** Returns the number of dimensions. */
    public int rank() {
        return shape().rank();
    }

    /** Returns the number of elements. */
    public long elements() {
        return shape().elements();
    }

    /** Returns the type of the elements. */
    public DType dtype() {
        DType known = dtype;
        if (known == null) {
            known = DType.ofCode(Abi.dtype(Context.current().scratch, address("dtype")));
            dtype = known;
        }
        return known;
    }

    /** Returns where the elements lie. */
    public Device device() {
        Device known = device;
        if (known == null) {
            long address = address("device");
            Context context = Context.current();
            known = Device.ofNative(
                    Abi.deviceType(context.scratch, address), Abi.deviceIndex(context.scratch, address));
            device = known;
        }
        return known;
    }

    /** Returns by how many elements one step in each dimension moves in memory. */
    public long[] strides() {
        return Abi.strides(Context.current().scratch, address("strides"));
    }

    /** Whether the elements lie in row-major order without gaps. */
    public boolean isContiguous() {
        return Abi.isContiguous(Context.current().scratch, address("isContiguous"));
    }

    /** Returns type, shape and device, such as {@code float32[2, 3]}, for messages. */
    String describe() {
        return closed ? "(closed)" : dtype() + shape().toString() + (isCuda() ? " on " + device() : "");
    }

    // ---- gradients
    // ---------------------------------------------------------------------------------------------------

    /**
     * Asks for this tensor's gradient: operators on it are recorded from now on.
     *
     * @return this tensor
     * @throws DTypeException if the elements are not floating point
     * @throws IllegalStateException if it is itself a result of recorded operators
     */
    public Tensor requiresGrad() {
        address("requiresGrad");
        if (!dtype().isFloating()) {
            throw new DTypeException("requiresGrad: elements must be floating point, these are " + dtype());
        }
        if (node != null) {
            throw new IllegalStateException("requiresGrad: this tensor is a result of " + node.operator
                    + ", through which gradients already flow; detach() it to start anew");
        }
        if (leaf == null) {
            leaf = new Leaf(this);
        }
        return this;
    }

    /** Stops asking for the gradient and forgets it. */
    public Tensor requiresNoGrad() {
        if (leaf != null) {
            leaf.set(null);
            leaf = null;
        }
        return this;
    }

    /** Whether operators on this tensor are recorded. */
    public boolean isRecorded() {
        return node != null || leaf != null;
    }

    /** Whether this tensor itself asked for a gradient, rather than being computed from one that did. */
    public boolean isLeaf() {
        return node == null;
    }

    @Nullable
    Leaf leaf() {
        return leaf;
    }

    /** Returns where gradients that reach this tensor go on to. */
    @Nullable
    Node origin() {
        return node != null ? node : leaf;
    }

    /**
     * Computes the gradients of this scalar with respect to all tensors it came from that asked for one, and adds them to
     * their {@link #grad()}.
     *
     * @throws ShapeException if this tensor has more than one element
     * @throws IllegalStateException if it came from none, or its graph was already used
     */
    public void backward() {
        backward(Graph.FREE);
    }

    /** As {@link #backward()}, with a choice of what becomes of the graph. */
    public void backward(Graph graph) {
        address("backward");
        try (Scope ignored = Scope.open()) {
            Backward.accumulate(this, Backward.unitSeed(this), graph);
            if (graph == Graph.RECORD) {
                ignored.keepGraph();
            }
        }
    }

    /**
     * Computes the product of a gradient with the Jacobian of this tensor, and adds it to the {@link #grad()} of those it
     * came from.
     *
     * @param gradient of the same shape
     * @throws ShapeException if the shapes differ
     */
    public void backward(Tensor gradient, Graph graph) {
        address("backward");
        if (!gradient.shape().equals(shape())) {
            throw new ShapeException(
                    "backward: the gradient must have the result's shape: " + gradient.shape() + " ≠ " + shape());
        }
        Backward.accumulate(this, gradient, graph);
    }

    /**
     * Returns the gradient that backward passes have added up here.
     *
     * @throws IllegalStateException if there is none: see {@link #hasGrad()}
     */
    public Tensor grad() {
        Tensor found = leaf == null ? null : leaf.gradient();
        if (found == null) {
            throw new IllegalStateException(
                    leaf == null
                            ? "grad: this tensor did not ask for a gradient with requiresGrad()"
                            : "grad: no backward pass has reached this tensor yet");
        }
        return found;
    }

    /** Whether a backward pass has left a gradient here. */
    public boolean hasGrad() {
        return leaf != null && leaf.gradient() != null;
    }

    /** Forgets the gradient. */
    public void clearGrad() {
        if (leaf != null) {
            leaf.set(null);
        }
    }

    /** Replaces the gradient: what a distributed or clipped one needs. It is kept out of every scope. */
    public void setGrad(Tensor gradient) {
        if (leaf == null) {
            throw new IllegalStateException("setGrad: this tensor did not ask for a gradient with requiresGrad()");
        }
        if (!gradient.shape().equals(shape())) {
            throw new ShapeException("setGrad: shapes must be equal: " + gradient.shape() + " ≠ " + shape());
        }
        Tensor own = gradient.twin();
        own.watch();
        leaf.set(own);
    }

    /** Returns a tensor with the same memory through which no gradient flows. */
    public Tensor detach() {
        address("detach");
        Tensor detached = new Tensor(handle.share(), view);
        detached.shape = shape;
        detached.dtype = dtype;
        detached.device = device;
        return enlist(Context.current(), "detach", detached);
    }

    // ---- the elements
    // ------------------------------------------------------------------------------------------------

    /**
     * Returns the memory of the elements itself, without a copy.
     *
     * @return the elements in row-major order, accessible until this tensor is closed
     * @throws IllegalStateException if they do not lie on the CPU, contiguously: see {@link Conversions#contiguous()}
     */
    @SuppressWarnings("MustBeClosedChecker") // closed with this tensor
    public MemorySegment memory() {
        address("memory");
        if (isCuda() || !isContiguous()) {
            throw new IllegalStateException(
                    "memory: the elements must lie on the CPU in row-major order: use to(Device.CPU).contiguous()");
        }
        if (memoryArena == null) {
            if (scope == null) {
                return watchedMemory();
            }
            memoryArena = Arena.ofShared();
        }
        return raw().reinterpret(memoryArena, null);
    }

    /** Memory that keeps the native tensor alive until the garbage collector finds the segment. */
    private MemorySegment watchedMemory() {
        Handle shared = handle.share();
        return raw().reinterpret(Arena.ofAuto(), ignored -> shared.release());
    }

    /** The memory of contiguous elements, for copying at once. */
    MemorySegment raw() {
        return Abi.data(Context.current().scratch, address("memory"), elements() * dtype().bytes());
    }

    /**
     * Returns the only element.
     *
     * @throws ShapeException if there is not exactly one
     */
    public double item() {
        if (elements() != 1) {
            throw new ShapeException("item: there must be one element, the shape is " + shape());
        }
        return Elements.doubles(this)[0];
    }

    /** Returns the elements in row-major order as floats. */
    public float[] toFloats() {
        return Elements.floats(this);
    }

    /** Returns the elements in row-major order as doubles. */
    public double[] toDoubles() {
        return Elements.doubles(this);
    }

    /** Returns the elements in row-major order as longs, fractions cut off. */
    public long[] toLongs() {
        return Elements.longs(this);
    }

    /** Returns the elements in row-major order as ints, fractions cut off. */
    public int[] toInts() {
        return Elements.ints(this);
    }

    /** Returns the elements as NumPy and PyTorch print them. */
    @Override
    public String toString() {
        return closed ? "tensor(closed)" : TensorPrinter.print(this);
    }

    // ---- factories
    // -----------------------------------------------------------------------------------------------------

    /** Returns a float32 scalar. */
    public static Tensor scalar(float value) {
        return adoptNew(Abi.scalar(Context.current().scratch, value));
    }

    /** Returns a float64 scalar. */
    public static Tensor scalar(double value) {
        return adoptNew(Abi.scalar(Context.current().scratch, value));
    }

    /** Returns an int64 scalar. */
    public static Tensor scalar(long value) {
        return adoptNew(Abi.scalar(Context.current().scratch, value));
    }

    private static Tensor adoptNew(long address) {
        return result(Context.current(), "scalar", address);
    }

    /** Returns a float32 tensor of one dimension. */
    public static Tensor of(float... values) {
        return of(values, Shape.of(values.length));
    }

    /** Returns a float32 tensor with these elements in row-major order. */
    public static Tensor of(float[] values, Shape shape) {
        return Elements.of(values, shape);
    }

    /** Returns a float32 matrix with these rows. */
    public static Tensor of(float[][] rows) {
        return Elements.of(rows);
    }

    /** Returns a float64 tensor of one dimension. */
    public static Tensor of(double... values) {
        return of(values, Shape.of(values.length));
    }

    /** Returns a float64 tensor with these elements in row-major order. */
    public static Tensor of(double[] values, Shape shape) {
        return Elements.of(values, shape);
    }

    /** Returns a float64 matrix with these rows. */
    public static Tensor of(double[][] rows) {
        return Elements.of(rows);
    }

    /** Returns an int64 tensor of one dimension. */
    public static Tensor of(long... values) {
        return of(values, Shape.of(values.length));
    }

    /** Returns an int64 tensor with these elements in row-major order. */
    public static Tensor of(long[] values, Shape shape) {
        return Elements.of(values, shape);
    }

    /** Returns an int64 matrix with these rows. */
    public static Tensor of(long[][] rows) {
        return Elements.of(rows);
    }

    /** Returns a uint8 tensor with these elements in row-major order: the bytes of pictures. */
    public static Tensor of(byte[] values, Shape shape) {
        return Elements.of(values, shape);
    }

    /** Returns a boolean tensor of one dimension. */
    public static Tensor of(boolean... values) {
        return Elements.of(values);
    }

    /**
     * Returns a tensor over memory of the caller's, without a copy.
     *
     * @param memory elements in row-major order in native memory, which must live as long as the tensor and its views
     */
    public static Tensor over(MemorySegment memory, Shape shape, DType dtype) {
        return Elements.over(memory, shape, dtype);
    }

    /** Returns a float32 tensor of zeros on the CPU. */
    public static Tensor zeros(long... sizes) {
        return full(Shape.of(sizes), 0, DType.FLOAT32, Device.CPU);
    }

    /** Returns a float32 tensor of ones on the CPU. */
    public static Tensor ones(long... sizes) {
        return full(Shape.of(sizes), 1, DType.FLOAT32, Device.CPU);
    }

    /**
     * Returns tensors side by side along a dimension.
     *
     * @throws ShapeException if there is none, or sizes differ in another dimension
     */
    public static Tensor cat(List<Tensor> tensors, int dimension) {
        return Joining.cat(tensors, dimension);
    }

    /**
     * Returns tensors side by side along a new dimension.
     *
     * @param dimension its place in the result
     * @throws ShapeException if there is none, or shapes differ
     */
    public static Tensor stack(List<Tensor> tensors, int dimension) {
        return Joining.stack(tensors, dimension);
    }

    /** Returns a tensor with one value everywhere. */
    public static Tensor full(Shape shape, double value, DType dtype, Device device) {
        Tensor tensor = empty(shape, dtype, device);
        Abi.fill(device.isCuda(), tensor.handle.address, value);
        return tensor;
    }

    /** Returns a tensor whose elements are whatever was in memory. */
    public static Tensor empty(Shape shape, DType dtype, Device device) {
        return Elements.empty(shape, dtype, device);
    }

    /** Returns 0, 1, … {@code end - 1} as int64. */
    public static Tensor arange(long end) {
        return Ranges.arange(0, end, 1);
    }

    /** Returns whole numbers from {@code start} (included) to {@code end} (not), as int64. */
    public static Tensor arange(long start, long end, long step) {
        return Ranges.arange(start, end, step);
    }

    /** Returns numbers from {@code start} (included) to {@code end} (not), as float32. */
    public static Tensor arange(double start, double end, double step) {
        return Ranges.arange(start, end, step);
    }

    /** Returns so many numbers from {@code start} to {@code end}, both included, at equal distances, as float32. */
    public static Tensor linspace(double start, double end, long count) {
        return Ranges.linspace(start, end, count);
    }

    /** Returns a float32 matrix with ones on the diagonal and zeros elsewhere. */
    public static Tensor eye(long size) {
        return Ranges.eye(size);
    }

    /** Returns zeros of this tensor's shape, type and device. */
    public Tensor zerosLike() {
        return full(shape(), 0, dtype(), device());
    }

    /** Returns one value everywhere, in this tensor's shape, type and device. */
    public Tensor fullLike(double value) {
        return full(shape(), value, dtype(), device());
    }

    /** Returns ones of this tensor's shape, type and device. */
    public Tensor onesLike() {
        return full(shape(), 1, dtype(), device());
    }
}
