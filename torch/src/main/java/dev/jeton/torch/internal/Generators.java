package dev.jeton.torch.internal;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * libtorch's random number generators, which its C ABI passes on (from 2.13) but neither makes, seeds nor saves: for that
 * these C++ functions are called.
 *
 * <p>A handle is the address of a {@code Generator}, whose first word is that of its implementation.
 */
public final class Generators {
    private static final @Nullable MethodHandle DEFAULT =
            Abi.findIfThere("_ZN2at6detail22getDefaultCPUGeneratorEv", "J");
    private static final @Nullable MethodHandle CREATE = Abi.findIfThere("_ZN2at6detail18createCPUGeneratorEm", "JS");
    private static final @Nullable MethodHandle SEED =
            Abi.findIfThere("_ZN2at16CPUGeneratorImpl16set_current_seedEm", "JJV");
    private static final @Nullable MethodHandle STATE = Abi.findIfThere("_ZNK2at16CPUGeneratorImpl9get_stateEv", "JS");
    private static final @Nullable MethodHandle SET_STATE =
            Abi.findIfThere("_ZN2at16CPUGeneratorImpl9set_stateERKN3c1010TensorImplE", "JJV");
    private static final @Nullable MethodHandle DUPLICATE = Abi.findIfThere("torch_new_generator_handle", "JJI");
    private static final @Nullable MethodHandle DELETE = Abi.findIfThere("torch_delete_generator", "JI");
    private static final @Nullable MethodHandle EMPTY_TENSOR =
            Abi.findIfThere("aoti_torch_new_uninitialized_tensor", "JI");

    private Generators() {}

    private static MethodHandle required(@Nullable MethodHandle found) {
        if (found == null) {
            throw new IllegalStateException("libtorch: " + Abi.load().folder()
                    + " does not let its random numbers be seeded: it is older than 2.13; take a later one");
        }
        return found;
    }

    private static RuntimeException unexpected(Throwable e) {
        if (e instanceof RuntimeException runtime) {
            return runtime;
        }
        if (e instanceof Error error) {
            throw error;
        }
        return new IllegalStateException(e);
    }

    /** Returns the generator that operators use where none is given; it is not to be freed. */
    public static long standard() {
        try {
            return (long) required(DEFAULT).invokeExact();
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Returns a new generator, which the caller frees. */
    public static long create(Scratch scratch, long seed) {
        MethodHandle create = required(CREATE);
        try (Arena arena = Arena.ofConfined()) {
            long implementation = firstWord((MemorySegment) create.invokeExact((SegmentAllocator) arena, seed));
            // a handle of our own, made on another generator that outlives every program, is given this one
            long handle = duplicate(scratch, standard());
            word(handle).set(ValueLayout.JAVA_LONG, 0, implementation);
            return handle;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Returns another handle on the same generator: an argument, which the operator frees. */
    public static long duplicate(Scratch scratch, long generator) {
        try {
            Abi.check((int) required(DUPLICATE).invokeExact(generator, scratch.at(Scratch.WORDS - 1)));
            return scratch.get(Scratch.WORDS - 1);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Frees a handle. */
    public static void delete(long generator) {
        try {
            Abi.check((int) required(DELETE).invokeExact(generator));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Starts a generator anew. */
    public static void seed(long generator, long seed) {
        try {
            required(SEED).invokeExact(firstWord(word(generator)), seed);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Returns a tensor of bytes that says where the generator is; the caller owns the handle. */
    public static long state(Scratch scratch, long generator) {
        MethodHandle state = required(STATE);
        try (Arena arena = Arena.ofConfined()) {
            long implementation =
                    firstWord((MemorySegment) state.invokeExact((SegmentAllocator) arena, firstWord(word(generator))));
            Abi.check((int) required(EMPTY_TENSOR).invokeExact(scratch.at(Scratch.WORDS - 1)));
            long handle = scratch.get(Scratch.WORDS - 1);
            word(handle).set(ValueLayout.JAVA_LONG, 0, implementation);
            return handle;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Puts a generator where another was. The state must be valid: libtorch would end the process otherwise. */
    public static void setState(long generator, long tensor) {
        try {
            required(SET_STATE).invokeExact(firstWord(word(generator)), firstWord(word(tensor)));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private static MemorySegment word(long address) {
        return MemorySegment.ofAddress(address).reinterpret(Long.BYTES);
    }

    private static long firstWord(MemorySegment segment) {
        return segment.get(ValueLayout.JAVA_LONG, 0);
    }
}
