package dev.jeton.torch;

import dev.jeton.torch.internal.Generators;
import dev.jeton.torch.internal.Scratch;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A source of random numbers: Mersenne Twister, with the same numbers from the same seed as PyTorch's on the CPU.
 *
 * <p>Numbers are drawn on the CPU; move them with {@code to(device)}. Its state can be saved and restored, so that a run can
 * go on where it was interrupted. Several threads may draw from one generator, in an order that is then chance's own.
 */
public final class Generator {
    /** What libtorch's state of a Mersenne Twister takes. */
    private static final int STATE_BYTES = 5056;

    private static final int TWISTER_WORDS = 624;
    private static final Cleaner CLEANER = Cleaner.create();

    private final long handle;

    private Generator(long handle) {
        this.handle = handle;
    }

    /** Returns a generator of its own. */
    public static Generator of(long seed) {
        LibTorch.load();
        long made = Generators.create(Context.current().scratch, seed);
        Generator generator = new Generator(made);
        CLEANER.register(generator, () -> Generators.delete(made));
        return generator;
    }

    /** Returns the process's generator, which operators use that are given none: PyTorch's {@code manual_seed} seeds it. */
    public static Generator standard() {
        LibTorch.load();
        return new Generator(Generators.standard());
    }

    /** Starts anew from a seed. */
    public void seed(long seed) {
        Generators.seed(handle, seed);
    }

    long duplicate(Scratch scratch) {
        return Generators.duplicate(scratch, handle);
    }

    // ---- state
    // -------------------------------------------------------------------------------------------------------

    /** Returns where in its sequence this generator is; the bytes are those of PyTorch's {@code get_state()}. */
    public byte[] state() {
        Context context = Context.current();
        try (Tensor state = Tensor.result(context, "state", Generators.state(context.scratch, handle))) {
            return state.raw().toArray(ValueLayout.JAVA_BYTE);
        }
    }

    /**
     * Goes on from where a generator was.
     *
     * @param state what {@link #state()} returned
     * @throws IllegalArgumentException if it is not that
     */
    public void restore(byte[] state) {
        checkState(state);
        try (Tensor bytes = Tensor.of(state, Shape.of(state.length))) {
            Generators.setState(handle, bytes.handle.address);
        }
    }

    private static void checkState(byte[] state) {
        if (state.length != STATE_BYTES) {
            throw new IllegalArgumentException(
                    "restore: the state of a generator has " + STATE_BYTES + " bytes, these are " + state.length);
        }
        ByteBuffer words = ByteBuffer.wrap(state).order(ByteOrder.nativeOrder());
        int left = words.getInt(8);
        int seeded = words.getInt(12);
        long next = words.getLong(16);
        if (seeded != 1 || left <= 0 || left > TWISTER_WORDS || next < 0 || next > TWISTER_WORDS) {
            throw new IllegalArgumentException("restore: these bytes are not the state of a generator");
        }
    }

    // ---- numbers
    // -----------------------------------------------------------------------------------------------------

    /** Returns float32 numbers evenly distributed from 0 (included) to 1 (not). */
    public Tensor rand(long... sizes) {
        return rand(Shape.of(sizes), DType.FLOAT32);
    }

    /** Returns numbers evenly distributed from 0 (included) to 1 (not). */
    public Tensor rand(Shape shape, DType dtype) {
        return fillUniform(Tensor.empty(shape, dtype, Device.CPU), 0, 1);
    }

    /** Returns float32 numbers with the standard normal distribution. */
    public Tensor randn(long... sizes) {
        return randn(Shape.of(sizes), DType.FLOAT32);
    }

    /** Returns numbers with the standard normal distribution. */
    public Tensor randn(Shape shape, DType dtype) {
        return fillNormal(Tensor.empty(shape, dtype, Device.CPU), 0, 1);
    }

    /** Returns int64 numbers from {@code low} (included) to {@code high} (not), each as likely. */
    public Tensor randint(long low, long high, Shape shape) {
        if (low >= high) {
            throw new IllegalArgumentException(
                    "randint: the first number must be smaller than the end: " + low + ", " + high);
        }
        Tensor x = Tensor.empty(shape, DType.INT64, Device.CPU);
        Kernel.RANDOM
                .call()
                .tensor(x)
                .integer(low)
                .someInteger(high)
                .generator(this)
                .inPlace(x);
        return x;
    }

    /** Returns the numbers 0, 1, … {@code count - 1} in random order, as int64. */
    public Tensor randperm(long count) {
        Check.notNegative("randperm", "the count", count);
        return Kernel.PERMUTATION
                .call()
                .integer(count)
                .generator(this)
                .someType(DType.INT64)
                .none()
                .none()
                .none()
                .one();
    }

    /** Returns 1 with the probability that each element names, 0 otherwise, in the type of the probabilities. */
    public Tensor bernoulli(Tensor probabilities) {
        Check.floating("bernoulli", probabilities);
        return Kernel.BERNOULLI.call().tensor(probabilities).generator(this).one();
    }

    /** Returns float32 numbers that are 1 with a probability, 0 otherwise. */
    public Tensor bernoulli(double probability, Shape shape) {
        checkProbability("bernoulli", probability);
        Tensor x = Tensor.empty(shape, DType.FLOAT32, Device.CPU);
        Kernel.FILL_BERNOULLI.call().tensor(x).real(probability).generator(this).inPlace(x);
        return x;
    }

    /** Returns float32 numbers with the exponential distribution of this rate. */
    public Tensor exponential(double rate, Shape shape) {
        if (!(rate > 0)) {
            throw new IllegalArgumentException("exponential: the rate must be positive, it is " + rate);
        }
        Tensor x = Tensor.empty(shape, DType.FLOAT32, Device.CPU);
        Kernel.EXPONENTIAL.call().tensor(x).real(rate).generator(this).inPlace(x);
        return x;
    }

    /**
     * Returns places drawn with the probabilities that weights are in proportion to, as int64.
     *
     * @param weights one row of not negative numbers, or several: {@code [classes]} or {@code [rows, classes]}
     * @param replacement whether a place may be drawn again
     */
    public Tensor multinomial(Tensor weights, long samples, boolean replacement) {
        Check.floating("multinomial", weights);
        if (weights.rank() < 1 || weights.rank() > 2 || samples < 1) {
            throw new ShapeException("multinomial: weights must have one or two dimensions, samples at least one: "
                    + weights.shape() + ", " + samples);
        }
        if (!replacement && samples > weights.size(-1)) {
            throw new ShapeException(
                    "multinomial: without replacement there are no " + samples + " places in " + weights.shape());
        }
        return Kernel.MULTINOMIAL
                .call()
                .tensor(weights)
                .integer(samples)
                .flag(replacement)
                .generator(this)
                .one();
    }

    // ---- filling
    // -----------------------------------------------------------------------------------------------------

    /** Replaces the elements of a tensor by numbers evenly distributed from one (included) to another (not). */
    public Tensor fillUniform(Tensor x, double from, double to) {
        Changing.check("fillUniform", x);
        Check.floating("fillUniform", x);
        checkPlace("fillUniform", x);
        if (!(from <= to)) {
            throw new IllegalArgumentException("fillUniform: bounds must be in order: " + from + ", " + to);
        }
        Kernel.UNIFORM.call().tensor(x).real(from).real(to).generator(this).inPlace(x);
        return x;
    }

    /** Replaces the elements of a tensor by normally distributed numbers. */
    public Tensor fillNormal(Tensor x, double mean, double deviation) {
        Changing.check("fillNormal", x);
        Check.floating("fillNormal", x);
        checkPlace("fillNormal", x);
        if (!(deviation >= 0)) {
            throw new IllegalArgumentException("fillNormal: the deviation must not be negative: " + deviation);
        }
        Kernel.NORMAL
                .call()
                .tensor(x)
                .real(mean)
                .real(deviation)
                .generator(this)
                .inPlace(x);
        return x;
    }

    private static void checkPlace(String operator, Tensor x) {
        if (x.isCuda()) {
            throw new DeviceException(operator + ": numbers are drawn on the CPU, this tensor lies on " + x.device()
                    + "; draw, then move");
        }
    }

    private static void checkProbability(String operator, double probability) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException(
                    operator + ": a probability must lie between 0 and 1, it is " + probability);
        }
    }

    /** libtorch's names. */
    private static final class Kernel {
        private static final Operator UNIFORM = Operator.of("uniform_");
        private static final Operator NORMAL = Operator.of("normal_");
        private static final Operator RANDOM = Operator.of("random_", "from");
        private static final Operator PERMUTATION = Operator.of("randperm", "generator");
        private static final Operator BERNOULLI = Operator.of("bernoulli");
        private static final Operator FILL_BERNOULLI = Operator.of("bernoulli_", "float");
        private static final Operator EXPONENTIAL = Operator.of("exponential_");
        private static final Operator MULTINOMIAL = Operator.of("multinomial");

        private Kernel() {}
    }
}
