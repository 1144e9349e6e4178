package dev.jeton.torch;

import dev.jeton.torch.internal.Abi;
import dev.jeton.torch.internal.NativeFailure;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The arguments of one call of an {@link Operator}, put down in the order of its schema. */
final class Call {
    /** More arguments than any operator has. */
    private static final int MOST = 32;

    private final Context context;
    private final long[] words = new long[MOST];
    private final Tensor[] tensors = new Tensor[MOST];
    private @Nullable Operator operator;
    private int count;

    Call(Context context) {
        this.context = context;
    }

    Call begin(Operator called) {
        operator = called;
        count = 0;
        return this;
    }

    // ---- arguments
    // ---------------------------------------------------------------------------------------------------

    Call tensor(Tensor x) {
        tensors[count++] = x;
        return this;
    }

    /** A {@code Tensor?}. */
    Call tensorOrNone(@Nullable Tensor x) {
        if (x == null) {
            return none();
        }
        x.address(name());
        return word(Abi.optional(context.scratch, Abi.duplicate(context.scratch, x.address(name()))));
    }

    /** A {@code Tensor[]}. */
    Call tensors(List<Tensor> list) {
        long[] handles = new long[list.size()];
        for (int i = 0; i < handles.length; i++) {
            list.get(i).address(name()); // all are alive before the first is duplicated
        }
        for (int i = 0; i < handles.length; i++) {
            handles[i] = Abi.duplicate(context.scratch, list.get(i).address(name()));
        }
        return word(Abi.list(context.scratch, handles));
    }

    /** A {@code Tensor?[]}, as indexing takes it. */
    Call tensorsOrNone(List<@Nullable Tensor> list) {
        long[] handles = new long[list.size()];
        for (int i = 0; i < handles.length; i++) {
            Tensor x = list.get(i);
            handles[i] =
                    x == null ? 0 : Abi.optional(context.scratch, Abi.duplicate(context.scratch, x.address(name())));
        }
        return word(Abi.list(context.scratch, handles));
    }

    /** An {@code int}. */
    Call integer(long value) {
        return word(value);
    }

    /** A {@code float}. */
    Call real(double value) {
        return word(Double.doubleToRawLongBits(value));
    }

    /** A {@code bool}. */
    Call flag(boolean value) {
        return word(value ? 1 : 0);
    }

    /** An {@code int[]}. */
    Call integers(long... values) {
        return word(Abi.list(context.scratch, values));
    }

    /** A {@code float[]}. */
    Call reals(double... values) {
        long[] bits = new long[values.length];
        Arrays.setAll(bits, i -> Double.doubleToRawLongBits(values[i]));
        return word(Abi.list(context.scratch, bits));
    }

    /** A {@code bool[]}, such as an {@code output_mask}. */
    Call flags(boolean... values) {
        long[] bits = new long[values.length];
        Arrays.setAll(bits, i -> values[i] ? 1 : 0);
        return word(Abi.list(context.scratch, bits));
    }

    /** A {@code str}. */
    Call text(String value) {
        return word(Abi.text(context.scratch, value));
    }

    /** A {@code ScalarType}. */
    Call type(DType type) {
        return word(type.code());
    }

    /** An {@code int?} that is there. */
    Call someInteger(long value) {
        return word(Abi.optional(context.scratch, value));
    }

    /** An {@code int[]?} that is there. */
    Call someIntegers(long... values) {
        return word(Abi.optional(context.scratch, Abi.list(context.scratch, values)));
    }

    /** A {@code float?} that is there. */
    Call someReal(double value) {
        return word(Abi.optional(context.scratch, Double.doubleToRawLongBits(value)));
    }

    /** A {@code ScalarType?} that is there. */
    Call someType(DType type) {
        return word(Abi.optional(context.scratch, type.code()));
    }

    /** A {@code Generator?} that is there. */
    Call generator(Generator generator) {
        return word(Abi.optional(context.scratch, generator.duplicate(context.scratch)));
    }

    /** Any optional argument that is not there. */
    Call none() {
        return word(0);
    }

    private Call word(long word) {
        words[count++] = word;
        return this;
    }

    private String name() {
        return operator == null ? "call" : operator.name();
    }

    // ---- results
    // -----------------------------------------------------------------------------------------------------

    /** Runs an operator that returns one tensor. */
    Tensor one() {
        Operator called = run();
        return Tensor.result(context, called.name(), context.scratch.get(0));
    }

    /** Runs an operator that returns a view of its first tensor's memory. */
    Tensor view(Tensor base) {
        Operator called = run();
        return Tensor.view(context, called.name(), context.scratch.get(0), base);
    }

    /** Runs an operator that returns several tensors, some of which may not be there. */
    @Nullable
    Tensor[] several(int results) {
        Operator called = run();
        long[] handles = new long[results];
        for (int i = 0; i < results; i++) {
            handles[i] = context.scratch.get(i);
        }
        @Nullable Tensor[] tensorsThere = new Tensor[results];
        for (int i = 0; i < results; i++) {
            if (handles[i] != 0 && Abi.isDefined(context.scratch, handles[i])) {
                tensorsThere[i] = Tensor.result(context, called.name(), handles[i]);
            } else if (handles[i] != 0) {
                Abi.delete(handles[i]);
            }
        }
        return tensorsThere;
    }

    /** Runs an operator that returns several tensors, all of them there. */
    Tensor[] all(int results) {
        @Nullable Tensor[] found = several(results);
        Tensor[] all = new Tensor[results];
        for (int i = 0; i < results; i++) {
            Tensor one = found[i];
            if (one == null) {
                throw new NativeException(name() + ": result " + i + " is missing");
            }
            all[i] = one;
        }
        return all;
    }

    /** Runs an operator that changes its first tensor and returns it once more. */
    void inPlace(Tensor changed) {
        run();
        Abi.delete(context.scratch.get(0));
        changed.changed();
    }

    /** Runs an operator that returns nothing. */
    void nothing() {
        run();
    }

    /** Runs an operator that returns a list of tensors. */
    Tensor[] list() {
        Operator called = run();
        long[] handles = Abi.takeList(context.scratch, context.scratch.get(0));
        Tensor[] list = new Tensor[handles.length];
        for (int i = 0; i < list.length; i++) {
            list[i] = Tensor.result(context, called.name(), handles[i]);
        }
        return list;
    }

    private Operator run() {
        Operator called = java.util.Objects.requireNonNull(operator);
        int arguments = count;
        String[] described = {};
        try {
            for (int i = 0; i < arguments; i++) {
                if (tensors[i] != null) {
                    tensors[i].address(called.name());
                }
            }
            for (int i = 0; i < arguments; i++) {
                if (tensors[i] == null) {
                    context.scratch.set(i, words[i]);
                } else {
                    Abi.duplicateInto(context.scratch, i, tensors[i].handle.address);
                }
            }
            Abi.dispatch(context.scratch, called.nativeName(), called.nativeOverload());
        } catch (NativeFailure e) {
            described = describe(arguments);
            throw Mistake.of(called.name(), e, described);
        } finally {
            Arrays.fill(tensors, 0, arguments, null);
            context.finished(this);
        }
        return called;
    }

    private String[] describe(int arguments) {
        return Arrays.stream(tensors, 0, arguments)
                .filter(java.util.Objects::nonNull)
                .map(Tensor::describe)
                .toArray(String[]::new);
    }
}
