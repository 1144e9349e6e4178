package dev.jeton.torch.internal;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * libtorch's stable C ABI: the only file that knows its symbols.
 *
 * <p>Tensors, lists and strings are addresses. A method that returns a tensor returns a handle the caller owns. Every
 * call goes through {@link #check}, which turns an error code into a {@link NativeFailure}; no C++ exception crosses.
 *
 * <p>{@link #load()} must have succeeded before any other method is used.
 */
public final class Abi {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final NativeLibraries LIBRARIES = NativeLibraries.load();

    /** The version whose conventions the calls follow: 2.10's, which later libraries keep. */
    private static final long CONVENTIONS = 2L << 56 | 10L << 48;

    // Handles: J a 64-bit word or address, I a 32-bit number, D a double; the last letter is the result.
    private static final MethodHandle VERSION = find("aoti_torch_abi_version", "J");
    private static final MethodHandle DISPATCH = find("torch_call_dispatcher", "JJJJI");
    private static final MethodHandle DUPLICATE = findLeaf("aoti_torch_new_tensor_handle", "JJI");
    private static final MethodHandle DELETE = find("aoti_torch_delete_tensor_object", "JI");
    private static final MethodHandle DIM = findLeaf("aoti_torch_get_dim", "JJI");
    private static final MethodHandle SIZES = findLeaf("aoti_torch_get_sizes", "JJI");
    private static final MethodHandle STRIDES = findLeaf("aoti_torch_get_strides", "JJI");
    private static final MethodHandle DTYPE = findLeaf("aoti_torch_get_dtype", "JJI");
    private static final MethodHandle DEVICE_TYPE = findLeaf("aoti_torch_get_device_type", "JJI");
    private static final MethodHandle DEVICE_INDEX = findLeaf("aoti_torch_get_device_index", "JJI");
    private static final MethodHandle DATA = findLeaf("aoti_torch_get_data_ptr", "JJI");
    private static final MethodHandle CONTIGUOUS = findLeaf("aoti_torch_is_contiguous", "JJI");
    private static final MethodHandle DEFINED = findLeaf("aoti_torch_is_defined", "JJI");
    private static final MethodHandle STORAGE_BYTES = findLeaf("aoti_torch_get_storage_size", "JJI");
    private static final MethodHandle EMPTY_STRIDED = find("aoti_torch_empty_strided", "JJJIIIJI");
    private static final MethodHandle FROM_BLOB = find("aoti_torch_create_tensor_from_blob_v2", "JJJJJIIIJIJJI");
    private static final MethodHandle SCALAR_F32 = find("aoti_torch_scalar_to_tensor_float32", "FJI");
    private static final MethodHandle SCALAR_F64 = find("aoti_torch_scalar_to_tensor_float64", "DJI");
    private static final MethodHandle SCALAR_I64 = find("aoti_torch_scalar_to_tensor_int64", "JJI");
    private static final MethodHandle GRAD_MODE = find("aoti_torch_grad_mode_set_enabled", "BV");

    private static final MethodHandle NEW_LIST = find("torch_new_list_reserve_size", "JJI");
    private static final MethodHandle LIST_PUSH = find("torch_list_push_back", "JJI");
    private static final MethodHandle LIST_SIZE = find("torch_list_size", "JJI");
    private static final MethodHandle LIST_GET = find("torch_list_get_item", "JJJI");
    private static final MethodHandle LIST_DELETE = find("torch_delete_list", "JI");
    private static final MethodHandle NEW_STRING = find("torch_new_string_handle", "JJJI");
    private static final MethodHandle REQUIRES_GRAD = find("torch_set_requires_grad", "JBI");

    private static final MethodHandle ADD_CPU = find("aoti_torch_cpu_add_Tensor", "JJDJI");
    private static final MethodHandle ADD_SCALAR_CPU = find("aoti_torch_cpu_add_Scalar", "JDDJI");
    private static final MethodHandle MUL_CPU = find("aoti_torch_cpu_mul_Tensor", "JJJI");
    private static final MethodHandle MUL_SCALAR_CPU = find("aoti_torch_cpu_mul_Scalar", "JDJI");
    private static final MethodHandle POW_SCALAR_CPU = find("aoti_torch_cpu_pow_Tensor_Scalar", "JDJI");
    private static final MethodHandle FILL_CPU = find("aoti_torch_cpu_fill__Scalar", "JDI");

    /** The same functions on a GPU, looked up only when one is used. */
    private static final class Cuda {
        private static final MethodHandle ADD = find("aoti_torch_cuda_add_Tensor", "JJDJI");
        private static final MethodHandle ADD_SCALAR = find("aoti_torch_cuda_add_Scalar", "JDDJI");
        private static final MethodHandle MUL = find("aoti_torch_cuda_mul_Tensor", "JJJI");
        private static final MethodHandle MUL_SCALAR = find("aoti_torch_cuda_mul_Scalar", "JDJI");
        private static final MethodHandle POW_SCALAR = find("aoti_torch_cuda_pow_Tensor_Scalar", "JDJI");
        private static final MethodHandle FILL = find("aoti_torch_cuda_fill__Scalar", "JDI");
    }

    /** libtorch 2.13 and later tell what went wrong and allocate optional arguments; before, libc does the second. */
    private static final @Nullable MethodHandle WHAT = findIfThere("torch_exception_get_what_without_backtrace", "J");

    private static final @Nullable MethodHandle NEW_WORD = findIfThere("torch_new_stable_ivalue", "JI");
    private static final MethodHandle MALLOC = LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("malloc"),
            FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG));

    private Abi() {}

    /**
     * Loads libtorch if it is not loaded yet.
     *
     * @return where it came from
     */
    public static NativeLibraries load() {
        return LIBRARIES;
    }

    // ---- finding and calling
    // -----------------------------------------------------------------------------------------

    private static MethodHandle find(String symbol, String signature) {
        MethodHandle found = findIfThere(symbol, signature);
        if (found == null) {
            throw new IllegalStateException("libtorch: " + LIBRARIES.folder() + " has no function " + symbol
                    + ": it is older than 2.10; take a later one");
        }
        return found;
    }

    static @Nullable MethodHandle findIfThere(String symbol, String signature, Linker.Option... options) {
        return LIBRARIES
                .symbols()
                .find(symbol)
                .map(address -> LINKER.downcallHandle(address, descriptor(signature), options))
                .orElse(null);
    }

    /** Finds a function so short that the thread need not leave Java for it. */
    private static MethodHandle findLeaf(String symbol, String signature) {
        find(symbol, signature);
        MethodHandle found = findIfThere(symbol, signature, Linker.Option.critical(false));
        return java.util.Objects.requireNonNull(found);
    }

    private static FunctionDescriptor descriptor(String signature) {
        int last = signature.length() - 1;
        MemoryLayout[] arguments = new MemoryLayout[last];
        for (int i = 0; i < last; i++) {
            arguments[i] = layout(signature.charAt(i));
        }
        return signature.charAt(last) == 'V'
                ? FunctionDescriptor.ofVoid(arguments)
                : FunctionDescriptor.of(layout(signature.charAt(last)), arguments);
    }

    private static MemoryLayout layout(char letter) {
        return switch (letter) {
            case 'J' -> ValueLayout.JAVA_LONG;
            case 'I' -> ValueLayout.JAVA_INT;
            case 'D' -> ValueLayout.JAVA_DOUBLE;
            case 'F' -> ValueLayout.JAVA_FLOAT;
            case 'B' -> ValueLayout.JAVA_BOOLEAN;
            // a C++ object that is returned in memory: what C does with a struct of this size
            case 'S' -> MemoryLayout.structLayout(ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG);
            default -> throw new AssertionError(letter);
        };
    }

    static void check(int status) {
        if (status != 0) {
            throw new NativeFailure(what());
        }
    }

    private static String what() {
        if (WHAT == null) {
            return "libtorch refused (this version gives no reason)";
        }
        try {
            String text = string((long) WHAT.invokeExact());
            int end = text.indexOf("\nException raised from");
            return (end < 0 ? text : text.substring(0, end)).strip();
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private static String string(long address) {
        return address == 0
                ? ""
                : MemorySegment.ofAddress(address)
                        .reinterpret(Integer.MAX_VALUE)
                        .getString(0);
    }

    /** Downcalls declare {@code Throwable} but throw nothing themselves. */
    static RuntimeException unexpected(Throwable e) {
        if (e instanceof RuntimeException runtime) {
            return runtime;
        }
        if (e instanceof Error error) {
            throw error;
        }
        return new IllegalStateException(e);
    }

    /** Returns a C string that is never freed: for the names of operators. */
    public static long name(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        MemorySegment segment = Arena.global().allocate(bytes.length + 1L);
        MemorySegment.copy(bytes, 0, segment, ValueLayout.JAVA_BYTE, 0, bytes.length);
        return segment.address();
    }

    /** Returns the version of the ABI as {@code major << 56 | minor << 48 | patch << 40}. */
    public static long version() {
        try {
            return (long) VERSION.invokeExact();
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    // ---- any operator
    // ------------------------------------------------------------------------------------------------

    /**
     * Calls an operator. Its arguments stand in the scratch memory from word 0 in the schema's order, its results come
     * back there.
     */
    public static void dispatch(Scratch scratch, long operator, long overload) {
        try {
            check((int) DISPATCH.invokeExact(operator, overload, scratch.address(), CONVENTIONS));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Returns a heap word with this value, as an optional argument wants it; the operator frees it. */
    public static long optional(Scratch scratch, long value) {
        try {
            long address;
            if (NEW_WORD == null) {
                address = (long) MALLOC.invokeExact(8L);
            } else {
                check((int) NEW_WORD.invokeExact(scratch.at(Scratch.WORDS - 1)));
                address = scratch.get(Scratch.WORDS - 1);
            }
            MemorySegment.ofAddress(address).reinterpret(8).set(ValueLayout.JAVA_LONG, 0, value);
            return address;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Returns a list of words; the operator frees it. */
    public static long list(Scratch scratch, long[] words) {
        try {
            check((int) NEW_LIST.invokeExact((long) words.length, scratch.at(Scratch.WORDS - 1)));
            long list = scratch.get(Scratch.WORDS - 1);
            for (long word : words) {
                check((int) LIST_PUSH.invokeExact(list, word));
            }
            return list;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Returns the words of a list and frees it. */
    public static long[] takeList(Scratch scratch, long list) {
        try {
            check((int) LIST_SIZE.invokeExact(list, scratch.at(Scratch.WORDS - 1)));
            long[] words = new long[Math.toIntExact(scratch.get(Scratch.WORDS - 1))];
            for (int i = 0; i < words.length; i++) {
                check((int) LIST_GET.invokeExact(list, (long) i, scratch.at(Scratch.WORDS - 1)));
                words[i] = scratch.get(Scratch.WORDS - 1);
            }
            check((int) LIST_DELETE.invokeExact(list));
            return words;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Returns a string argument; the operator frees it. */
    public static long text(Scratch scratch, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment copy = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
            check((int) NEW_STRING.invokeExact(copy.address(), (long) bytes.length, scratch.at(Scratch.WORDS - 1)));
            return scratch.get(Scratch.WORDS - 1);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    // ---- tensors
    // -----------------------------------------------------------------------------------------------------

    /** Returns a second handle on the same tensor. */
    public static long duplicate(Scratch scratch, long tensor) {
        try {
            check((int) DUPLICATE.invokeExact(tensor, scratch.address()));
            return scratch.get(0);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Puts a second handle on the same tensor into a word of the scratch memory. */
    public static void duplicateInto(Scratch scratch, int word, long tensor) {
        try {
            check((int) DUPLICATE.invokeExact(tensor, scratch.at(word)));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Frees a handle. */
    public static void delete(long tensor) {
        try {
            check((int) DELETE.invokeExact(tensor));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Returns the sizes of a tensor. */
    public static long[] sizes(Scratch scratch, long tensor) {
        try {
            check((int) SIZES.invokeExact(tensor, scratch.address()));
            return longs(scratch, tensor, scratch.get(0));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Returns the strides of a tensor in elements. */
    public static long[] strides(Scratch scratch, long tensor) {
        try {
            check((int) STRIDES.invokeExact(tensor, scratch.address()));
            return longs(scratch, tensor, scratch.get(0));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private static long[] longs(Scratch scratch, long tensor, long address) throws Throwable {
        check((int) DIM.invokeExact(tensor, scratch.address()));
        int rank = (int) scratch.get(0);
        long[] values = new long[rank];
        if (rank > 0) {
            MemorySegment source = MemorySegment.ofAddress(address).reinterpret((long) rank * Long.BYTES);
            MemorySegment.copy(source, ValueLayout.JAVA_LONG, 0, values, 0, rank);
        }
        return values;
    }

    /** Returns libtorch's number of the element type. */
    public static int dtype(Scratch scratch, long tensor) {
        try {
            check((int) DTYPE.invokeExact(tensor, scratch.address()));
            return scratch.getInt(0);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Returns libtorch's number of the kind of device. */
    public static int deviceType(Scratch scratch, long tensor) {
        try {
            check((int) DEVICE_TYPE.invokeExact(tensor, scratch.address()));
            return scratch.getInt(0);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Returns which device of its kind. */
    public static int deviceIndex(Scratch scratch, long tensor) {
        try {
            check((int) DEVICE_INDEX.invokeExact(tensor, scratch.address()));
            return scratch.getInt(0);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Whether the elements lie in row-major order without gaps. */
    public static boolean isContiguous(Scratch scratch, long tensor) {
        try {
            scratch.set(0, 0);
            check((int) CONTIGUOUS.invokeExact(tensor, scratch.address()));
            return (scratch.get(0) & 0xff) != 0;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Whether there is a tensor behind the handle. */
    public static boolean isDefined(Scratch scratch, long tensor) {
        try {
            scratch.set(0, 0);
            check((int) DEFINED.invokeExact(tensor, scratch.address()));
            return (scratch.get(0) & 0xff) != 0;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Returns the size in bytes of the memory that the tensor and its views share. */
    public static long storageBytes(Scratch scratch, long tensor) {
        try {
            check((int) STORAGE_BYTES.invokeExact(tensor, scratch.address()));
            return scratch.get(0);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Returns the memory of the elements, valid as long as the tensor lives. */
    public static MemorySegment data(Scratch scratch, long tensor, long bytes) {
        try {
            check((int) DATA.invokeExact(tensor, scratch.address()));
            return MemorySegment.ofAddress(scratch.get(0)).reinterpret(bytes);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Returns a new tensor whose elements are not set. */
    public static long empty(Scratch scratch, long[] sizes, long[] strides, int dtype, int deviceType, int device) {
        try {
            long sizesAt = scratch.put(8, sizes);
            long stridesAt = scratch.put(8 + sizes.length, strides);
            check((int) EMPTY_STRIDED.invokeExact(
                    (long) sizes.length, sizesAt, stridesAt, dtype, deviceType, device, scratch.address()));
            return scratch.get(0);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Returns a tensor over memory of the caller's, which must stay as long as the tensor and its views. */
    public static long wrap(Scratch scratch, MemorySegment memory, long[] sizes, long[] strides, int dtype) {
        try {
            long sizesAt = scratch.put(8, sizes);
            long stridesAt = scratch.put(8 + sizes.length, strides);
            check((int) FROM_BLOB.invokeExact(
                    memory.address(),
                    (long) sizes.length,
                    sizesAt,
                    stridesAt,
                    0L,
                    dtype,
                    0,
                    -1,
                    scratch.address(),
                    0,
                    0L,
                    0L));
            return scratch.get(0);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Returns a float32 tensor without dimensions. */
    public static long scalar(Scratch scratch, float value) {
        try {
            check((int) SCALAR_F32.invokeExact(value, scratch.address()));
            return scratch.get(0);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Returns a float64 tensor without dimensions. */
    public static long scalar(Scratch scratch, double value) {
        try {
            check((int) SCALAR_F64.invokeExact(value, scratch.address()));
            return scratch.get(0);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Returns an int64 tensor without dimensions. */
    public static long scalar(Scratch scratch, long value) {
        try {
            check((int) SCALAR_I64.invokeExact(value, scratch.address()));
            return scratch.get(0);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Switches libtorch's own recording of gradients on this thread. */
    public static void recordGradients(boolean on) {
        try {
            GRAD_MODE.invokeExact(on);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /**
     * Keeps libtorch from trying NNPACK, which oneDNN has replaced: on processors it does not know it writes a warning to
     * standard error at every convolution.
     */
    public static void switchOffNnpack() {
        MethodHandle context = findIfThere("_ZN2at13globalContextEv", "J");
        MethodHandle enable = findIfThere("_ZN2at7Context20setUserEnabledNNPACKEb", "JBV");
        if (context == null || enable == null) {
            return; // a libtorch built without it
        }
        try {
            enable.invokeExact((long) context.invokeExact(), false);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Asks libtorch's own autograd to watch a tensor. */
    public static void requireGradient(long tensor, boolean on) {
        try {
            check((int) REQUIRES_GRAD.invokeExact(tensor, on));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    // ---- operators with a direct function
    // ------------------------------------------------------------------------------

    /** {@code a + alpha · b}. */
    public static long add(Scratch scratch, boolean cuda, long a, long b, double alpha) {
        try {
            check(
                    cuda
                            ? (int) Cuda.ADD.invokeExact(a, b, alpha, scratch.address())
                            : (int) ADD_CPU.invokeExact(a, b, alpha, scratch.address()));
            return scratch.get(0);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** {@code a + b}. */
    public static long addScalar(Scratch scratch, boolean cuda, long a, double b) {
        try {
            check(
                    cuda
                            ? (int) Cuda.ADD_SCALAR.invokeExact(a, b, 1.0, scratch.address())
                            : (int) ADD_SCALAR_CPU.invokeExact(a, b, 1.0, scratch.address()));
            return scratch.get(0);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** {@code a · b}, element by element. */
    public static long mul(Scratch scratch, boolean cuda, long a, long b) {
        try {
            check(
                    cuda
                            ? (int) Cuda.MUL.invokeExact(a, b, scratch.address())
                            : (int) MUL_CPU.invokeExact(a, b, scratch.address()));
            return scratch.get(0);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** {@code a · b}. */
    public static long mulScalar(Scratch scratch, boolean cuda, long a, double b) {
        try {
            check(
                    cuda
                            ? (int) Cuda.MUL_SCALAR.invokeExact(a, b, scratch.address())
                            : (int) MUL_SCALAR_CPU.invokeExact(a, b, scratch.address()));
            return scratch.get(0);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** {@code a} to the power of {@code b}. */
    public static long powScalar(Scratch scratch, boolean cuda, long a, double b) {
        try {
            check(
                    cuda
                            ? (int) Cuda.POW_SCALAR.invokeExact(a, b, scratch.address())
                            : (int) POW_SCALAR_CPU.invokeExact(a, b, scratch.address()));
            return scratch.get(0);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Sets every element. */
    public static void fill(boolean cuda, long tensor, double value) {
        try {
            check(cuda ? (int) Cuda.FILL.invokeExact(tensor, value) : (int) FILL_CPU.invokeExact(tensor, value));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }
}
