package dev.jeton.torch;

/**
 * A debug switch: while it is on, every result on this thread is searched, and the operator that makes the first NaN or
 * infinity fails with a {@link NonFiniteException} that names it. Operators of a backward pass are searched too.
 *
 * <pre>{@code
 * try (var checks = FiniteChecks.on()) {
 *     loss(model, batch).backward();
 * }
 * }</pre>
 *
 * <p>Each operator then waits for its result and reads all of it: several times slower, for finding a fault.
 */
public final class FiniteChecks implements AutoCloseable {
    private static final Operator IS_FINITE = Operator.of("isfinite");
    private static final Operator IS_NAN = Operator.of("isnan");
    private static final Operator ALL = Operator.of("all");
    private static final Operator ANY = Operator.of("any");

    /** What is searched for. */
    enum Mode {
        OFF,
        NAN,
        NAN_AND_INFINITY
    }

    private final Context context = Context.current();
    private final Mode before = context.finiteChecks;

    private FiniteChecks(Mode mode) {
        context.finiteChecks = mode;
    }

    /** Searches for NaN and infinities on this thread until the result is closed. */
    public static FiniteChecks on() {
        return new FiniteChecks(Mode.NAN_AND_INFINITY);
    }

    /** Searches for NaN only: where infinities are meant, as in the masks of attention. */
    public static FiniteChecks nanOnly() {
        return new FiniteChecks(Mode.NAN);
    }

    /** Does not search, while memory is filled part by part with what has been searched. */
    static FiniteChecks off() {
        return new FiniteChecks(Mode.OFF);
    }

    @Override
    public void close() {
        context.finiteChecks = before;
    }

    static void check(Context context, String operator, Tensor tensor) {
        if (operator.equals("empty")) {
            return; // whatever was in memory, about to be overwritten
        }
        Mode mode = context.finiteChecks;
        context.finiteChecks = Mode.OFF; // the search itself is not searched
        try (Tensor twin = tensor.twin()) {
            if (twin.dtype().isFloating() && twin.elements() > 0 && isFaulty(twin, mode)) {
                throw new NonFiniteException(operator, twin.shape(), mode == Mode.NAN);
            }
        } finally {
            context.finiteChecks = mode;
        }
    }

    private static boolean isFaulty(Tensor tensor, Mode mode) {
        boolean nanOnly = mode == Mode.NAN;
        try (Tensor each = (nanOnly ? IS_NAN : IS_FINITE).of(tensor);
                Tensor one = (nanOnly ? ANY : ALL).of(each)) {
            return (one.toInts()[0] != 0) == nanOnly;
        }
    }
}
